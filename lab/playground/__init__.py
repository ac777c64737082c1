"""The pages under /lab/."""
