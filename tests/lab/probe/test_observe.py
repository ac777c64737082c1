"""What experiments show. Each test is a sentence about Django that real Django confirms."""

import json
import subprocess
import sys

import django
import pytest

from lab.observation import Observation
from lab.process.call import ROOT

DJANGO_6 = django.VERSION >= (6, 0)
needs_nginx = pytest.mark.usefixtures("nginx_program")


def statuses(observation):
    return {step.label: step.status for step in observation.requests}


def answers(observation):
    return {step.label: step.answered_by for step in observation.requests}


def test_runserver_serves_static_files_from_the_finders_and_the_first_app_wins(observe):
    css = observe().request("css")
    assert (css.status, css.answered_by, css.source) == (200, "static-handler", "app1/static/app.css")
    assert "x-content-type-options" not in css.headers
    assert "cache-control" not in css.headers
    assert observe(apps="app2,app1").request("css").source == "app2/static/app.css"


def test_the_projects_folder_wins_over_the_apps_unless_the_finders_are_swapped(observe):
    assert observe(project_static="plain").request("css").source == "static/app.css"
    assert observe(project_static="plain", finders="apps,dirs").request("css").source == "app1/static/app.css"
    assert observe(project_static="prefixed").request("css").source == "app1/static/app.css"


def test_without_the_app_finder_not_even_the_admins_files_are_found(observe):
    observation = observe(finders="dirs")
    assert statuses(observation) == {"page": 200, "css": 404, "admin-css": 404}
    assert answers(observation)["css"] == "static-handler"


def test_with_debug_off_or_nostatic_the_url_resolver_answers_404(observe):
    for knobs in ({"debug": "off"}, {"server": "runserver-nostatic"}):
        css = observe(**knobs).request("css")
        assert (css.status, css.answered_by) == (404, "none")
    assert observe(server="runserver-insecure", debug="off").request("css").status == 200


def test_a_stylesheet_on_another_host_is_named_and_not_requested(observe):
    css = observe(static_url="https://cdn.example/").request("css")
    assert css.url == "https://cdn.example/app.css"
    assert (css.status, css.answered_by, css.sha256) == (None, None, None)


def test_a_hard_coded_path_does_not_follow_static_url(observe):
    assert observe(static_url="/assets/", reference="hard-coded").request("css").status == 404
    assert observe(static_url="/assets/").request("css").url == "/assets/app.css"


def test_hashed_names_without_collectstatic_make_every_page_a_500_that_names_no_stylesheet(observe):
    observation = observe(storage="manifest", debug="off")
    page = observation.request("page")
    assert (page.status, page.error.type) == (500, "ValueError")
    assert (page.bytes, page.sha256) == (None, None)
    assert statuses(observation) == {"page": 500}


def test_a_missing_file_is_a_500_with_hashed_names_and_a_404_without(observe):
    assert observe(reference="missing").request("css").status == 404
    page = observe(reference="missing", storage="manifest", debug="off", collect="yes").request("page")
    assert (page.status, page.error.message) == (500, "Missing staticfiles manifest entry for 'missing.css'")


def test_a_leading_slash_in_the_tag_works_plain_and_fails_hashed(observe):
    assert observe(reference="leading-slash").request("css").status == 200
    page = observe(reference="leading-slash", storage="manifest", debug="off", collect="yes").request("page")
    assert page.status == 500


def test_runserver_insecure_finds_no_file_under_a_hashed_name(observe):
    css = observe(server="runserver-insecure", debug="off", storage="manifest", collect="yes").request("css")
    assert (css.status, css.answered_by) == (404, "static-handler")


def test_a_url_that_leads_nowhere_stops_collectstatic_and_each_django_says_it_in_its_own_way(observe):
    command = observe(css="bad-url", storage="manifest", collect="yes").commands[0]
    assert command.exit == 1
    assert command.error.type == ("CommandError" if DJANGO_6 else "ValueError")
    assert "missing.png" in command.error.message
    assert ("Traceback" in command.stderr) != DJANGO_6


def test_a_commented_out_url_stops_collectstatic_on_django_5_only(observe):
    command = observe(css="commented-url", storage="manifest", collect="yes").commands[0]
    assert (command.exit == 0) == DJANGO_6


