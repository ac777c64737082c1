"""The files of the mini-project that an experiment becomes."""
