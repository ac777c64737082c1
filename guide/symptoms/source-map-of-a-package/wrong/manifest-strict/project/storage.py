from whitenoise.storage import CompressedManifestStaticFilesStorage


class LenientStorage(CompressedManifestStaticFilesStorage):
    manifest_strict = False
