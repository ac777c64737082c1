"""starter/: what its files promise, done with its files."""

import re
import shlex
import shutil
import subprocess
import sys
import time
import zipfile
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import requests
import yaml
from django.conf import settings
from PIL import Image

from guide import starter
from tests.free_ports import free_port
from tests.starter.conftest import NAME, STARTER, clean, production_variables, service
from tests.starter.visitor import Visitor, photo


def stylesheet(visitor):
    address = re.search(r'rel="stylesheet" href="([^"]+)"', visitor.get("/").text)[1]
    return visitor.get(address)


def picture(visitor):
    return re.findall(r'<img src="([^"]+)"', visitor.get("/").text)[0]


# The archive


def test_the_page_and_the_archive_have_every_file_of_the_folder():
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "."],
        cwd=STARTER,
        capture_output=True,
        text=True,
    )
    if tracked.returncode:
        pytest.skip("this is no git checkout")
    explained = {file.path for part in starter.parts(STARTER) for file in part.files}
    assert explained | set(starter.EMPTY) == set(tracked.stdout.split())
    assert not any((STARTER / path).read_text() for path in starter.EMPTY)


def test_startproject_makes_the_same_project_of_the_archive_and_of_the_folder(unpacked, tmp_path):
    command = [sys.executable, "-m", "django", "startproject", "--template", str(STARTER), "album"]
    assert subprocess.run(command, cwd=tmp_path, env=clean(), capture_output=True).returncode == 0
    wanted = {file.path: file.text.encode() for part in starter.parts(STARTER) for file in part.files}
    for made in (unpacked, tmp_path / "album"):
        assert {path: (made / path).read_bytes() for path in wanted} == wanted
        assert (made / "release.sh").stat().st_mode & 0o100


@pytest.mark.django_db
def test_the_page_shows_each_file_whole_with_its_reason(client):
    page = client.get("/guide/starter/").content.decode()
    for part in starter.parts(STARTER):
        for file in part.files:
            assert f'id="{file.anchor}"' in page
            assert file.why in page
    assert "django-admin startproject --template http://testserver/starter.zip album ." in page


def test_the_archive_is_sent_as_a_file(client):
    response = client.get("/starter.zip")
    assert response.content == starter.archive(STARTER)
    assert response["Content-Type"] == "application/zip"


def test_the_page_divides_the_settings_of_a_bare_startproject_and_the_albums_app_runs_with_them(tmp_path):
    """Does what the page says, word for word: its commands, then the rows of its table."""
    words = (settings.BASE_DIR / "guide/templates/guide/starter_into_yours.md").read_text()

    def run(*command, **env):
        ran = subprocess.run(command, cwd=tmp_path, env=clean() | env, capture_output=True, text=True)
        assert ran.returncode == 0, (command, ran.stdout, ran.stderr)
        return ran.stdout

    run(sys.executable, "-m", "django", "startproject", "shop", ".")
    zipfile.ZipFile(BytesIO(starter.archive(STARTER))).extractall(tmp_path)
    (commands,) = re.findall(r"```sh\n(.*?)```", words, re.DOTALL)
    run("sh", "-e", "-c", commands)
    end = (STARTER / "config/settings/base.py").read_text().partition("LOGIN_URL")
    rows = re.findall(r"^\| (`.*) \| (`.*) \| (.*) \|$", words, re.MULTILINE)
    assert len(rows) == 6
    for files, before, after in rows:
        for name in re.findall(r"`(.*?)`", files):
            path = tmp_path / (name if "/" in name or name == "manage.py" else f"shop/settings/{name}")
            code = path.read_text()
            for old in re.findall(r"`(.*?)`", before):
                assert old in code, (name, old)
                if after.startswith("nothing"):
                    code = re.sub(rf"^{old} =.*\n", "", code, flags=re.MULTILINE)
                elif after.startswith("the end"):
                    code = code.replace(old, "".join(end[1:]))
                else:
                    code = code.replace(old, after.strip("`"))
            path.write_text(code)
    assert "Move it from `base.py` to `dev.py`" in words
    base, dev = (tmp_path / f"shop/settings/{name}.py" for name in ("base", "dev"))
    code, *mailers = re.split(r"^(MAILERS = \{.*?^\}\n)", base.read_text(), flags=re.MULTILINE | re.DOTALL)
    base.write_text(code + "".join(mailers[1:]))
    dev.write_text(dev.read_text() + "".join(mailers[:1]))
    # The app, as the chapter about uploads says.
    shutil.copytree(tmp_path / "starter/photos", tmp_path / "photos")
    shutil.copy(tmp_path / "starter/config/urls.py", tmp_path / "shop/urls.py")
    base.write_text(base.read_text().replace("INSTALLED_APPS = [", 'INSTALLED_APPS = [\n    "photos",'))
    say = "from django.conf import settings; print(settings.DEBUG, settings.STATIC_ROOT, settings.MEDIA_ROOT)"
    manage = (sys.executable, "manage.py")
    assert run(*manage, "shell", "-v0", "-c", say).split() == [
        "True",
        str(tmp_path / "staticfiles"),
        str(tmp_path / "media"),
    ]
    run(*manage, "test", "photos", "--settings", "shop.settings.test")
    production = production_variables() | {"DJANGO_SETTINGS_MODULE": "shop.settings.prod"}
    run(*manage, "check", "--deploy", "--fail-level", "WARNING", **production)
    say = "import shop.wsgi; from django.conf import settings; print(settings.DEBUG, settings.MIDDLEWARE[1])"
    del production["DJANGO_SETTINGS_MODULE"]
    assert run(sys.executable, "-c", say, **production) == "False whitenoise.middleware.WhiteNoiseMiddleware\n"


