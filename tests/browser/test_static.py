"""Static files over real HTTP: what development and production send, and what neither lets out."""

import pytest

pytestmark = pytest.mark.browser  # no browser, but the same running servers


@pytest.fixture
def get(playwright):
    context = playwright.request.new_context()
    yield context.get
    context.dispose()


def hashed_url(get, production):
    page = get(production.url + "/").text()
    return production.url + next(part for part in page.split('"') if part.startswith("/static/app."))


def test_development_serves_the_source_under_its_plain_name(get, development):
    response = get(development.url + "/static/app.css")
    assert response.status == 200
    assert "app1/static/app.css" in response.text()


def test_production_serves_a_hashed_name_for_ever_and_compressed(get, production):
    response = get(hashed_url(get, production))
    assert response.status == 200
    assert response.headers["cache-control"] == "max-age=315360000, public, immutable"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-type"] == 'text/css; charset="utf-8"'


def test_production_serves_brotli_written_by_collectstatic(get, production):
    page = get(production.url + "/").text()
    url = next(part for part in page.split('"') if part.startswith("/static/site/base."))
    response = get(production.url + url, headers={"Accept-Encoding": "br"})
    assert response.headers["content-encoding"] == "br"
    assert (production.static_root / (url.removeprefix("/static/") + ".br")).exists()


def test_production_lets_a_plain_name_be_kept_for_a_minute_only(get, production):
    assert get(production.url + "/static/app.css").headers["cache-control"] == "max-age=60, public"


@pytest.mark.parametrize("mode", ["development", "production", "nginx"])
def test_a_static_file_that_nobody_has_is_404(get, request, mode):
    site = request.getfixturevalue(mode)
    assert get(site.url + "/static/nobody.css").status == 404


def test_media_is_served_in_development_and_by_nginx_only(get, development, production, nginx):
    (development.media_root / "photos").mkdir(parents=True, exist_ok=True)
    (development.media_root / "photos" / "note.txt").write_text("hello")
    assert get(development.url + "/media/photos/note.txt").status == 200
    assert get(production.url + "/media/photos/note.txt").status == 404
    assert get(nginx.url + "/media/photos/note.txt").status == 200


def test_nginx_sends_hashed_static_files_as_whitenoise_does(get, production, nginx):
    path = hashed_url(get, production).removeprefix(production.url)
    one, other = get(production.url + path), get(nginx.url + path)
    assert other.body() == one.body()
    for name in ("cache-control", "x-content-type-options", "vary", "access-control-allow-origin", "last-modified"):
        assert other.headers[name] == one.headers[name], name
    assert other.headers["server"] == "nginx"


def test_nginx_sends_the_gz_file_that_the_release_wrote(get, production, nginx):
    page = get(nginx.url + "/").text()
    url = next(part for part in page.split('"') if part.startswith("/static/site/base."))
    written = nginx.static_root / (url.removeprefix("/static/") + ".gz")
    response = get(nginx.url + url, headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) == written.stat().st_size
