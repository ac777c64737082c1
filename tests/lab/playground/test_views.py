"""/lab.json and /lab.zip: an Observation or a clear refusal, never a 500."""

import io
import json
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings

from lab.engine import api
from lab.experiment import Experiment
from lab.experiment.plan import Command
from lab.experiment.variations import BY_NAME
from lab.observation import NOT_INSTALLED, Fault, Observation
from lab.process.limiter import Busy
from lab.process.runner import ExperimentFailed
from tests.lab.random_experiments import EXPERIMENTS


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory):
    """Uncached: what another session has observed proves nothing about this one."""
    from django.conf import settings as django_settings

    django_settings.LAB_CACHE_DIR = tmp_path_factory.mktemp("lab_cache")
    api.engine.cache_clear()
    yield
    del django_settings.LAB_CACHE_DIR
    api.engine.cache_clear()


def test_lab_json_answers_with_the_observation_of_its_query(client):
    response = client.get("/lab.json", {"apps": "app2,app1"})
    assert (response.status_code, response["content-type"]) == (200, "application/json")
    assert Observation.from_json(response.content).request("css").source == "app2/static/app.css"


@pytest.mark.parametrize("query", ["colour=red", "debug=maybe", "debug=on&debug=off", "debug="])
@pytest.mark.parametrize("path", ["/lab.json", "/lab.zip"])
def test_an_unknown_knob_or_value_is_a_400_that_says_what_there_is(client, path, query):
    response = client.get(f"{path}?{query}")
    assert response.status_code == 400
    assert json.loads(response.content)["error"]


@pytest.mark.parametrize("error", [Busy(7), ExperimentFailed("a child was killed")])
def test_when_the_lab_is_busy_or_fails_the_answer_is_503_with_retry_after(client, monkeypatch, error):
    def raising(_experiment):
        raise error

    monkeypatch.setattr(api, "observe_json", raising)
    response = client.get("/lab.json")
    assert response.status_code == 503
    assert int(response["retry-after"]) > 0
    assert "killed" not in response.content.decode()


def test_only_safe_methods_are_allowed(client):
    assert client.post("/lab.json").status_code == 405
    assert client.head("/lab.zip").status_code == 200


def test_lab_zip_is_the_project_with_manage_py_at_its_root(client):
    response = client.get("/lab.zip", {"whitenoise": "last"})
    assert response["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert {"manage.py", "README.md", "requirements.txt", "project/settings.py"} <= set(archive.namelist())
        assert "whitenoise" in archive.read("requirements.txt").decode()


@pytest.mark.parametrize(
    ("guess", "verdict"), [("picture-404", "As you predicted."), ("picture-shown", "Not what you predicted.")]
)
def test_the_headline_answers_the_question_that_was_asked(client, guess, verdict):
    page = client.get("/lab/", {"upload": "png", "media_route": "off", "guess": guess}).content.decode()
    assert "The picture is stored, and its address returns 404</h2>" in page
    assert verdict in page


def test_the_form_of_every_knob_leads_to_the_short_address_and_a_named_experiment_to_its_own(client):
    whole = {**Experiment(debug="off").knobs, "guess": "", "before": "apps=app2,app1", "whole": "1"}
    assert client.get("/lab/", whole)["location"] == "/lab/?debug=off&before=apps%3Dapp2,app1"
    assert client.get("/lab/", {"start": "apps-reversed"})["location"] == "/lab/?apps=app2,app1"
    assert client.get("/lab/", {"start": "no-such"}).status_code == 400


def test_a_run_can_be_copied_as_markdown_and_as_a_picture(client):
    query = {"debug": "off", "before": ""}
    markdown = client.get("/lab.md", query)
    assert markdown["content-type"] == "text/markdown; charset=utf-8"
    for said in (
        "**The stylesheet returns 404**",
        "`debug=off`",
        "| settings.py | DEBUG = True",
        "`GET /static/app.css` | 404",
    ):
        assert said in markdown.content.decode()
    picture = client.get("/lab.svg", query)
    assert picture["content-type"] == "image/svg+xml"
    words = " ".join(ElementTree.fromstring(picture.content).itertext())
    for said in ("The stylesheet returns 404", "debug=off", "URLs", "/static/app.css", "Django"):
        assert said in words
    for path in ("/lab.md", "/lab.svg"):
        assert client.get(path, {"debug": "maybe"}).status_code == 400


def test_the_recipes_are_found_by_their_words(client):
    page = client.get("/lab/recipes/", {"q": "S3 endpoint"}).content.decode()
    assert "variation=s3" in page
    assert "apps=app2,app1" not in page
    assert "No recipe has all of these words" in client.get("/lab/recipes/", {"q": "zebra"}).content.decode()


def test_the_page_says_that_the_machine_lacks_nginx_and_not_that_django_refuses_or_that_a_guess_was_wrong(
    client, monkeypatch
):
    seen = api.observe(Experiment(collect="yes"))
    refused = Fault(NOT_INSTALLED, "nginx is not installed here.")
    unfinished = replace(seen, steps=seen.commands, refused=refused)
    monkeypatch.setattr(api, "observe", lambda experiment: unfinished)
    monkeypatch.setattr("mysite.serving.nginx.find", lambda: None)
    page = client.get("/lab/", {"server": "nginx", "collect": "yes", "guess": "app1"}).content.decode()
    assert "This machine lacks nginx." in page
    assert refused.message in page
    assert "collectstatic" in page
    assert "Django refuses these settings" not in page
    assert "You predicted" not in page


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EXPERIMENTS)
@example(Experiment(server="gunicorn", variation="script-name-sent"))  # gunicorn answers a 500 that Django never sees
def test_any_combination_of_knobs_gives_a_valid_observation_and_never_a_500(client, experiment):
    response = client.get(f"/lab.json?{experiment.query}")
    assert response.status_code == 200
    observation = Observation.from_json(response.content)
    assert observation.experiment == experiment.knobs
    variation = BY_NAME.get(experiment.variation)
    further = [action for action in (variation.first if variation else ()) if isinstance(action, Command)]
    assert len(observation.commands) == {"no": 0, "yes": 1, "stale": 2}[experiment.collect] + len(further)
    assert bool(observation.refused) != bool(observation.requests)
    for step in observation.requests:
        elsewhere = step.url.startswith("https://")
        assert (step.status is None) == elsewhere == (step.answered_by is None)
        assert (step.error is not None) == (step.status == 500)
        assert elsewhere or step.trace
        assert step.answered_by in {
            *("nginx", "static-handler", "whitenoise", "login-gate", "media-route", "view", "none"),
            None,
        }
