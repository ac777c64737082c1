"""Runs an experiment once for all who ask: cache, locks, limits and the fork server."""
