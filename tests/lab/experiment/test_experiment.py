"""Knobs and experiments: data that names itself and refuses what it does not know."""

from dataclasses import fields

import pytest

from lab.experiment import Experiment, KnobError
from lab.experiment.knobs import KNOBS


def test_an_experiment_has_exactly_the_knobs_of_the_table_with_their_defaults():
    assert [field.name for field in fields(Experiment)] == [knob.name for knob in KNOBS]
    assert Experiment().knobs == {knob.name: knob.default for knob in KNOBS}


def test_every_knob_and_every_value_has_one_plain_sentence_of_help():
    for knob in KNOBS:
        for text in (knob.help, *(value.help for value in knob.values)):
            assert text
            assert "\n" not in text


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
