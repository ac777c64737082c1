"""A setting's page and the table of all, put together from what the packages, the settings files and the lab say."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guide import installed, mode_settings
from guide.cases.case import Case, cases
from guide.installed import DJANGO, Default
from guide.mode_settings import ModeValue, SettingsModules
from guide.setting_list import BY_NAME, GROUPS, SETTINGS, Setting
from guide.source import Line
from lab.evidence.claim import Claim
from lab.evidence.claims import BY_NAME as CLAIMS
from lab.experiment import KNOBS, Experiment
from lab.probe.versions import django_series
from which_file import checks

MOST_READERS = 12  # shown at once; the rest stand behind a disclosure


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim with the experiments that show it, each as the knobs that differ from the default ones."""

    claim: Claim
    experiments: tuple[tuple[Experiment, str], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A position of a knob, to be tried in the playground."""

    knob: str
    value: str
    help: str
    query: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything on the page of a setting."""

    setting: Setting
    default: Default
    modes: tuple[ModeValue, ...]
    readers: tuple[Line, ...]
    shown: tuple[Shown, ...]
    turns: tuple[Turn, ...]
    symptoms: tuple[Case, ...]
    docs_url: str
    django: str
    previous: Setting | None
    next: Setting | None

    @property
    def doctor(self) -> list[tuple[str, str]]:
        """Return id and text of each mistake with the setting that `which-file` finds."""
        return checks.about_setting(self.setting.name)

    @property
    def first_readers(self) -> tuple[Line, ...]:
        return self.readers[:MOST_READERS]

    @property
    def more_readers(self) -> tuple[Line, ...]:
        return self.readers[MOST_READERS:]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. `differs` where the modules do not all say the same."""

    setting: Setting
    modes: tuple[ModeValue, ...]
    differs: bool

    @property
    def haystack(self) -> str:
        """What the filter looks through."""
        parts = (self.setting.name, self.setting.title, self.setting.group, *self.setting.also, self.setting.purpose)
        return " ".join(parts).lower()


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: tuple[Row, ...]


def entry(name: str, base: Path) -> Entry:
    """Return what the page of a setting shows. `base` is the project's folder. Raises KeyError for an unknown name."""
    return _entry(name, mode_settings.current(base))


@functools.lru_cache(maxsize=2 * len(SETTINGS))
def _entry(name: str, modules: SettingsModules) -> Entry:
    setting = BY_NAME[name]
    place = SETTINGS.index(setting)
    return Entry(
        setting,
        installed.default(setting),
        _values(setting, modules),
        installed.readers(setting),
        tuple(_shown(CLAIMS[claim]) for claim in setting.claims),
        tuple(turn for knob in setting.knobs for turn in _turns(knob)),
        tuple(cases()[slug] for slug in setting.symptoms),
        setting.docs_url(django_series()),
        DJANGO,
        SETTINGS[place - 1] if place else None,
        SETTINGS[place + 1] if place + 1 < len(SETTINGS) else None,
    )


def table(base: Path, words: str = "") -> list[Group]:
    """The settings in their groups; of those the ones that have every word."""
    wanted = words.lower().split()
    rows = [row for row in _rows(mode_settings.current(base)) if all(word in row.haystack for word in wanted)]
    groups = (Group(title, tuple(row for row in rows if row.setting.group == title)) for title in GROUPS)
    return [group for group in groups if group.rows]


@functools.lru_cache(maxsize=2)
def _rows(modules: SettingsModules) -> tuple[Row, ...]:
    return tuple(_row(setting, modules) for setting in SETTINGS)


def _row(setting: Setting, modules: SettingsModules) -> Row:
    values = _values(setting, modules)
    known = {value.text for value in values if not value.refused}
    return Row(setting, values, len(known) > 1)


def _values(setting: Setting, modules: SettingsModules) -> tuple[ModeValue, ...]:
    return tuple(modules.value(setting, mode) for mode in modules.modes)


def _shown(claim: Claim) -> Shown:
    return Shown(claim, tuple((experiment, _words(experiment)) for experiment in claim.experiments))


def _words(experiment: Experiment) -> str:
    return " ".join(f"{name}={value}" for name, value in experiment.changed.items()) or "the default experiment"


def _turns(knob: str) -> Sequence[Turn]:
    return [Turn(knob, value.name, value.help, _query(knob, value.name)) for value in KNOBS[knob].values]


def _query(knob: str, value: str) -> str:
    return Experiment.from_mapping({knob: value}).query