# The project itself


def test_its_own_tests_pass_and_leave_no_upload_behind(project):
    ran = project.run(sys.executable, "manage.py", "test", env=clean())
    assert ran.returncode == 0, ran.stderr
    assert "OK" in ran.stderr


def test_its_models_and_its_migration_agree(project):
    project.manage("makemigrations", "--check", "--dry-run")


def test_its_private_storage_is_no_folder_in_the_migration():
    assert "private_storage" in (STARTER / "photos/migrations/0001_initial.py").read_text()


def test_every_variable_of_the_settings_is_in_the_example():
    read = re.findall(
        r'(?:required\(|environ(?:\.get\(|\[)|^if )"([A-Z_]+)"', (STARTER / "config/settings/prod.py").read_text()
    )
    example = (STARTER / ".env.example").read_text()
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "BUCKET"} <= set(read)
    assert not [name for name in read if not re.search(rf"^#?{name}=", example, re.MULTILINE)]


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_does_not_start_without_its_variables(project, missing):
    env = production_variables()
    del env[missing]
    ran = project.run(sys.executable, "manage.py", "check", env=env)
    assert ran.returncode == 1
    assert f"Set the environment variable {missing}." in ran.stderr


def test_database_url_names_a_postgresql_server(project):
    env = production_variables()
    env["DATABASE_URL"] = "postgres://ann:p%40ss@db.example:5433/album"
    ask = "from django.conf import settings; print([*map(str, settings.DATABASES['default'].values())])"
    ran = project.run(sys.executable, "-c", ask, env=env)
    assert ran.stdout.strip() == str(["django.db.backends.postgresql", "album", "ann", "p@ss", "db.example", "5433"])


# A release


def test_a_release_reloads_the_service_at_its_end_and_starter_may_do_that_as_root(project):
    asked = project.sudo_log.read_text().splitlines()[0]
    assert asked == "systemctl reload-or-restart starter"
    assert f"NOPASSWD: /usr/bin/{asked}'" in (STARTER / "README.md").read_text()


