"""A storage class for uploads: all of them in one SQLite file, as an example of any other place."""

import sqlite3
from contextlib import closing

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible


@deconstructible
class ArchiveStorage(Storage):
    def __init__(self, path="archive.sqlite3", base_url="/archive/"):
        """Take what STORAGES has under OPTIONS."""
        self.database, self.base_url = path, base_url

    def _run(self, statement, *values):
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute("CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, content BLOB)")
            return connection.execute(statement, values).fetchone()

    def _open(self, name, mode="rb"):
        row = self._run("SELECT content FROM file WHERE name = ?", name)
        if row is None:
            raise FileNotFoundError(name)
        return ContentFile(row[0], name)

    def _save(self, name, content):
        """Return the name that was used. `name` was free a moment ago; another process may have taken it since."""
        content.seek(0)
        data = content.read()
        while True:
            try:
                self._run("INSERT INTO file VALUES (?, ?)", name, data)
            except sqlite3.IntegrityError:
                name = self.get_available_name(name)
            else:
                return name

    def exists(self, name):
        return self._run("SELECT 1 FROM file WHERE name = ?", name) is not None

    def size(self, name):
        return self._run("SELECT length(content) FROM file WHERE name = ?", name)[0]

    def delete(self, name):
        self._run("DELETE FROM file WHERE name = ?", name)

    def url(self, name):
        return self.base_url + name
