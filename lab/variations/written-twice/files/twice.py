"""settings.py is written twice within one second, with the same size: which one does Django get?"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SETTINGS = Path("project/settings.py")
BEFORE = SETTINGS.read_text(encoding="utf-8")


def write(url, date):
    SETTINGS.write_text(BEFORE.replace('STATIC_URL = "/static/"', f'STATIC_URL = "{url}"'), encoding="utf-8")
    os.utime(SETTINGS, (date, date))


def read(variables):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "manage.py", "diffsettings"]
    printed = subprocess.run(command, env={**environment, **variables}, capture_output=True, text=True).stdout
    return next(line for line in printed.splitlines() if line.startswith("STATIC_URL"))


for title, variables in (("by default", {}), ("with PYTHONDONTWRITEBYTECODE", {"PYTHONDONTWRITEBYTECODE": "1"})):
    for url, date in (("/one/", 1704067200.1), ("/two/", 1704067200.9)):  # two moments of the same second
        write(url, date)
        print(f"{title}, {url} is written:", read(variables))
    shutil.rmtree("project/__pycache__", ignore_errors=True)
SETTINGS.write_text(BEFORE, encoding="utf-8")