class OnePlace:
    """A copy of the project under gunicorn, released again in the folder in which it runs."""

    def __init__(self, project, folder):
        self.reload_command = shlex.split(project.processes["ExecReload"])
        self.project, self.folder, self.port = project, folder / "album", free_port()
        shutil.copytree(project.folder, self.folder)
        over_https = {"Host": NAME, "X-Forwarded-Proto": "https"}
        self.visitor = Visitor(f"http://127.0.0.1:{self.port}", over_https, scheme="https")

    def served(self):
        return service(self.project, self.folder, self.port)

    def change(self, path, before, after):
        text = (self.folder / path).read_text()
        assert before in text
        (self.folder / path).write_text(text.replace(before, after))

    def collect(self):
        command = [sys.executable, "manage.py", "collectstatic", "--noinput"]
        subprocess.run(command, cwd=self.folder, env=production_variables(), check=True, capture_output=True)

    def reload(self, process, done):
        """Send the signal and ask for pages, without a pause, until the new worker answers."""
        subprocess.run(self.reload_command, env={"MAINPID": str(process.pid)}, check=True)
        end = time.monotonic() + 60
        while not done():
            assert time.monotonic() < end


def test_a_release_changes_the_styles_under_visitors_of_whom_none_sees_a_broken_page(project, tmp_path):
    site = OnePlace(project, tmp_path)
    seen = []

    def changed():
        style = stylesheet(site.visitor)
        seen.append(style.status_code)
        return "50rem" in style.text

    with site.served() as process:
        before = urlsplit(stylesheet(site.visitor).url).path
        site.change("photos/static/photos/photos.css", "60rem", "50rem")
        site.collect()
        assert not changed()
        site.reload(process, changed)
        assert set(seen) == {200}
        assert site.visitor.get(before).status_code == 200, "for a page that was open before"


def test_until_the_reload_a_worker_may_read_a_new_template_whose_static_file_its_list_lacks(project, tmp_path):
    site = OnePlace(project, tmp_path)
    with site.served() as process:
        assert site.visitor.get("/").status_code == 200
        (site.folder / "photos/static/photos/new.css").write_text("")
        for template in ("index", "form"):
            path = f"photos/templates/photos/{template}.html"
            site.change(
                path, "{% block content %}", "{% load static %}{% block content %}{% static 'photos/new.css' %}"
            )
        site.collect()
        assert (site.visitor.get("/").status_code, site.visitor.get("/login/").status_code) == (200, 500)
        site.reload(process, lambda: site.visitor.get("/login/").status_code == 200)
        assert "/static/photos/new." in site.visitor.get("/").text


def test_the_readmes_commands_are_shell_and_name_files_that_are_there():
    blocks = re.findall(r"```sh\n(.*?)```", (STARTER / "README.md").read_text(), re.DOTALL)
    for block in blocks:
        subprocess.run(["sh", "-n"], input=block, text=True, check=True)
    named = set(re.findall(r"(?:cp|sh|install -m 600) ([\w.]+\.(?:conf|service|sh|example))", "".join(blocks)))
    assert named == {".env.example", "nginx.conf", "starter.service", "release.sh"}
    assert all((STARTER / name).exists() for name in named)


@pytest.mark.parametrize("step", ["pip", "check", "collectstatic", "migrate"])
def test_a_release_stops_at_the_step_that_fails(project, step, tmp_path):
    """A Python that fails at one step, in the place of the real one, and says what it was asked before."""
    words = ["pip", "check", "collectstatic", "migrate"]
    fake = tmp_path / "python"
    fake.write_text(f'#!/bin/sh\necho "$2" "$3" >> {tmp_path}/asked\n[ "$2" != {step} ]\n')
    fake.chmod(0o755)
    before = project.sudo_log.read_text()
    ran = project.run("sh", "release.sh", env={**project.env, "PYTHON": str(fake)})
    assert ran.returncode != 0
    assert [line.split()[0] for line in (tmp_path / "asked").read_text().splitlines()] == words[: words.index(step) + 1]
    assert project.sudo_log.read_text() == before


# Development


def test_development_serves_styles_and_uploads(development):
    assert development.log_in("ann").status_code == 302
    assert development.upload(photo()).status_code == 302
    style = stylesheet(development)
    assert (style.status_code, style.headers["Content-Type"]) == (200, "text/css")
    image = development.get(picture(development))
    assert (image.status_code, image.headers["Content-Type"]) == (200, "image/webp")
    assert Image.open(BytesIO(image.content)).size == (40, 80)


