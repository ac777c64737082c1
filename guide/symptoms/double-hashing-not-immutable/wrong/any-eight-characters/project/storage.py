from whitenoise.storage import CompressedManifestStaticFilesStorage


class BundleStorage(CompressedManifestStaticFilesStorage):
    """Hash every name but those that the bundler hashed."""

    def hashed_name(self, name, content=None, filename=None):
        if name.startswith("assets/"):
            return name
        return super().hashed_name(name, content, filename)
