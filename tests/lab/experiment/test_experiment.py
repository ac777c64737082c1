"""Knobs and experiments: data that names itself and refuses what it does not know."""

import os
import shutil
import subprocess
import sys
from dataclasses import fields
from textwrap import dedent
from typing import get_args, get_type_hints

import pytest

from lab.experiment import KNOBS, Experiment, KnobError
from lab.experiment.knob import Group
from lab.experiment.variations import VARIATIONS
from lab.playground.result import groups
from lab.process.call import ROOT


def test_an_experiment_has_exactly_the_knobs_of_the_table_with_their_defaults():
    assert {path.stem for path in (ROOT / "lab/experiment/knobs").glob("[!_]*.py")} == set(KNOBS)
    assert [field.name for field in fields(Experiment)] == list(KNOBS)
    assert [knob.name for knob in KNOBS.values()] == list(KNOBS)
    assert Experiment().knobs == {name: knob.default for name, knob in KNOBS.items()}


@pytest.mark.parametrize("name", [name for name in KNOBS if name != "variation"])
def test_the_type_of_a_knob_names_its_values_so_that_mypy_knows_a_wrong_one(name):
    assert get_args(get_type_hints(Experiment)[name]) == tuple(KNOBS[name].by_name)


def test_every_knob_is_in_a_group_and_in_the_form_and_every_variation_among_the_recipes(client):
    shown = [position.knob.name for _, positions in groups(Experiment()) for position in positions]
    assert sorted([*shown, "variation"]) == sorted(KNOBS)
    assert {group for group, _ in groups(Experiment())} == set(get_args(Group))
    recipes = client.get("/lab/recipes/").content.decode()
    for variation in VARIATIONS:
        assert f"variation={variation.name}" in recipes
    page = client.get("/lab/").content.decode()
    assert '<input type="hidden" name="variation" value="none"' in page
    for name, knob in [(name, knob) for name, knob in KNOBS.items() if name != "variation"]:
        assert f'name="{name}"' in page
        for value in knob.by_name:
            assert f'<option value="{value}"' in page


def test_every_knob_and_every_value_has_one_plain_sentence_of_help():
    for knob in KNOBS.values():
        for text in (knob.help, *(value.help for value in knob.values)):
            assert text
            assert "\n" not in text


NEW_KNOB = '''
"""Which Referrer-Policy SecurityMiddleware sends."""

from typing import Literal

from lab.experiment.knob import Knob, Value

Referrer = Literal["same-origin", "none"]

REFERRER: Knob[Referrer] = Knob(
    "referrer",
    label="Referrer policy",
    becomes="SECURE_REFERRER_POLICY",
    help="Which Referrer-Policy is sent.",
    group="Serving",
    values=(
        Value("same-origin", "Django's default."),
        Value("none", "No such header.", ("SECURE_REFERRER_POLICY = None",)),
    ),
)
'''

# What is asked of the lab with one knob more. It prints nothing when all is as it should be.
QUESTIONS = """
import json
from datetime import date
from pathlib import Path

from lab.evidence.catalogue import CATALOGUE
from lab.evidence.records import FOLDER, Records
from lab.experiment import Experiment
from lab.playground.query import parse
from lab.playground.result import groups
from lab.project.files import project_files

def texts():
    return {path: path.read_bytes() for path in FOLDER.rglob("*.json")}

before, records = texts(), Records()
for entry in CATALOGUE:
    for series in records.all_series():
        record = records.load(series, entry.name)
        assert record.experiment["referrer"] == "same-origin"
        records.save(series, entry.name, record, date(2000, 1, 1))
assert texts() == before, "a record differs"

experiment = parse([("referrer", "none")]).experiment
assert experiment.query == "referrer=none"
text, default = (project_files(one)["project/settings.py"] for one in (experiment, Experiment()))
assert text == default + "\\n# No such header.\\nSECURE_REFERRER_POLICY = None\\n", text
serving = dict(groups(experiment))["Serving"]
assert [position.knob.name for position in serving if position.turned] == ["referrer"]
"""


def test_adding_a_knob_at_its_default_changes_one_module_and_no_record(tmp_path):
    """In a copy of the lab; the one line beside the new module gives the knob its type and its place in the order."""
    shutil.copytree(ROOT / "lab", tmp_path / "lab", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    (tmp_path / "lab/experiment/knobs/referrer.py").write_text(NEW_KNOB)
    module = tmp_path / "lab/experiment/experiment.py"
    old = "    upload: Upload = UPLOAD.field\n"
    text = module.read_text()
    assert old in text
    text = text.replace(old, old + "    referrer: Referrer = REFERRER.field\n")
    module.write_text(text.replace("\n\n\n", "\nfrom lab.experiment.knobs.referrer import REFERRER, Referrer\n\n\n", 1))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    done = subprocess.run(
        [sys.executable, "-c", dedent(QUESTIONS)], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0


def test_the_query_names_only_what_differs_from_the_default_in_the_order_of_the_table():
    assert Experiment().query == ""
    assert Experiment(upload="png", apps="app2,app1").query == "apps=app2,app1&upload=png"


def test_equal_experiments_have_equal_keys_and_others_have_others():
    assert Experiment(debug="off").key == Experiment.from_mapping({"debug": "off", "apps": "app1,app2"}).key
    assert len({Experiment(server=value).key for value in ("runserver", "gunicorn", "nginx")}) == 3


def test_an_unknown_knob_is_refused_with_the_names_there_are():
    with pytest.raises(KnobError, match=r"no knob 'colour'.*static_url"):
        Experiment.from_mapping({"colour": "red"})


def test_an_unknown_value_is_refused_with_the_values_there_are():
    with pytest.raises(KnobError, match=r"debug has no value 'maybe'.*on · off"):
        Experiment.from_mapping({"debug": "maybe"})


def test_a_knob_given_twice_is_refused_because_nobody_can_know_which_was_meant():
    with pytest.raises(KnobError, match="twice"):
        Experiment.from_pairs([("debug", "on"), ("debug", "off")])
