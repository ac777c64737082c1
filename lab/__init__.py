"""The lab: small Django projects run for real, and what Django did with them as data."""
