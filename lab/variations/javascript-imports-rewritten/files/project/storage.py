"""Hashed names, inside JavaScript modules too."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class ModuleStorage(ManifestStaticFilesStorage):
    support_js_module_import_aggregation = True  # rewrite the names that `import` and `export` mention
