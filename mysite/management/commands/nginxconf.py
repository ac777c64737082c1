"""`manage.py nginxconf`: deploy/nginx.conf with the values of the settings in their places, on standard output.

    manage.py nginxconf --upstream 127.0.0.1:8000 > /etc/nginx/nginx.conf

`manage.py sidebyside` calls it with --own-machine, for a nginx that is no service of the system; the file then goes to
that folder, together with all that such a nginx writes.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mysite.serving import nginx


class Command(BaseCommand):
    help = "Prints deploy/nginx.conf with this project's paths, names and addresses."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--listen", default="80", help="where nginx listens: a port, ADDRESS:PORT or unix:PATH")
        parser.add_argument(
            "--upstream",
            default="127.0.0.1:8001",
            help="where granian, gunicorn or uvicorn listens; several, with commas between them, share the visitors",
        )
        parser.add_argument(
            "--own-machine", type=Path, metavar="FOLDER", help="write FOLDER/nginx.conf, for no system folders"
        )

    def handle(self, *_: Any, **options: Any) -> str | None:
        folder: Path | None = options["own_machine"]
        original = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        try:
            conf = nginx.render(original, values(options["listen"], options["upstream"], folder))
        except nginx.Unwritable as error:
            raise CommandError(str(error)) from error
        if folder is None:
            return conf
        (folder / "nginx.conf").write_text(conf, encoding="utf-8")
        return None


def values(listen: str, upstream: str, folder: Path | None) -> nginx.Values:
    """The settings' values. Media has the site's own name unless MEDIA_URL says another."""
    names = [name for name in settings.ALLOWED_HOSTS if name != "*"]
    media = urlsplit(settings.MEDIA_URL)
    here = not media.netloc or str(media.port or 80) == listen.rpartition(":")[2]
    media_name = media.hostname if media.hostname and here else "example-usercontent.com"
    return nginx.Values(
        listen=listen,
        upstream=upstream,
        static_root=Path(settings.STATIC_ROOT).absolute(),
        media_root=Path(settings.MEDIA_ROOT).absolute(),
        private_root=Path(settings.PRIVATE_MEDIA_ROOT).absolute(),
        errors=settings.BASE_DIR / "deploy" / "errors",
        names=" ".join(name for name in names if name != media_name) or "_",
        static_url=urlsplit(settings.STATIC_URL).path,
        media_url=media.path,
        media_names=media_name,
        media_on_the_site=not media.netloc,
        front=settings.TRUSTED_FRONT or "nginx",
        own_machine=nginx.OwnMachine(folder, nginx.own_user()) if folder else None,
    )
