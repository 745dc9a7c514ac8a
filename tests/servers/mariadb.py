"""MariaDB, which speaks MySQL's protocol."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.servers.server import HOST, data_folder, program, served

USER, PASSWORD = "enrich", "s3cret-of-MariaDB"


def installed() -> bool:
    return bool(program("mariadb-install-db") and program("mariadbd"))


@contextmanager
def mariadb() -> Iterator[str]:
    """Yields the URL of an administrator who logs in with a password."""
    make, server = program("mariadb-install-db"), program("mariadbd")
    assert make
    assert server
    with data_folder("mysql") as (folder, account):
        data, log, start = folder / "data", folder / "log", folder / "start.sql"
        user = f"'{USER}'@'%'"
        start.write_text(
            f"CREATE USER {user} IDENTIFIED BY '{PASSWORD}';\nGRANT ALL ON *.* TO {user} WITH GRANT OPTION;\n"
        )
        start.chmod(0o644)
        # On its start the server deletes what looks like its own from the temporary folder: in a shared one, others'
        # tables.
        its_own = ("--no-defaults", f"--datadir={data}", f"--tmpdir={folder}")
        account.run(make, *its_own, "--auth-root-authentication-method=normal")
        options = (
            *its_own,
            *(f"--bind-address={HOST}", f"--socket={folder / 'socket'}"),
            *(f"--init-file={start}", "--skip-log-bin", "--innodb-flush-log-at-trx-commit=0", "--skip-name-resolve"),
        )
        with served(
            lambda port: account.start([server, *options, f"--port={port}"], log),
            # Ready for TLS, the driver would read all the certificates of the machine for each connection.
            lambda port: f"mysql://{USER}:{PASSWORD}@{HOST}:{port}/mysql?ssl_disabled=true",
            log,
        ) as url:
            yield url
