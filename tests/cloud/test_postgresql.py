"""The site on a real PostgreSQL."""

import os
import subprocess
import sys

import pytest

from tests.cloud.conftest import variables
from tests.sites import ROOT


def manage(database, *arguments, **more):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environ = {**kept, **variables("http://127.0.0.1:1", database, **more)}
    environ |= {"DJANGO_SETTINGS_MODULE": "mysite.settings.cloud", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120
    )


@pytest.fixture(scope="module")
def database(postgresql):
    url = postgresql.new_database()
    result = manage(url, "migrate", "--verbosity", "0")
    assert result.returncode == 0, result.stderr
    return url


def test_a_password_with_every_awkward_character_gets_in(database):
    result = manage(database, "migrate", "--check")
    assert result.returncode == 0, result.stderr


def test_a_unix_socket_is_an_address_too(postgresql, database):
    name = database.rpartition("/")[2]
    result = manage(postgresql.url(name, host=postgresql.folder), "migrate", "--check")
    assert result.returncode == 0, result.stderr


def test_hundreds_of_threads_share_a_few_connections(database):
    code = """
import threading
from django.db import connection
numbers = []
def ask():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), pg_sleep(0.01)")
        numbers.append(cursor.fetchone()[0])
    connection.close()
threads = [threading.Thread(target=ask) for _ in range(200)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(numbers), len(set(numbers)))
"""
    result = manage(database, "shell", "-c", code, DATABASE_POOL_SIZE="5")
    answered, connections = map(int, result.stdout.split()[-2:])
    assert answered == 200
    assert connections <= 5
