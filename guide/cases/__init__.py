"""Symptoms as cases: a project that fails, the change that fixes it, and the words, each case one folder of data."""
