"""Finds what is wrong with a project's static and media files where Django itself says nothing.

The modules import each other relatively: in somebody else's project this package is loaded under another name
(`away.py`), because that project may well have an app of its own that is called `doctor`.
"""
