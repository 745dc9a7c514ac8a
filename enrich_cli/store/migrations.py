"""Brings a store up to date. Separate from `schema`, so that a store that is up to date need not load sqlite-utils."""

from __future__ import annotations

import sqlite3

import sqlite_utils
from sqlite_utils import Migrations
from sqlite_utils.db import Database

from enrich_cli.store.connection import transaction
from enrich_cli.store.schema import APPLICATION_ID, MIGRATION_SET, MIGRATIONS


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is missing, each migration together with the record that it ran.

    All in one transaction: of several processes opening a new store one migrates, and the others wait.
    """
    migrations = Migrations(MIGRATION_SET)
    for name, script in MIGRATIONS:
        _register(migrations, name, script)
    with transaction(connection):
        migrations.apply(sqlite_utils.Database(connection))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _register(migrations: Migrations, name: str, script: str) -> None:
    @migrations(name=name)
    def apply(database: Database) -> None:
        for statement in script.split(";\n"):
            if statement.strip():
                database.execute(statement)
