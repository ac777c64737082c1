"""docs/teaching.md names only what there is."""

import re

import pytest

from guide.chapters import BY_SLUG
from lab.process.call import ROOT
from workshop.exercise import EXERCISES, read
from workshop.management.commands.workshop import Command

TEXT = (ROOT / "docs/teaching.md").read_text(encoding="utf-8")
HELP = Command().create_parser("manage.py", "workshop").format_help()


def test_every_chapter_it_names_is_in_the_guide():
    slugs = set(re.findall(r"/guide/([\w-]+)/", TEXT)) - {"cheat-sheet"}
    assert slugs
    assert slugs <= set(BY_SLUG)


@pytest.mark.parametrize("action", sorted(set(re.findall(r"(?:manage\.py |`)workshop (\w+)", TEXT))))
def test_every_command_it_names_is_one(action):
    assert re.search(rf"^    {action}\b", HELP, re.MULTILINE)


def test_the_titles_of_its_plan_are_those_of_the_exercises():
    titles = {folder.name[:2]: read(folder).title for folder in EXERCISES.glob("*_*")}
    named = re.findall(r"^\| [\d-]+ \| (\d+) ([^|]+?) \|", TEXT, re.MULTILINE)
    assert len(named) == 4
    for number, title in named:
        assert titles[number.zfill(2)] == title


def test_every_exercise_has_its_wrong_turns():
    numbers = {int(number) for number in re.findall(r"^\| (\d+) \| ", TEXT, re.MULTILINE)}
    assert numbers == {read(folder).number for folder in EXERCISES.glob("*_*")}


def test_every_wrong_turn_names_a_claim_of_its_exercise():
    says = {read(folder).number: {claim.says for claim in read(folder).claims} for folder in EXERCISES.glob("*_*")}
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| ([^|]+) \| [^|]+ \|$", TEXT, re.MULTILINE)
    assert len(rows) >= len(says)
    for number, claim in rows:
        assert claim in says[int(number)]
