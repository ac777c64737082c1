"""The programs that tests use beyond Python's packages: finds them, installs them where that is possible, names them.

Standard library only: start.py uses it before there is an environment.
"""
