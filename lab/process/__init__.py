"""Child processes: how they are started, limited, waited for and ended."""
