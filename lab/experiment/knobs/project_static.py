"""Static files that belong to no app, and what STATICFILES_DIRS says about them.

lab.project.files writes static/app.css for `plain` and `prefixed`.
"""

from typing import Literal

from lab.experiment.knob import Knob, Value

ProjectStatic = Literal["none", "plain", "prefixed", "collected"]

PROJECT_STATIC: Knob[ProjectStatic] = Knob(
    "project_static",
    label="A folder for the whole project",
    becomes="STATICFILES_DIRS",
    help="Whether the project has a static folder that belongs to no app.",
    group="Files",
    values=(
        Value("none", "No such folder.", ("STATICFILES_DIRS = []",), phrase="without STATICFILES_DIRS"),
        Value(
            "plain",
            "Static files that belong to no app.",
            ('STATICFILES_DIRS = [BASE_DIR / "static"]',),
            label="static/",
            phrase="with a static/app.css in STATICFILES_DIRS",
        ),
        Value(
            "prefixed",
            "Static files that belong to no app, under a prefix: static/app.css is found as project/app.css.",
            ('STATICFILES_DIRS = [("project", BASE_DIR / "static")]',),
            label="static/, prefixed",
            phrase="with a prefix in STATICFILES_DIRS",
        ),
        Value(
            "collected",
            "A mistake: collectstatic would collect its own output. Django's checks refuse it (staticfiles.E002).",
            ("STATICFILES_DIRS = [STATIC_ROOT]",),
            label="STATIC_ROOT itself",
            phrase="with STATIC_ROOT in STATICFILES_DIRS",
        ),
    ),
)
