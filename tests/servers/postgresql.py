"""PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.server import HOST, data_folder, program, served

_DEBIAN = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
USER, PASSWORD = "enrich", "s3cret of PostgreSQL"


def installed() -> bool:
    return bool(program("initdb", *_DEBIAN) and program("postgres", *_DEBIAN))


@contextmanager
def postgresql() -> Iterator[str]:
    """Yields the URL of an administrator who logs in with a password."""
    make, server = program("initdb", *_DEBIAN), program("postgres", *_DEBIAN)
    assert make
    assert server
    with data_folder("postgres") as (folder, account):
        data, log, password = folder / "data", folder / "log", folder / "password"
        password.write_text(PASSWORD)
        password.chmod(0o644)
        account.run(
            *(make, "-D", str(data), "-U", USER, "--pwfile", str(password), "--auth=scram-sha-256"),
            *("--encoding=UTF8", "--locale=C", "--no-sync"),
        )
        options = ("fsync=off", "unix_socket_directories=", f"listen_addresses={HOST}", "max_connections=30")
        settings = [word for option in options for word in ("-c", option)]
        with served(
            lambda port: account.start([server, "-D", str(data), "-p", str(port), *settings], log),
            lambda port: f"postgresql://{USER}:{PASSWORD.replace(' ', '%20')}@{HOST}:{port}/postgres",
            log,
        ) as url:
            yield url
