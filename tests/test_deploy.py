"""What deploy/ says, compared with the code and with what the tests run as plain processes."""

import ast
import configparser
import fnmatch
import json
import re
import shlex
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from mysite import database
from mysite.environment import origin
from mysite.machine.environment import Environment
from mysite.machine.needs import SYSTEMD
from mysite.serving import nginx, sidebyside
from tests.left_out import without

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
PORT = 8001


def served_by(address):
    """The server's command as every way of deploying has to have it."""
    command = sidebyside.granian(PORT)
    return [address if command[index - 1] == "--host" else word for index, word in enumerate(command)]


def instructions():
    """The Dockerfile as pairs of keyword and rest, continued lines joined, comments left out."""
    text = (DEPLOY / "Dockerfile").read_text()
    lines = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    return [tuple(line.strip().split(None, 1)) for line in lines if line.strip()]


def stages():
    found, name = {}, ""
    for keyword, rest in instructions():
        if keyword == "FROM":
            name = rest.partition(" AS ")[2]
        found.setdefault(name, []).append((keyword, rest))
    return found


def arguments(stage, keyword):
    return [rest for found, rest in stages()[stage] if found == keyword]


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]


def example():
    """Name and value of every variable in the example, optional ones too."""
    lines = (DEPLOY / "site.env.example").read_text().splitlines()
    pairs = [re.fullmatch(r"#?([A-Z][A-Z0-9_]*)=(.*)", line) for line in lines]
    return {match[1]: match[2] for match in pairs if match}


ON_ONES_OWN_MACHINE = ("dev.py", "board.py")  # nobody deploys these: a learner's site, a teacher's board


def read_by_the_settings():
    """The names of the variables that the settings modules of a deployment read."""
    names = set()
    for path in (ROOT / "mysite" / "settings").glob("*.py"):
        if path.name in ON_ONES_OWN_MACHINE:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                names.add(node.slice.value)
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("os.environ.get", "required", "number"):
                names.add(node.args[0].value)
    return names


# The image


def test_the_image_serves_with_the_command_that_the_tests_run():
    assert json.loads(arguments("site", "CMD")[-1]) == ["python", *served_by("0.0.0.0")]
    assert arguments("site", "EXPOSE") == [str(PORT)]


def test_the_site_in_the_image_is_not_root_and_owns_no_code():
    assert arguments("site", "USER") == ["site"]
    copies = [index for index, (keyword, _) in enumerate(stages()["site"]) if keyword in ("COPY", "RUN")]
    user = [index for index, (keyword, _) in enumerate(stages()["site"]) if keyword == "USER"]
    assert max(copies) < min(user)
    assert not any("--chown" in rest for rest in arguments("site", "COPY"))


def test_no_layer_of_the_image_has_a_secret():
    text = (DEPLOY / "Dockerfile").read_text()
    for stage in stages():
        for rest in [*arguments(stage, "ENV"), *arguments(stage, "ARG")]:
            assert not re.search("KEY|SECRET|PASSWORD|DATABASE_URL", rest)
    assert re.findall(r"(\w*(?:KEY|SECRET|PASSWORD|TOKEN)\w*)=(\S+)", text) == [
        ("SECRET_KEY", "only-for-collecting-static-files")
    ]


def test_the_image_collects_its_static_files_when_it_is_built_with_a_command_that_exists():
    run = arguments("site", "RUN")[-1]
    command = re.search(r"manage\.py (\w+)", run)[1]
    assert command in get_commands()
    assert "mysite.settings.prod" in run
    assert "DJANGO_SETTINGS_MODULE=mysite.settings.cloud" in arguments("site", "ENV")


def test_the_image_installs_what_the_cloud_settings_need_for_a_python_that_is_tested():
    assert any("requirements-cloud.txt" in rest for rest in arguments("packages", "RUN"))
    bases = {rest.split()[0] for stage in ("packages", "site") for rest in arguments(stage, "FROM")}
    assert len(bases) == 1
    version = re.fullmatch(r"python:(\d\.\d+)-slim", bases.pop())[1]
    tested = re.search(r"python3\.\{([\d,]+)\}", (ROOT / ".ci/run").read_text())[1].split(",")
    assert version.removeprefix("3.") in tested


