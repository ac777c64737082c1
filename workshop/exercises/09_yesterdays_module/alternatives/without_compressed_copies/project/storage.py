"""Where collectstatic puts static files, and under which names."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class ModuleStorage(ManifestStaticFilesStorage):
    # Write hashed names into JavaScript modules too, wherever `import` and `export` name a file.
    support_js_module_import_aggregation = True
