"""Variations: each one loads, changes what it says it changes, and is shown by something."""

from pathlib import Path

import pytest

from lab.evidence.catalogue import CATALOGUE
from lab.experiment import Experiment
from lab.experiment.variation import Edit
from lab.experiment.variations import BY_NAME, VARIATIONS
from lab.experiment.variations.folders import FOLDER, VariationError, read
from lab.project.files import project_files
from lab.project.plan import experiment_plan


@pytest.fixture
def folder(tmp_path):
    """folder(name=text, …): variations/<name>/variation.toml with these texts."""

    def made(**texts):
        for name, text in texts.items():
            (tmp_path / name).mkdir()
            (tmp_path / name / "variation.toml").write_text(text)
        return tmp_path

    return made


def test_every_folder_and_every_file_below_it_is_of_a_variation():
    files = {
        path.relative_to(FOLDER) for path in FOLDER.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    loose = {path for path in files if len(path.parts) == 1 and path.suffix != ".toml"}
    named = {path.parts[0] for path in files if len(path.parts) > 1}
    assert loose == set()
    assert named <= {variation.name for variation in read()}
    for path in files:
        if len(path.parts) > 2:
            place = Path(*path.parts[2:]).as_posix()
            assert path.parts[1] == "files"
            assert BY_NAME[path.parts[0]].files[place] == (FOLDER / path).read_text(encoding="utf-8")


def test_names_are_unique():
    assert len(BY_NAME) == len(VARIATIONS)


def test_every_variation_is_shown_by_an_experiment_of_the_catalogue():
    assert {entry.experiment.variation for entry in CATALOGUE} >= set(BY_NAME)


@pytest.mark.parametrize("variation", VARIATIONS, ids=lambda variation: variation.name)
def test_every_edit_fits_and_every_file_is_there(variation):
    experiment = Experiment(**variation.needs, variation=variation.name)
    files = project_files(experiment)
    assert {edit.path for edit in variation.edits} <= set(files)
    assert not {edit.path for edit in variation.edits} & set(variation.files), "an edit of a file that it replaces"
    assert dict(variation.files).items() <= files.items()
    assert experiment_plan(experiment)


def test_one_that_is_like_another_takes_over_what_it_does_not_say_itself(folder):
    variations = read(
        folder(
            z='title = "Z"\nneeds = {debug = "off"}\nfirst = [{run = "manage.py check"}]\nrefused = true',
            a='title = "A"\nlike = "z"\nneeds = {collect = "no"}\nthen = [{label = "x", get = "/"}]',
            m='title = "M"',
        )
    )
    assert [variation.name for variation in variations] == ["m", "z", "a"], "A stands after the one that it is like"
    like = variations[2]
    assert like.needs == {"debug": "off", "collect": "no"}
    assert like.first == variations[1].first
    assert [request.label for request in like.then] == ["x"]
    assert like.refused


def test_a_table_among_others_is_a_variation_without_files(folder):
    place = folder()
    (place / "many.toml").write_text('[one]\ntitle = "One"\nsettings = "A = 1"\n\n[two]\ntitle = "Two"\n')
    one, two = read(place)
    assert (one.name, two.name, one.files) == ("one", "two", {})
    assert one.edited("project/settings.py", 'MEDIA_URL = "/media/"\n') == 'A = 1\n\nMEDIA_URL = "/media/"\n'


def test_files_and_scripts_stand_beside_it(folder):
    place = folder(a='title = "A"\nfirst = [{script = "go.py"}]')
    (place / "a/files/app1").mkdir(parents=True)
    (place / "a/files/app1/x.py").write_text("x = 1\n")
    (place / "a/go.py").write_text("print(1)\n")
    (variation,) = read(place)
    assert variation.files == {"app1/x.py": "x = 1\n"}
    assert variation.first[0].argv[-1] == "print(1)\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "a/variation.toml: Invalid value"),
        ("", "a: 'title' is missing"),
        ('title = "A"\ncolour = "red"', "a: unknown: colour"),
        ('title = "A"\nlike = "b"', "a: there is no variation 'b' that it could be like"),
        ('title = "A"\nfirst = [{fly = "home"}]', "a: nothing says what to do"),
        ('title = "A"\nfirst = [{script = "gone.py"}]', "a: [Errno 2]"),
        ('title = "A"\nthen = [{get = "/"}]', "a: a label of letters"),
        ('title = "A"\nthen = [{label = "x", post = "/", files = {f = "cat.png"}}]', "a: there is no sample 'cat.png'"),
        (
            'title = "A"\n[[edit]]\npath = "x"\nnew = "y"',
            "a: an edit has a path, new and one of old, line, above, below",
        ),
        ('title = "A"\n[[edit]]\npath = "x"\nold = "y"\nline = "z"', "a: an edit has a path"),
        ('title = "A"\nneeds = 3', "a: "),
    ],
)
def test_a_mistake_is_named_with_its_variation_on_one_line(folder, text, said):
    with pytest.raises(VariationError) as error:
        read(folder(a=text))
    assert str(error.value).startswith(said)
    assert "\n" not in str(error.value)


TEXT = "A = 1  # the first\nif A:\n    B = 2\n"


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        (Edit("x", old="A = 1", new="A = 3"), "A = 3  # the first\nif A:\n    B = 2\n"),
        (Edit("x", line="A = 1", new="C = 1"), "C = 1\nif A:\n    B = 2\n"),
        (Edit("x", line="B = 2", new=""), "A = 1  # the first\nif A:\n"),
        (Edit("x", above="B = 2", new="    C = 1\n"), "A = 1  # the first\nif A:\n    C = 1\n    B = 2\n"),
        (Edit("x", below="A = 1", new="C = 1"), "A = 1  # the first\nC = 1\nif A:\n    B = 2\n"),
    ],
)
def test_an_edit_names_its_place_without_the_comment(edit, text):
    assert edit.applied(TEXT) == text


@pytest.mark.parametrize(
    "edit", [Edit("x", old="Z", new=""), Edit("x", line="Z = 1", new=""), Edit("x", old="A", new="")]
)
def test_an_edit_whose_place_is_not_there_exactly_once_does_not_fit(edit):
    with pytest.raises(ValueError, match=r"x has \d times"):
        edit.applied(TEXT)