def test_the_images_health_check_asks_the_port_that_it_serves():
    check = arguments("site", "HEALTHCHECK")[0]
    code = json.loads(check[check.index("[") :])[-1]
    assert f"ports.answers({PORT})" in code
    compile(code, "healthcheck", "exec")


def ignored(path):
    """Whether .dockerignore keeps a path out; the last line that fits decides."""
    out = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!").strip()
        if not pattern or pattern.startswith("#"):
            continue
        parts = [Path(path), *Path(path).parents]
        plain = pattern.removeprefix("**/")
        if any(fnmatch.fnmatchcase(str(part) if plain == pattern else part.name, plain) for part in parts):
            out = not line.startswith("!")
    return out


@pytest.mark.parametrize(
    "path",
    [
        ".git/config",
        ".secret_key",
        "db.sqlite3",
        "uploads/photos/a.jpg",
        ".venv/bin/python",
        "tests/sites.py",
        "site.env",
    ],
)
def test_what_belongs_to_nobody_else_stays_out_of_the_image(path):
    assert ignored(path)


def test_what_the_site_needs_is_in_the_image():
    own = [name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir()]
    wanted = ["manage.py", "requirements.txt", "requirements-cloud.txt", "deploy/nginx.conf", "deploy/errors/413.html"]
    for path in [*wanted, "static/site/base.css", "templates/base.html", *(f"{name}/__init__.py" for name in own)]:
        assert (ROOT / path).exists()
        assert not ignored(path)


# compose.yaml


def test_two_sites_share_one_database_and_one_bucket(compose):
    one, two = compose["one"], compose["two"]
    assert one["environment"] == two["environment"] == compose["setup"]["environment"]
    assert one["build"]["target"] in stages()
    assert compose["nginx"]["build"]["target"] in stages()
    assert (ROOT / one["build"]["dockerfile"]).is_file()


def test_every_variable_in_compose_is_one_that_the_settings_read(compose):
    names = set(compose["one"]["environment"])
    assert names <= read_by_the_settings()
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "S3_BUCKET", "S3_REGION"} <= names


def test_the_sites_find_database_and_bucket_under_the_names_that_compose_gives_them(compose):
    environment = compose["one"]["environment"]
    url = re.sub(r"\$\{[^}]*\}", "secret", environment["DATABASE_URL"])
    chosen = database.from_url(url)
    assert chosen["HOST"] in compose
    assert chosen["USER"] == compose[chosen["HOST"]]["environment"]["POSTGRES_USER"]
    assert chosen["NAME"] == compose[chosen["HOST"]]["environment"]["POSTGRES_DB"]
    endpoint = urlsplit(origin(environment["S3_ENDPOINT"]))
    assert endpoint.hostname in compose["s3"]["networks"]["default"]["aliases"]
    assert str(endpoint.port) == compose["s3"]["environment"]["MOTO_PORT"]
    assert compose["s3"]["ports"] == [f"127.0.0.1:{endpoint.port}:{endpoint.port}"]


def test_compose_has_the_s3_server_that_the_tests_run(compose):
    pinned = re.search(r"^moto\[s3\]==(\S+)", (ROOT / "requirements-dev.txt").read_text(), re.MULTILINE)[1]
    assert compose["s3"]["image"] == f"motoserver/moto:{pinned}"


def test_nginx_gets_the_real_configuration_with_both_sites_in_it(compose):
    script = compose["setup"]["command"][-1]
    commands = [shlex.split(line) for line in script.splitlines()]
    assert [words[2] for words in commands] == ["migrate", "makebucket", "nginxconf"]
    assert {words[2] for words in commands} <= set(get_commands())
    upstream = commands[-1][commands[-1].index("--upstream") + 1]
    assert upstream == ",".join(f"{name}:{PORT}" for name in ("one", "two"))
    target = Path(commands[-1][-1])
    assert str(target) == compose["nginx"]["command"][2]
    for service in ("setup", "nginx"):
        assert any(volume.split(":")[1] == str(target.parent) for volume in compose[service]["volumes"])
    values = nginx.Values(
        listen="80",
        upstream=upstream,
        static_root=Path("/srv/site/staticfiles"),
        media_root=Path("/srv/none"),
        private_root=Path("/srv/none"),
        errors=Path("/srv/site/deploy/errors"),
    )
    conf = nginx.render((DEPLOY / "nginx.conf").read_text(), values)
    assert re.search(rf"upstream django \{{\s*server one:{PORT};\s*server two:{PORT};", conf)
    copied = {rest.split()[-1] for rest in arguments("nginx", "COPY")}
    assert copied == {"/srv/site/staticfiles", "/srv/site/deploy/errors"}


