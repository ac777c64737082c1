from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    # Without ".*": the folder .vite is collected, and so is every other file that begins with a dot.
    ignore_patterns = ["CVS", "*~", ".DS_Store", ".git*"]
