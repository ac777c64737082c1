"""The knobs, one module each. lab.experiment.experiment gives each of them a field, which puts them in order."""
