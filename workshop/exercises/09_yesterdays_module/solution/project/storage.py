"""Where collectstatic puts static files, and under which names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStorage(CompressedManifestStaticFilesStorage):
    # Write hashed names into JavaScript modules too, wherever `import` and `export` name a file.
    support_js_module_import_aggregation = True