def test_in_development_the_view_sends_the_original_itself(development):
    development.log_in("ann")
    development.upload(photo())
    address = re.search(r'href="(/\d+/original/)"', development.get("/").text)[1]
    assert development.get(address).content == photo()
    assert development.fresh().get(address).status_code == 302


# Production


@pytest.fixture(params=["whitenoise", "nginx"])
def production(request):
    return request.getfixturevalue(request.param)


def test_production_serves_hashed_styles_compressed_and_forever(production):
    style = stylesheet(production)
    assert re.search(r"/static/photos/photos\.[0-9a-f]{12}\.css$", style.url)
    assert style.status_code == 200
    assert style.headers["Content-Encoding"] in ("gzip", "br")
    assert "immutable" in style.headers["Cache-Control"]
    assert style.headers["X-Content-Type-Options"] == "nosniff"
    icon = re.search(r"url\(\"(logo\.[0-9a-f]{12}\.svg)\"", style.text)[1]
    assert production.get(f"/static/photos/{icon}").status_code == 200


def test_production_takes_a_form_over_https(production):
    visitor = production.fresh()
    assert visitor.log_in("ann").status_code == 302
    assert visitor.upload(photo()).status_code == 302


def test_without_https_production_redirects(whitenoise, nginx):
    bare = requests.get(whitenoise.url, headers={"Host": NAME}, allow_redirects=False, timeout=10)
    assert (bare.status_code, bare.headers["Location"]) == (301, f"https://{NAME}/")
    bare = requests.get(f"{nginx.plain}/upload/", headers={"Host": NAME}, allow_redirects=False, timeout=10)
    assert (bare.status_code, bare.headers["Location"]) == (301, f"https://{NAME}/upload/")


def test_nginx_serves_uploads_without_letting_them_run(nginx):
    visitor = nginx.fresh()
    visitor.log_in("ann")
    visitor.upload(photo())
    image = visitor.get(picture(visitor))
    assert (image.status_code, image.headers["Content-Type"]) == (200, "image/webp")
    assert image.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert image.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" not in image.headers["Cache-Control"]


def test_whitenoise_serves_no_upload(whitenoise):
    visitor = whitenoise.fresh()
    visitor.log_in("ann")
    visitor.upload(photo())
    assert visitor.get(picture(visitor)).status_code == 404


def test_behind_nginx_the_owner_alone_gets_an_original(nginx, project):
    visitor = nginx.fresh()
    visitor.log_in("ann")
    visitor.upload(photo())
    address = re.search(r'href="(/\d+/original/)"', visitor.get("/").text)[1]
    sent = visitor.get(address)
    assert (sent.status_code, sent.content) == (200, photo())
    assert sent.headers["Content-Disposition"] == "attachment"
    assert sent.headers["Content-Type"] == "application/octet-stream"
    other = nginx.fresh()
    other.log_in("ben")
    assert other.get(address).status_code == 404
    (stored, *_) = (project.folder / "private").rglob("*.original")
    directly = f"/protected/{stored.relative_to(project.folder / 'private').as_posix()}"
    assert visitor.get(directly).status_code == 404


def test_the_form_and_not_nginx_refuses_a_file_that_is_a_little_too_large(nginx):
    visitor = nginx.fresh()
    visitor.log_in("ann")
    assert "larger than 5 MB" in visitor.upload(photo() + bytes(5 * 1024 * 1024)).text
    assert visitor.upload(photo() + bytes(7 * 1024 * 1024)).status_code == 413


def test_nothing_outside_its_folder_can_be_had_from_nginx(nginx):
    for address in ("/static../db.sqlite3", "/media../private/", "/static/..%2fdb.sqlite3", "/static/"):
        assert nginx.get(address).status_code in (400, 403, 404), address


# Containers and a platform


