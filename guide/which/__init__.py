"""Which one is it? One observation a step, until only one symptom is left."""
