"""Do to `media` what a CIFS mount without Unix extensions does: refuse chmod."""

import errno
import os

chmod = os.chmod


def refuse(path, mode, **kwargs):
    if "/media/" in os.fspath(path):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), os.fspath(path))
    chmod(path, mode, **kwargs)


os.chmod = refuse
