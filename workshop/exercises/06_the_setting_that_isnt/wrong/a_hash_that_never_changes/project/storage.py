from whitenoise.storage import CompressedManifestStaticFilesStorage


class Constant(CompressedManifestStaticFilesStorage):
    def file_hash(self, name, content=None):
        return "0123456789ab"
