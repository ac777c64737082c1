"""How fast what serves which files on this machine: one measurement, bounded in seconds."""
