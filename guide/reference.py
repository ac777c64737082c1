"""A setting's page and the table of all, put together from what the packages, the settings files and the lab say."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guide import defaults, installed, mode_settings
from guide.cases.case import Case, cases
from guide.installed import Default
from guide.mode_settings import ModeValue, SettingsModules
from guide.setting_list import BY_NAME, GROUPS, SETTINGS, Option, Setting, option_table
from guide.source import Line
from lab.evidence.claim import Claim
from lab.evidence.claims import BY_NAME as CLAIMS
from lab.experiment import KNOBS, Experiment
from lab.probe.versions import django_series
from which_file import checks

MODES = {"dev": "development", "prod": "production", "cloud": "production with a bucket"}


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
class Here:
    """A value of this site's, with the modes that share it."""

    modes: str
    value: ModeValue


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option in a table, and its page where it has one."""

    option: Option
    page: Setting | None


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything on the page of a setting. `defaults` are pairs of releases of Django, such as "5.2 and 6.1", and text;
    `here` is empty where this site does not set it."""

    setting: Setting
    default: Default
    defaults: tuple[tuple[str, str], ...]
    here: tuple[Here, ...]
    modes: tuple[ModeValue, ...]
    readers: tuple[Line, ...]
    shown: tuple[Shown, ...]
    turns: tuple[Turn, ...]
    symptoms: tuple[Case, ...]
    options: tuple[OptionRow, ...]
    docs_url: str
    series: str
    previous: Setting | None
    next: Setting | None

    @property
    def doctor(self) -> list[tuple[str, str]]:
        """Return id and text of each mistake with the setting that `which-file` finds."""
        return checks.about_setting(self.setting.name)

    @property
    def system_checks(self) -> bool:
        """Return whether this Django has the system checks of the setting."""
        return not self.setting.since or _version(self.setting.since) <= _version(self.series)


def _version(series: str) -> tuple[int, ...]:
    return tuple(int(part) for part in series.split("."))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: `both` where development and production say the same, else `development` and `production`,
    of long values only the lines that differ. `default` where no module sets it."""

    setting: Setting
    both: str = ""
    development: str = ""
    production: str = ""
    default: str = ""

    @property
    def differs(self) -> bool:
        return bool(self.development or self.production)

    @property
    def long(self) -> bool:
        """Return whether the common value is too long for a line."""
        return "\n" in self.both

    @property
    def haystack(self) -> str:
        """What the filter looks through."""
        parts = (self.setting.name, self.setting.title, self.setting.group, *self.setting.also, self.setting.purpose)
        return " ".join(parts).lower()


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    title: str
    rows: tuple[Row, ...]


def entry(name: str, base: Path) -> Entry:
    """Return what the page of a setting shows. `base` is the project's folder. Raises KeyError for an unknown name."""
    return _entry(name, mode_settings.current(base))


@functools.lru_cache(maxsize=2 * len(SETTINGS))
def _entry(name: str, modules: SettingsModules) -> Entry:
    setting = BY_NAME[name]
    place = SETTINGS.index(setting)
    values = _values(setting, modules)
    return Entry(
        setting,
        installed.default(setting),
        defaults.by_series(setting),
        _here(values),
        values,
        installed.readers(setting),
        tuple(_shown(CLAIMS[claim]) for claim in setting.claims),
        tuple(turn for knob in setting.knobs for turn in _turns(knob)),
        _symptoms().get(name, ()),
        _options(setting),
        setting.docs_url(django_series()),
        django_series(),
        SETTINGS[place - 1] if place else None,
        SETTINGS[place + 1] if place + 1 < len(SETTINGS) else None,
    )


def _here(values: Sequence[ModeValue]) -> tuple[Here, ...]:
    """Return the values that are set and known, those that are alike together."""
    alike: dict[tuple[str | None, Line | None], list[ModeValue]] = {}
    for value in values:
        if not value.refused:
            alike.setdefault((value.text, value.line), []).append(value)
    if {text for text, _ in alike} == {None}:
        return ()
    return tuple(Here(_listed([MODES[one.mode] for one in same]), same[0]) for same in alike.values())


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


@functools.cache
def _symptoms() -> Mapping[str, tuple[Case, ...]]:
    """Return the name of each setting -> the symptoms whose head names it."""
    found: dict[str, list[Case]] = {}
    for case in cases().values():
        for name in case.settings:
            found.setdefault(name, []).append(case)
    return {name: tuple(about) for name, about in found.items()}


def _options(setting: Setting) -> tuple[OptionRow, ...]:
    options = option_table(setting.table).options if setting.table else ()
    return tuple(
        OptionRow(option, BY_NAME.get(f"S3-{option.name}") if setting.table == "s3" else None) for option in options
    )


def table(base: Path, words: str = "", differs: bool = False) -> list[Group]:
    """The settings in their groups; of those the ones that have every word, and with `differs` only what differs."""
    wanted = words.lower().split()
    rows = [
        row
        for row in _rows(mode_settings.current(base))
        if all(word in row.haystack for word in wanted) and (row.differs or not differs)
    ]
    groups = (
        Group(key, title, tuple(row for row in rows if row.setting.group == title)) for key, title in GROUPS.items()
    )
    return [group for group in groups if group.rows]


@functools.lru_cache(maxsize=2)
def _rows(modules: SettingsModules) -> tuple[Row, ...]:
    return tuple(_row(setting, modules) for setting in SETTINGS)


def _row(setting: Setting, modules: SettingsModules) -> Row:
    """Compare development and production. The third mode is told on the setting's own page."""
    known = [modules.value(setting, mode) for mode in modules.modes if mode in ("dev", "prod")]
    values = {value.mode: value.text for value in known if not value.refused}
    default = installed.default(setting)
    if set(values.values()) <= {None}:
        return Row(setting, default=default.missing or default.text)
    texts = [default.text if text is None else text for text in values.values()]
    if len(set(texts)) == 1:
        return Row(setting, both=texts[0])
    development, production = _differing(*texts)
    return Row(setting, development=development, production=production)


def _differing(first: str, second: str) -> tuple[str, str]:
    """Return both texts; of long ones only the lines that the other has not."""
    lines, others = first.splitlines(), second.splitlines()
    if len(lines) < 2 or len(others) < 2:
        return first, second
    return _without(lines, others), _without(others, lines)


def _without(lines: Sequence[str], others: Sequence[str]) -> str:
    kept = [line.strip() for line in lines if line.strip() not in {other.strip() for other in others}]
    return "\n".join(["…", *kept])


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
