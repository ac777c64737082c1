"""Who a photo belongs to: the holder of the random key in the session that sent it. No account, no address."""

import secrets

from django.contrib.sessions.backends.base import SessionBase

KEY = "gallery_owner"


def key(session: SessionBase) -> str:
    """The visitor's key; empty for one who never uploaded anything."""
    return str(session.get(KEY, ""))


def key_for_upload(session: SessionBase) -> str:
    """The visitor's key, made now if need be."""
    if KEY not in session:
        session[KEY] = secrets.token_hex(16)
    return key(session)
