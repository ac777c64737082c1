"""Tells who serves which static or media file of a Django project, what is wrong there, and how to fix it.

The modules import each other relatively: in the process of an examined project this package is loaded under another
name (`away.py`), because that project may have it installed in another version. They run on Python 3.8 and Django 3.2.
"""

__version__ = "0.1.0"
