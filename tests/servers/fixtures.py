"""What tests ask for: the URL of an empty database that is theirs alone."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import make_url, text

from enrich_cli.databases.engine import open_engine
from tests.servers import mariadb, postgresql
from tests.servers.left_out import left_out

_HOW = "`make test-deps` installs it (Debian), or set {} to the URL of one in which databases may be made"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server in which databases can be created."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield given
    elif postgresql.installed():
        with postgresql.postgresql() as url:
            yield url
    else:
        left_out("a PostgreSQL server", _HOW.format("TEST_POSTGRES_URL"))


@pytest.fixture(scope="session")
def mysql_server() -> Iterator[str]:
    """The same for MariaDB or MySQL."""
    if given := os.environ.get("TEST_MYSQL_URL"):
        yield given
    elif mariadb.installed():
        with mariadb.mariadb() as url:
            yield url
    else:
        left_out("a MariaDB server", _HOW.format("TEST_MYSQL_URL"))


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """An empty PostgreSQL database that shows times in UTC, wherever its server is."""
    with _database(postgresql_server, " WITH (FORCE)", "ALTER DATABASE {} SET timezone TO 'UTC'") as url:
        yield url


@pytest.fixture(params=["LATIN1", "SQL_ASCII"])
def older_postgresql_url(request: pytest.FixtureRequest, postgresql_server: str) -> Iterator[str]:
    """An empty PostgreSQL database in another encoding than UTF-8, or in none."""
    encoding = f" ENCODING '{request.param}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    with _database(postgresql_server, " WITH (FORCE)", making=encoding) as url:
        yield url


@pytest.fixture
def mysql_url(mysql_server: str) -> Iterator[str]:
    """An empty MariaDB or MySQL database."""
    with _database(mysql_server, "") as url:
        yield url


@contextmanager
def _database(server: str, forcibly: str, *settings: str, making: str = "") -> Iterator[str]:
    name = f"enrich_test_{secrets.token_hex(6)}"
    with open_engine(server, read_only=False).connect() as connection:
        administrator = connection.execution_options(isolation_level="AUTOCOMMIT")
        administrator.execute(text(f"CREATE DATABASE {name}{making}"))
        try:
            for setting in settings:
                administrator.execute(text(setting.format(name)))
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            administrator.execute(text(f"DROP DATABASE {name}{forcibly}"))