def test_a_missing_source_map_stops_collectstatic(observe):
    assert observe(css="bad-sourcemap", storage="manifest", collect="yes").commands[0].exit == 1


def test_after_a_reorder_collectstatic_leaves_the_old_winner_until_clear(observe):
    knobs = {"collect": "stale", "debug": "off", "whitenoise": "after-security"}
    stale, cleared = observe(**knobs), observe(**knobs, clear="yes")
    assert stale.request("css").source == "app2/static/app.css"
    assert "0 static files copied" in stale.commands[1].stdout
    assert cleared.request("css").source == "app1/static/app.css"


def test_clear_without_collect_runs_nothing(observe):
    assert observe(clear="yes").commands == ()


def test_whitenoise_in_debug_without_its_own_app_leaves_runservers_handler_in_front(observe):
    assert observe(whitenoise="after-security").request("css").answered_by == "static-handler"
    assert observe(whitenoise="after-security", server="runserver-nostatic").request("css").answered_by == "whitenoise"


def test_the_place_of_whitenoise_decides_about_nosniff(observe):
    served = {"debug": "off", "collect": "yes"}
    below = observe(whitenoise="after-security", **served).request("css")
    above = observe(whitenoise="before-security", **served).request("css")
    assert below.headers["x-content-type-options"] == "nosniff"
    assert "x-content-type-options" not in above.headers
    assert above.headers["cache-control"] == "max-age=60, public"
    assert above.headers["content-type"] == 'text/css; charset="utf-8"'


def test_a_gate_above_whitenoise_sends_the_stylesheet_to_the_login_and_one_below_does_not(observe):
    served = {"debug": "off", "collect": "yes", "whitenoise": "after-security"}
    above, below = observe(login_gate="above", **served), observe(login_gate="below", **served)
    assert answers(above) == {"page": "login-gate", "css": "login-gate", "admin-css": "login-gate"}
    assert above.request("css").headers["location"] == "/login/?next=/static/app.css"
    assert answers(below) == {"page": "login-gate", "css": "whitenoise", "admin-css": "whitenoise"}


def test_a_gate_does_not_stop_runservers_static_handler(observe):
    observation = observe(login_gate="above", upload="png")
    assert answers(observation)["css"] == "static-handler"
    assert (observation.request("upload").status, observation.request("upload").answered_by) == (302, "login-gate")
    assert observation.request("media") is None


def test_an_uploaded_picture_is_stored_and_served_by_the_media_route_while_debug_is_on(observe):
    observation = observe(upload="png")
    assert statuses(observation)["upload"] == 302
    assert (observation.request("media").status, observation.request("media").answered_by) == (200, "media-route")
    assert [file.path for file in observation.media_root] == ["picture.png"]
    assert observe(upload="png", debug="off").request("media").status == 404
    assert observe(upload="png", media_route="off").request("media").answered_by == "none"


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_what_is_no_picture_is_refused_by_the_form(observe, kind):
    observation = observe(upload=kind)
    assert observation.request("upload").status == 200
    assert "Upload a valid image" in observation.request("upload").excerpt
    assert observation.media_root == ()


def test_without_a_default_storage_pages_answer_200_and_uploads_500(observe):
    observation = observe(default_storage="missing", upload="png")
    assert observation.refused is None
    assert statuses(observation) == {"page": 200, "css": 200, "admin-css": 200, "upload": 500}
    assert observation.request("upload").error.type == "InvalidStorageError"


def test_an_unset_media_root_puts_uploads_beside_manage_py(observe):
    observation = observe(media_root="unset", upload="png")
    assert [file.path for file in observation.media_root] == ["picture.png"]
    assert observation.request("media").status == 200


def test_uploads_inside_static_root_are_listed_there_too(observe):
    observation = observe(media_root="inside-static", upload="png")
    assert [file.path for file in observation.static_root] == ["media/picture.png"]


def test_static_root_among_the_sources_is_refused_by_the_checks_and_no_request_is_made(observe):
    observation = observe(project_static="collected", collect="yes")
    assert observation.refused.type == "SystemCheckError"
    assert "staticfiles.E002" in observation.refused.message
    assert observation.commands[0].exit == 1
    assert observation.requests == ()


