"""The plan of an experiment: collectstatic as its knobs say, its variation's steps, its server and its requests."""

from lab.experiment import Experiment
from lab.experiment.plan import Command, Entry, FileChange, Plan, Request, Serve, Step
from lab.experiment.variations import named
from lab.project.files import SETTINGS, collect_command, earlier_settings, project_files

# Of the page, or of the page for logging in to which a gate redirects: both have the same base template.
PAGE = (
    Request("page", address="/", follow=True),
    Request("css", address="{page.stylesheet}", optional=True, when={"page": 200}),
    Request("admin-css", address="{static admin/css/base.css}", optional=True),
)


def experiment_plan(experiment: Experiment) -> Plan:
    """Return what is done with the files of lab.project.files.project_files."""
    changed = named(experiment.variation)
    collect = () if experiment.collect == "no" else tuple(collect_command(experiment))
    steps: list[Step] = []
    if experiment.collect == "stale":
        steps += [
            FileChange("write", SETTINGS, earlier_settings(experiment)),
            Command(argv=collect),
            FileChange("write", SETTINGS, project_files(experiment)[SETTINGS]),
        ]
    if changed.first and collect:  # collected before those steps, and not beside Django's checks
        steps.append(Command(argv=collect))
        collect = ()
    entries = (*PAGE, *_upload(experiment), *changed.then)
    serve = Serve(experiment.server, entries=entries, check=True, collect=collect, as_root=changed.needs_root)
    return (*steps, *changed.first, serve)


def _upload(experiment: Experiment) -> tuple[Entry, ...]:
    """Return the upload, and the request for the file that it stored; a gate lets nobody store one."""
    if experiment.upload == "none":
        return ()
    upload = Request("upload", "POST", "/upload/", files={"image": experiment.upload})
    if experiment.login_gate != "off":
        return (upload,)
    return upload, Request("media", address="{upload.location}", when={"upload": 302})
