from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, StaticFilesStorage


class StaticStorage(ManifestStaticFilesStorage):
    # Names that are not in the manifest keep their plain address instead of raising.
    manifest_strict = False

    # A name for each release, where several releases collect into one folder.
    manifest_name = f"manifest-{getattr(settings, 'RELEASE', 'development')}.json"

    # Files that name files that name files; each link of such a chain needs a pass.
    max_post_process_passes = 8

    # Each hashed copy of a stylesheet stays, also those between two passes.
    keep_intermediate_files = True

    # `import` and `export … from` in JavaScript modules are rewritten too.
    support_js_module_import_aggregation = True

    # Stylesheets alone, with url() alone: not @import "…", no source maps, no JavaScript.
    patterns = (("*.css", (r"""(?P<matched>url\(['"]{0,1}\s*(?P<url>.*?)["']{0,1}\))""",)),)

    def __init__(self, *args, **kwargs):
        # The manifest beside the code, where visitors cannot ask for it.
        manifest_storage = StaticFilesStorage(location=settings.BASE_DIR)
        super().__init__(*args, manifest_storage=manifest_storage, **kwargs)
