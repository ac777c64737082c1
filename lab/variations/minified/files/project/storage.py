"""A custom storage class: collectstatic hands it every file that it has collected."""

from pathlib import Path

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


def minified(css):
    """Without indentation and empty lines. A real minifier, such as rcssmin.cssmin, is called in the same way."""
    return "\n".join(line.strip() for line in css.splitlines() if line.strip()) + "\n"


class MinifiedStorage(ManifestStaticFilesStorage):
    def post_process(self, paths, dry_run=False, **options):
        """`paths` is {name: (storage of the source, path there)}: minify the copies, then let Django hash those."""
        if not dry_run:
            for name in paths:
                if name.endswith(".css"):
                    copy = Path(self.path(name))
                    copy.write_text(minified(copy.read_text(encoding="utf-8")), encoding="utf-8")
            paths = {name: (self, name) for name in paths}  # from now on the copy counts, not the source
        yield from super().post_process(paths, dry_run, **options)
