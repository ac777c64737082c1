"""Runs an experiment once for everybody: cache, locks, limits and the fork server."""