def test_a_finder_that_is_not_in_use_is_not_checked(observe):
    assert observe(project_static="collected", finders="apps").refused is None


@pytest.mark.parametrize("server", ["gunicorn", "uvicorn"])
def test_production_servers_serve_no_static_files_but_django_behind_them_serves_media_in_debug(observe, server):
    observation = observe(server=server, upload="png")
    assert statuses(observation) == {"page": 200, "css": 404, "admin-css": 404, "upload": 302, "media": 200}
    assert answers(observation)["media"] == "media-route"
    assert [entry.component for entry in observation.request("page").trace][-2:] == ["URLResolver", "view"]


@pytest.mark.parametrize("server", ["gunicorn", "uvicorn"])
def test_a_servers_500_carries_the_exception_of_its_process(observe, server):
    upload = observe(server=server, upload="png", default_storage="missing").request("upload")
    assert (upload.status, upload.error.type) == (500, "InvalidStorageError")


@needs_nginx
def test_nginx_serves_static_and_media_from_disk_and_passes_on_the_rest(observe):
    observation = observe(server="nginx", debug="off", storage="manifest", collect="yes", upload="png")
    assert answers(observation) == {
        "page": "view",
        "css": "nginx",
        "admin-css": "nginx",
        "upload": "view",
        "media": "nginx",
    }
    css, media = observation.request("css"), observation.request("media")
    assert css.headers["cache-control"] == "max-age=315360000, public, immutable"
    assert media.headers["cache-control"] == "max-age=60"
    assert media.headers["x-content-type-options"] == "nosniff"
    assert css.source == "app1/static/app.css"


@needs_nginx
def test_nginx_answers_404_with_nosniff_for_what_was_not_collected_and_for_an_unset_media_root(observe):
    observation = observe(server="nginx", upload="png", media_root="unset")
    for label in ("css", "media"):
        step = observation.request(label)
        assert (step.status, step.answered_by, step.headers["x-content-type-options"]) == (404, "nginx", "nosniff")
    assert [file.path for file in observation.media_root] == ["picture.png"]


def test_the_way_of_a_request_names_real_lines_of_real_files(observe):
    from importlib.util import find_spec
    from pathlib import Path

    packages = Path(find_spec("django").origin).parent.parent
    files = observe(upload="png").files
    for step in observe(upload="png").requests:
        for entry in step.trace:
            text = files[entry.file] if entry.file in files else (packages / entry.file).read_text()
            assert text.splitlines()[entry.line - 1].lstrip().startswith(("def ", "async def ", "@")), entry


def test_a_worker_of_gunicorn_imports_the_experiments_apps_and_not_this_sites_apps_of_the_same_name(observe):
    css = observe(server="gunicorn", whitenoise="after-security").request("css")
    assert (css.status, css.answered_by, css.source) == (200, "whitenoise", "app1/static/app.css")


WITHOUT_NGINX = """
import json, sys
from pathlib import Path

from lab.experiment import Experiment
from lab.probe import observe
from mysite.serving import nginx

nginx.find = lambda: None
print(observe.observe(Experiment(**json.loads(sys.argv[1])), Path(sys.argv[2])).to_json())
"""


def observed_without_nginx(folder, **knobs):
    """The observation of a process for which there is no nginx."""
    argv = [sys.executable, "-c", WITHOUT_NGINX, json.dumps({"server": "nginx", **knobs}), str(folder)]
    return Observation.from_json(subprocess.run(argv, cwd=ROOT, check=True, capture_output=True).stdout)


def test_without_nginx_the_commands_are_run_all_the_same_and_the_end_says_why_there_are_no_requests(tmp_path):
    observation = observed_without_nginx(tmp_path, collect="yes", debug="off")
    assert [command.exit for command in observation.commands] == [0]
    assert "app.css" in {file.path for file in observation.static_root}
    assert observation.requests == ()
    assert observation.not_installed
    assert "nginx is not installed" in observation.refused.message


def test_what_django_refuses_it_refuses_without_nginx_too(tmp_path):
    observation = observed_without_nginx(tmp_path, project_static="collected")
    assert not observation.not_installed
    assert "staticfiles.E002" in observation.refused.message
