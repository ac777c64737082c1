"""deploy/nginx.conf with other values in it: the very file that people copy runs in tests and beside development.

Standard library only, because start.py comes here before Django is installed.
"""

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

# Where packages put nginx that are not on everybody's PATH: Debian's in /usr/sbin, Homebrew's on either kind of Mac.
FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin")
MEDIA_ON_THE_SITE = re.compile(r" *# Media files: made by.*?\n *# end\n", re.DOTALL)


class Unwritable(ValueError):
    """A value that nginx.conf has no way to say."""


@dataclass(frozen=True)
class OwnMachine:
    """For a nginx that nobody installed as a service: no logs, no system folders. `user` is for root only."""

    folder: Path  # for its process id and its temporary files
    user: str | None  # "name group"; as root nginx would otherwise drop to a user who may not read the files


@dataclass(frozen=True)
class Values:
    """Everything that differs from one machine to the next. Addresses are as nginx writes them."""

    listen: str
    upstream: str  # several, separated by commas, share the visitors
    static_root: Path
    media_root: Path
    private_root: Path
    errors: Path
    names: str = "localhost"  # of the site, separated by spaces
    static_url: str = "/static/"
    media_url: str = "/media/"  # the path only
    media_names: str = "example-usercontent.com"
    media_on_the_site: bool = True  # False: the site itself answers 404, and only the other name has media
    front: str = "nginx"  # what TRUSTED_FRONT has to be
    own_machine: OwnMachine | None = None


def render(conf: str, values: Values) -> str:
    """The configuration with these values. Raises Unwritable for a path that nginx cannot say."""
    if not values.media_on_the_site:
        conf = replaced(MEDIA_ON_THE_SITE, conf)
    changes = {
        "listen 80 default_server;": f"listen {values.listen} default_server;",
        "listen 80;": f"listen {values.listen};",
        "server_name example.com;": f"server_name {values.names};",
        "server_name example-usercontent.com;": f"server_name {values.media_names};",
        "server 127.0.0.1:8001;": "\n        ".join(f"server {one};" for one in values.upstream.split(",")),
        '"/srv/site/staticfiles/"': quoted_folder(values.static_root),
        '"/srv/site/uploads/"': quoted_folder(values.media_root),
        '"/srv/site/uploads-private/"': quoted_folder(values.private_root),
        '"/srv/site/deploy/errors/"': quoted_folder(values.errors),
        "location ^~ /static/ {": f"location ^~ {plain(values.static_url)} {{",
        "^/static/staticfiles": f"^{re.escape(plain(values.static_url))}staticfiles",
        "location ^~ /media/ {": f"location ^~ {plain(values.media_url)} {{",
        "X-Front nginx;": f"X-Front {values.front};",
    }
    if values.own_machine:
        changes |= for_own_machine(values.own_machine)
    missing = [old for old in changes if old not in conf]
    if missing:
        raise ValueError(f"deploy/nginx.conf no longer says {missing[0]!r}; mysite/serving/nginx.py looks for it.")
    # In one go: a value may look like one that is still to be replaced.
    return replaced(re.compile("|".join(map(re.escape, changes))), conf, changes)


def for_own_machine(machine: OwnMachine) -> dict[str, str]:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "\n".join(f"    {kind}_temp_path {quoted(str(machine.folder / kind))};" for kind in kinds)
    return {
        "user www-data;": f"user {machine.user};" if machine.user else "# user: an ordinary one started it,",
        "worker_processes auto;": "worker_processes 1;",
        "pid /run/nginx.pid;": f"pid {quoted(str(machine.folder / 'nginx.pid'))};",
        "error_log /var/log/nginx/error.log warn;": "error_log stderr warn;",
        "access_log /var/log/nginx/access.log;": f"access_log off;\n{folders}",
    }


def replaced(pattern: re.Pattern[str], conf: str, changes: dict[str, str] | None = None) -> str:
    return pattern.sub(lambda match: (changes or {}).get(match[0], ""), conf)


def quoted_folder(folder: Path) -> str:
    """With the slash at its end that `alias` needs where the location has one."""
    return quoted(f"{folder.as_posix().rstrip('/')}/")


def quoted(path: str) -> str:
    if re.search(r'["$\\\x00-\x1f]', path):
        raise Unwritable(
            f"nginx cannot serve from {path!r}: its name has a dollar, a quote, a backslash or a line break."
        )
    return f'"{path}"'


def plain(url: str) -> str:
    if not re.fullmatch(r"/[\w./~-]*/", url, re.ASCII):
        raise Unwritable(f"nginx.conf wants a path with a slash at either end, and {url!r} is none.")
    return url


def find() -> str | None:
    """The program, or None. Not on Windows, where nginx keeps paths and processes in ways of its own."""
    if sys.platform == "win32":
        return None
    return shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", os.defpath), *FOLDERS]))


def command(program: str, conf: Path) -> list[str]:
    """In the foreground, so that its parent can end it; -e because nginx logs before it has read the file."""
    return [program, "-e", "stderr", "-p", str(conf.parent), "-c", str(conf), "-g", "daemon off;"]


def own_user() -> str | None:
    """`user` for OwnMachine: root stays root, for the files may be in a folder that is closed to everybody else."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import grp
    import pwd

    return f"{pwd.getpwuid(0).pw_name} {grp.getgrgid(0).gr_name}"
