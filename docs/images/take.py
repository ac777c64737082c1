"""Take the pictures of the README, the tour and the card for shared links from the running site.

    python3 start.py                          # in one terminal
    .venv/bin/python docs/images/take.py      # in another: http://127.0.0.1:8000, or the address that is given

The photo's page needs a photo: with an empty gallery its picture stays as it is.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
CARD = HERE.parent.parent / "static" / "site" / "card.png"
SIZE = {"width": 1366, "height": 768}
PICTURES = {
    "finders": "/finders/?path=app.css",
    "playground": "/lab/?debug=off&before=debug=on",
    "who-serves-what": "/lab/who-serves-what/",
    "chapter": "/guide/finders/",
    "workshop": "/workshop/",
}
# (address, what to press there, seconds in sight)
TOUR = (
    ("/", "", 2.5),
    ("/", "Swap", 3.0),
    ("/lab/", "", 2.0),
    ("/lab/?debug=off&before=", "", 3.5),
    ("/lab/who-serves-what/", "", 3.5),
    ("/guide/finders/", "", 2.5),
    ("/symptoms/missing-manifest-entry/", "", 3.5),
    ("/workshop/", "", 3.0),
)


def main(site: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(channel=None, executable_path=_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
        for name, address in PICTURES.items():
            page.goto(site + address, wait_until="networkidle")
            _save(page, HERE / f"{name}.png")
        page.goto(site + "/gallery/")
        photo = page.locator("main a[href^='/gallery/']:has(img)").first
        if photo.count():
            photo.click()
            page.wait_for_load_state("networkidle")
            _save(page, HERE / "photo.png")
        page.set_viewport_size({"width": 1200, "height": 630})
        page.goto(site + "/", wait_until="networkidle")
        _save(page, CARD)
        _tour(page, site)
        browser.close()


def _chromium() -> str | None:
    """The system's browser, where Playwright has installed none."""
    return next((path for path in ("/usr/bin/chromium", "/usr/bin/google-chrome") if Path(path).exists()), None)


def _save(page: Page, place: Path) -> None:
    """Palettes are enough for flat colours, and a quarter of the size."""
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(192, dither=Image.Dither.NONE).save(place, optimize=True)
    print(place.name, place.stat().st_size)


def _tour(page: Page, site: str) -> None:
    page.set_viewport_size(SIZE)  # type: ignore[arg-type]
    frames = []
    for address, press, _seconds in TOUR:
        page.goto(site + address, wait_until="networkidle")
        if press:
            page.get_by_role("button", name=press).click()
            page.wait_for_load_state("networkidle")
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB").resize((910, 512), Image.Resampling.LANCZOS)
        frames.append(shot.quantize(128, dither=Image.Dither.NONE))
    place = HERE / "tour.gif"
    durations = [int(seconds * 1000) for *_, seconds in TOUR]
    frames[0].save(place, save_all=True, append_images=frames[1:], duration=durations, loop=0, optimize=True)
    print(place.name, place.stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
