"""The files that experiments, exercises and the attack lab upload."""
