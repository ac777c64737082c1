"""The experiment that the start page proposes: swap app1 and app2 in a copy of this project, and look again."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mysite.serving.release import Releases, link_or_copy
from tests.sites import ROOT, side_by_side

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the files under version control, free to be edited."""
    copy = tmp_path_factory.mktemp("swap") / "project"
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listing.stdout.splitlines():
        source = ROOT / name
        if source.is_file() and not name.startswith("tests/"):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy / name)
    return copy


def swap(project):
    settings = project / "mysite" / "settings" / "base.py"
    text = settings.read_text()
    swapped = text.replace('"app1",', '"appX",').replace('"app2",', '"app1",').replace('"appX",', '"app2",')
    assert swapped != text
    settings.write_text(swapped)


def painter(page: Page, url: str) -> str:
    page.goto(url)
    return page.locator("header .swatch").evaluate("node => getComputedStyle(node, '::after').content").strip('"')


@pytest.fixture
def released(sites, tmp_path):
    """A STATIC_ROOT of its own that begins with this site's releases, so that little is left to compress."""
    root = Releases(sites.production.static_root)
    own = Releases(tmp_path / "staticfiles")
    shutil.copytree(root.folder, own.folder, copy_function=link_or_copy)
    own.root.symlink_to(Path(own.folder.name) / root.root.readlink().name)
    return own.root


def test_swapping_the_two_apps_flips_development_at_once_and_production_after_the_next_start(
    page, project, tmp_path, released
):
    with side_by_side(tmp_path, released, project=project) as sites:
        sites.wait()
        assert painter(page, sites.development.url) == "app1"
        assert painter(page, sites.production.url) == "app1"
        swap(project)
        deadline = time.monotonic() + 20
        while (now := reloaded_painter(page, sites.development.url)) != "app2" and time.monotonic() < deadline:
            time.sleep(0.2)
        assert now == "app2"
        assert painter(page, sites.production.url) == "app1"
        page.goto(sites.development.url + "/finders/?path=app.css")
        expect(page.locator("h2").first).to_have_text("app2/static/app.css wins")
        expect(page.get_by_role("alert")).to_contain_text("STATIC_ROOT is behind")
    with side_by_side(tmp_path, released, project=project) as sites:
        sites.wait()
        assert painter(page, sites.production.url) == "app2"
        page.goto(sites.production.url + "/finders/?path=app.css")
        expect(page.get_by_role("alert")).to_have_count(0)


def reloaded_painter(page, url):
    """None while runserver is starting again."""
    try:
        return painter(page, url)
    except Exception:
        return None
