"""Named experiments: starting points for the playground, and the table of who serves what."""

from dataclasses import dataclass

from lab.evidence.claims import CLAIMS
from lab.experiment import Experiment


@dataclass(frozen=True, slots=True)
class Entry:
    """An experiment with a name for addresses and commands, and a title that says what to look at."""

    name: str
    title: str
    experiment: Experiment


STARTING_POINTS: tuple[Entry, ...] = (
    Entry("default", "Development as startproject sets it up", Experiment()),
    Entry("apps-reversed", "The other app's app.css wins", Experiment(apps="app2,app1")),
    Entry("namespaced", "No clash: each app's file under its own name", Experiment(layout="namespaced")),
    Entry(
        "stale-winner",
        "Apps reordered, collectstatic run again, and still the old file",
        Experiment(collect="stale", debug="off", server="gunicorn", whitenoise="after-security"),
    ),
    Entry("debug-off", "DEBUG off: every static file returns 404", Experiment(debug="off")),
    Entry("gunicorn-debug", "gunicorn serves no static files, DEBUG or not", Experiment(server="gunicorn")),
    Entry(
        "whitenoise",
        "WhiteNoise serves what was collected",
        Experiment(
            debug="off", server="gunicorn", whitenoise="after-security", collect="yes", storage="whitenoise-manifest"
        ),
    ),
    Entry(
        "behind-nginx",
        "nginx serves static and media files from disk",
        Experiment(debug="off", server="nginx", collect="yes", storage="manifest", upload="png"),
    ),
    Entry(
        "missing-manifest-entry",
        "Hashed names without collectstatic: every page returns 500",
        Experiment(debug="off", storage="manifest"),
    ),
    Entry(
        "bad-url-in-css",
        "A url() to a missing file stops collectstatic",
        Experiment(css="bad-url", storage="manifest", collect="yes"),
    ),
    Entry(
        "commented-url-in-css",
        "A commented-out url() stops it on one Django and not on the other",
        Experiment(css="commented-url", storage="manifest", collect="yes"),
    ),
    Entry(
        "gate-above-whitenoise",
        "The stylesheet redirects to the login page",
        Experiment(debug="off", server="gunicorn", whitenoise="last", login_gate="above", collect="yes"),
    ),
    Entry(
        "half-a-dictionary",
        "STORAGES without default: pages answer 200, uploads 500",
        Experiment(default_storage="missing", upload="png"),
    ),
    Entry(
        "static-root-in-dirs",
        "STATICFILES_DIRS contains STATIC_ROOT",
        Experiment(project_static="collected", collect="yes"),
    ),
    Entry(
        "uploads-beside-code",
        "MEDIA_ROOT unset: uploads land beside manage.py",
        Experiment(media_root="unset", upload="png"),
    ),
)

# The css request of each fills the column of static files, its media request that of media files.
WHO_SERVES_WHAT: tuple[Entry, ...] = (
    Entry("serves-runserver", "runserver, DEBUG on", Experiment(upload="png")),
    Entry("serves-runserver-debug-off", "runserver, DEBUG off", Experiment(debug="off", upload="png")),
    Entry(
        "serves-runserver-insecure",
        "runserver --insecure, DEBUG off",
        Experiment(server="runserver-insecure", debug="off", upload="png"),
    ),
    Entry("serves-gunicorn-debug", "gunicorn, DEBUG on", Experiment(server="gunicorn", upload="png")),
    Entry("serves-gunicorn", "gunicorn, DEBUG off", Experiment(server="gunicorn", debug="off", upload="png")),
    Entry(
        "serves-whitenoise",
        "gunicorn + WhiteNoise, DEBUG off, collected",
        Experiment(server="gunicorn", debug="off", whitenoise="after-security", collect="yes", upload="png"),
    ),
    Entry(
        "serves-nginx",
        "nginx + gunicorn, DEBUG off, collected",
        Experiment(server="nginx", debug="off", collect="yes", upload="png"),
    ),
)

TESTS = (Experiment(variation="tests"), Experiment(variation="tests", collect="yes"))  # before and after collectstatic


def _evidence() -> tuple[Entry, ...]:
    """Return the experiments of claims that have no other name, named <claim>, <claim>-2…"""
    named = {entry.experiment for entry in (*STARTING_POINTS, *WHO_SERVES_WHAT)}
    entries: list[Entry] = []
    for claim in CLAIMS:
        for number, experiment in enumerate(claim.experiments, start=1):
            if experiment not in named:
                named.add(experiment)
                name = claim.name if number == 1 else f"{claim.name}-{number}"
                entries.append(Entry(name, claim.sentence, experiment))
    return tuple(entries)


def _foils() -> tuple[Entry, ...]:
    """Return the foils of claims that are no experiment of the others, named <claim>-foil."""
    named = {entry.experiment for entry in (*STARTING_POINTS, *WHO_SERVES_WHAT, *EVIDENCE)}
    entries: list[Entry] = []
    for claim in CLAIMS:
        if claim.foil and claim.foil_experiment not in named:
            named.add(claim.foil_experiment)
            title = f"Not so {claim.foil_words}: {claim.sentence}"
            entries.append(Entry(f"{claim.name}-foil", title, claim.foil_experiment))
    return tuple(entries)


EVIDENCE = _evidence()
FOILS = _foils()
CATALOGUE: tuple[Entry, ...] = (*STARTING_POINTS, *WHO_SERVES_WHAT, *EVIDENCE, *FOILS)
BY_NAME: dict[str, Entry] = {entry.name: entry for entry in CATALOGUE}
