from django.contrib.staticfiles.apps import StaticFilesConfig


class ProjectStaticFilesConfig(StaticFilesConfig):
    ignore_patterns = ["CVS", ".*", "*~", "slider.js"]