def dockerfile():
    """Keyword and rest of each instruction, continued lines joined."""
    text = re.sub(r"^\s*#.*\n", "", (STARTER / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def test_the_image_collects_with_a_command_that_needs_no_secret(project, tmp_path):
    (run,) = [rest for keyword, rest in dockerfile() if "collectstatic" in rest]
    run = run.replace(" python ", f" {shlex.quote(sys.executable)} ") + " --dry-run"
    env = clean() | dict(pair.split("=") for keyword, rest in dockerfile() if keyword == "ENV" for pair in rest.split())
    ran = project.run("sh", "-c", run, env=env)
    assert ran.returncode == 0, ran.stderr


def test_the_second_image_has_nginx_conf_with_the_containers_name():
    (run,) = [rest for keyword, rest in dockerfile() if rest.startswith("sed")]
    command = shlex.split(run)
    assert command[-1] == "/etc/nginx/conf.d/default.conf"
    changed = subprocess.run(
        ["sed", command[2]], input=(STARTER / "nginx.conf").read_text(), capture_output=True, text=True, check=True
    ).stdout
    assert "server web:8000;" in changed
    assert "server 127.0.0.1:8000;" not in changed
    assert ("COPY", "--from=web /srv/starter/staticfiles /srv/starter/staticfiles") in dockerfile()


def test_compose_runs_the_two_images_with_volumes_for_uploads_alone():
    compose = yaml.safe_load((STARTER / "compose.yaml").read_text())
    services = compose["services"]
    stages = [rest.partition(" AS ")[2] for keyword, rest in dockerfile() if keyword == "FROM"]
    assert [services[name]["build"]["target"] for name in ("web", "nginx")] == stages
    assert services["migrate"]["command"] == ["python", "manage.py", "migrate", "--noinput"]
    mounted = {one.partition(":")[0] for service in services.values() for one in service.get("volumes", ())}
    assert mounted == {"media", "private", "database", "./tls"}


def test_the_containers_server_is_that_of_the_service(project):
    (command,) = [rest for keyword, rest in dockerfile() if keyword == "CMD"]
    service = project.processes["ExecStart"].replace("/srv/starter/.venv/bin/", "").replace("127.0.0.1", "0.0.0.0")
    assert yaml.safe_load(command) == shlex.split(service)


def test_a_platform_gets_commands_that_run_and_variables_that_the_settings_read(project):
    (web,) = yaml.safe_load((STARTER / "render.yaml").read_text())["services"]
    example = (STARTER / ".env.example").read_text()
    assert all(re.search(rf"^#?{entry['key']}=", example, re.MULTILINE) for entry in web["envVars"])
    assert web["startCommand"] == "gunicorn config.wsgi"
    assert web["buildCommand"].split(" && ") == [
        "pip install -r requirements.txt",
        "python manage.py collectstatic --noinput",
    ]
    assert web["preDeployCommand"] == "python manage.py migrate --noinput"


def test_with_a_bucket_uploads_go_there_and_their_addresses_are_signed(project):
    env = production_variables()
    env |= {"BUCKET": "album", "BUCKET_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    do = (
        "import boto3, django, moto\n"
        "with moto.mock_aws():\n"
        "    django.setup()\n"
        "    from django.core.files.base import ContentFile\n"
        "    from django.core.files.storage import storages\n"
        "    place = {'LocationConstraint': 'eu-central-1'}\n"
        "    boto3.client('s3', 'eu-central-1').create_bucket(Bucket='album', CreateBucketConfiguration=place)\n"
        "    for alias in ('default', 'private', 'default'):\n"
        "        print(storages[alias].url(storages[alias].save('sea.webp', ContentFile(b'x'))))\n"
    )
    ran = project.run(sys.executable, "-c", do, env=env)
    first, private, second = ran.stdout.splitlines() or pytest.fail(ran.stderr)
    assert "/media/sea.webp?" in first
    assert "/private/sea.webp?" in private
    assert "/media/sea_" in second
    assert all("X-Amz-Algorithm=AWS4-HMAC-SHA256" in url for url in (first, private, second))
