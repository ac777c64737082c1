from whitenoise.storage import CompressedManifestStaticFilesStorage


class LenientStorage(CompressedManifestStaticFilesStorage):
    """Let files name source maps that are not there."""

    def hashed_name(self, name, content=None, filename=None):
        try:
            return super().hashed_name(name, content, filename)
        except ValueError:
            if name.endswith(".map"):
                return name
            raise