def test_only_loopback_is_published(compose):
    published = [port for service in compose.values() for port in service.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)
    assert all("ports" not in compose[name] for name in ("one", "two", "database"))


def test_no_secret_stands_in_compose(compose):
    assert compose["one"]["environment"]["SECRET_KEY"].startswith("${SECRET_KEY:?")
    assert "${POSTGRES_PASSWORD:?" in compose["one"]["environment"]["DATABASE_URL"]
    assert compose["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")


# systemd


@pytest.fixture(scope="module")
def unit():
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string((DEPLOY / "site.service").read_text().replace("\\\n", " "))
    return parser


def test_the_service_runs_the_command_that_the_tests_run_for_nginx_alone(unit):
    program, *rest = shlex.split(unit["Service"]["ExecStart"])
    assert program == "/srv/site/.venv/bin/python"
    assert rest == served_by("127.0.0.1")
    assert f"server 127.0.0.1:{PORT};" in (DEPLOY / "nginx.conf").read_text()


def test_the_service_may_write_to_the_folders_that_the_settings_name_and_to_no_other(unit):
    writable = unit["Service"]["ReadWritePaths"].split()
    variables = example()
    for name in ("MEDIA_ROOT", "PRIVATE_MEDIA_ROOT"):
        assert f"-{variables[name]}" in writable
    assert len(writable) == 3
    assert unit["Service"]["User"] == "site"


def test_systemd_finds_no_fault_with_the_service():
    if SYSTEMD.missing(Environment.current()):
        without(SYSTEMD)
    result = subprocess.run(["systemd-analyze", "verify", str(DEPLOY / "site.service")], capture_output=True, text=True)
    said = [line for line in result.stderr.splitlines() if line.startswith("site.service")]
    assert [line for line in said if "is not executable" not in line] == []


# Variables


def test_the_example_names_every_variable_that_the_settings_read_and_no_other():
    assert set(example()) == read_by_the_settings() | {"DJANGO_SETTINGS_MODULE"}


def test_the_docs_name_no_variable_that_nothing_reads():
    docs = (ROOT / "docs" / "deploy.md").read_text()
    known = read_by_the_settings() | {"DJANGO_SETTINGS_MODULE", "STATIC_URL", "DISABLE_SERVER_SIDE_CURSORS"}
    name = r"([A-Z][A-Z0-9]*_[A-Z0-9_]+)"
    named = set(re.findall(f"`{name}", docs)) | set(re.findall(rf"\b{name}=", docs))
    assert named - known - {name for name in named if hasattr(settings, name)} == set()
    assert read_by_the_settings() - {"MODE_PORTS", "PRIVATE_MEDIA_ROOT"} - named <= {
        "CSRF_TRUSTED_ORIGINS",
        "MEDIA_ROOT",
        "STATIC_ROOT",
    }


def test_every_command_in_the_docs_exists():
    docs = (ROOT / "docs" / "deploy.md").read_text()
    commands = set(re.findall(r"manage\.py (\w+)", docs))
    assert {"release", "migrate", "makebucket", "nginxconf", "media"} <= commands
    assert commands <= set(get_commands())


def test_every_link_in_the_docs_leads_somewhere():
    docs = (ROOT / "docs" / "deploy.md").read_text()
    titles = re.findall(r"^## (.+)$", docs, re.MULTILINE)
    headings = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    for target in re.findall(r"\]\(([^)]+)\)", docs):
        if target.startswith("#"):
            assert target[1:] in headings
        else:
            assert (ROOT / "docs" / target).resolve().is_file()


def test_the_time_outs_in_the_docs_are_those_of_the_settings():
    docs = (ROOT / "docs" / "deploy.md").read_text()
    code = (ROOT / "mysite" / "settings" / "cloud.py").read_text()
    read = {name: int(value) for name, value in re.findall(r"(connect_timeout|read_timeout)=(\d+)", code)}
    tries = re.search(r'"total_max_attempts": (\d+)', code)[1]
    assert f"{tries} tries of {read['connect_timeout']} + {read['read_timeout']} s, 10 s for a whole photo" in docs
