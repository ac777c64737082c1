"""The mini-project: files a person can read, and that run by themselves."""

import ast
import io
import os
import re
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest
from hypothesis import given

from lab.evidence.catalogue import CATALOGUE
from lab.evidence.records import Records
from lab.experiment import Experiment
from lab.experiment.variations import BY_NAME as VARIATIONS
from lab.probe.server_process import free_port
from lab.project.files import changed_settings_lines, earlier_settings, project_files, zip_bytes
from lab.project.nginx_conf import location_of, nginx_conf
from tests.lab.random_experiments import EXPERIMENTS


@given(EXPERIMENTS)
def test_every_python_file_of_every_experiment_is_valid_and_settings_are_short(experiment):
    files = project_files(experiment)
    for path, text in files.items():
        if path.endswith(".py"):
            ast.parse(text)
            assert max(map(len, text.splitlines()), default=0) <= 120
    assert files["project/settings.py"].count("\n") <= 100


@given(EXPERIMENTS)
def test_every_setting_that_a_knob_changed_has_a_reason_above_or_on_it(experiment):
    lines = project_files(experiment)["project/settings.py"].splitlines()
    default_lines = project_files(Experiment())["project/settings.py"].splitlines()
    for number in changed_settings_lines(experiment):
        line = lines[number - 1]
        if line.strip().startswith('"') or line in default_lines or not line.strip("]),} "):
            continue  # an entry of a list whose reason stands at the list
        assert "#" in line or "#" in lines[number - 2] or line.startswith("STATICFILES_DIRS"), line


def test_the_default_experiment_changes_no_line_of_settings():
    assert changed_settings_lines(Experiment()) == []


def test_each_stylesheet_says_in_its_first_line_which_file_it_is():
    files = project_files(Experiment(layout="namespaced", project_static="plain"))
    for path in ("app1/static/app1/app.css", "app2/static/app2/app.css", "static/app.css"):
        assert files[path].startswith(f"/* {path} */\n")


@pytest.mark.parametrize("variation", VARIATIONS.values(), ids=lambda variation: variation.name)
def test_every_variation_that_can_be_stale_has_earlier_settings(variation):
    if variation.needs.get("collect", "stale") == "stale":
        knobs = {**variation.needs, "collect": "stale", "variation": variation.name}
        assert '    "app2",\n    "app1",\n' in earlier_settings(Experiment(**knobs))


def test_stale_collects_first_with_the_apps_in_the_opposite_order():
    earlier = earlier_settings(Experiment(collect="stale"))
    assert earlier.index('"app2"') < earlier.index('"app1"')


def test_the_gate_stands_last_without_whitenoise_and_beside_whitenoise_with_it():
    def order(**knobs: str) -> list[str]:
        text = project_files(Experiment(**knobs))["project/settings.py"]
        block = text[text.index("MIDDLEWARE = [") : text.index("ROOT_URLCONF")]
        return [path.rpartition(".")[2] for path in re.findall(r'"([\w.]+)"', block)]

    assert order(login_gate="above")[-1] == "LoginGate"
    assert order(login_gate="above", whitenoise="last")[-2:] == ["LoginGate", "WhiteNoiseMiddleware"]
    assert order(login_gate="below", whitenoise="before-security")[:3] == [
        "WhiteNoiseMiddleware",
        "LoginGate",
        "SecurityMiddleware",
    ]
    assert order(login_gate="above", whitenoise="after-security")[:3] == [
        "SecurityMiddleware",
        "LoginGate",
        "WhiteNoiseMiddleware",
    ]


def test_nginx_takes_the_longest_location_that_a_path_begins_with():
    conf = nginx_conf(Experiment(server="nginx"))
    assert [location_of(conf, path)[0] for path in ("/", "/static/app.css", "/media/a.png", "/statically")] == [
        "/",
        "/static/",
        "/media/",
        "/",
    ]


def test_nginx_has_no_location_for_static_files_that_lie_on_another_host():
    assert "alias staticfiles/;" not in nginx_conf(Experiment(server="nginx", static_url="https://cdn.example/"))


def test_the_zip_of_equal_experiments_is_equal_byte_for_byte():
    assert zip_bytes(project_files(Experiment())) == zip_bytes(project_files(Experiment()))


@pytest.mark.parametrize("knobs", [{}, {"storage": "manifest", "layout": "namespaced", "apps": "app2"}])
def test_the_zip_unpacks_to_a_project_that_runserver_serves_on_the_first_try(tmp_path, knobs):
    with zipfile.ZipFile(io.BytesIO(zip_bytes(project_files(Experiment(**knobs))))) as archive:
        archive.extractall(tmp_path)
    port = free_port()
    log = (tmp_path / "log").open("wb")
    command = [sys.executable, "manage.py", "runserver", "--noreload", str(port)]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log) as server:
        try:
            page = _get(f"http://127.0.0.1:{port}/")
            href = re.search(r'href="([^"]+)"', page)
            assert href
            assert "app.css */" in _get(f"http://127.0.0.1:{port}{href[1]}")
        finally:
            server.kill()


def _get(url: str) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url) as response:
                return response.read().decode()
        except urllib.error.URLError as error:
            if isinstance(error, urllib.error.HTTPError):
                raise
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


def test_the_deployed_nginx_conf_is_the_one_that_people_copy():
    """But for the values, which a mini-project has its own of."""
    knobs = {"server": "nginx", "storage": "manifest", "upload": "png", "debug": "off", "collect": "yes"}
    files = project_files(Experiment(**knobs, variation="nginx-deployed"))
    ours, copied = Path("deploy/nginx.conf").read_text().splitlines(), files["nginx.conf"].splitlines()
    assert len([line for line in ours if line not in copied]) < 25
    assert "/srv/site/" not in "".join(line for line in copied if not line.startswith("#"))
    assert files["errors/413.html"] == Path("deploy/errors/413.html").read_text()
    assert [location_of(files["nginx.conf"], path)[0] for path in ("/", "/static/a.css", "/media/a.png")] == [
        "/",
        "/static/",
        "/media/",
    ]


def test_the_readme_promises_runserver_only_where_it_starts_and_the_page_is_there(observe):
    promise = "`python manage.py runserver` works at once"
    records = Records()
    for entry in CATALOGUE:
        for series in ("5.2", "6.1"):
            record = records.load(series, entry.name)
            assert record.refused is None or promise not in record.files["README.md"], (series, entry.name)
    for knobs in ({"storage": "manifest", "debug": "off"}, {"storage": "whitenoise-manifest", "debug": "off"}):
        observation = observe(**knobs)
        assert observation.request("page").status == 500
        assert promise not in observation.files["README.md"]
        assert "every page with a\n`{% static %}` tag answers 500" in observation.files["README.md"]
    for knobs in ({"storage": "manifest"}, {"debug": "off"}):
        observation = observe(**knobs)
        assert observation.request("page").status == 200
        assert promise in observation.files["README.md"]
