"""A server as a child process, for the length of a block."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from enrich_cli.databases.engine import open_engine

HOST = "127.0.0.1"
_PATIENCE = 60.0
"""Seconds."""
_UNTIL_THE_PIPE_CLOSES = """
folder=$1; shift
"$@" & server=$!
read -r _; kill -QUIT $server; sleep 0.2; kill -TERM $server
wait; rm -rf "$folder"
"""
_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")


def program(name: str, *folders: str) -> str | None:
    """The path of a program, which need not be in the PATH of users who can't start servers."""
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", os.defpath), *folders, *_FOLDERS)))


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs a server: ourselves, or, since servers refuse root, an unprivileged user."""

    name: str | None

    def run(self, *command: str) -> None:
        """Raises CalledProcessError with the command's output."""
        subprocess.run(command, user=self.name, check=True, capture_output=True, cwd="/")

    def start(self, command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
        """The server ends, and its folder is deleted, when we end, however that happens: then nobody holds the pipe
        open.
        """
        guard = ("sh", "-c", _UNTIL_THE_PIPE_CLOSES, "guard", str(log.parent), *command)
        with log.open("ab") as file:
            return subprocess.Popen(
                guard, user=self.name, stdin=subprocess.PIPE, stdout=file, stderr=file, cwd="/", start_new_session=True
            )


@contextmanager
def data_folder(preferred: str) -> Iterator[tuple[Path, Account]]:
    """A folder that belongs to whoever runs the server: ourselves, or if we are root, `preferred` or nobody."""
    folder = Path(tempfile.mkdtemp(prefix="enrich-cli-server-"))
    account = Account(None)
    try:
        if os.geteuid() == 0:
            name = _known(preferred)
            shutil.chown(folder, name)
            account = Account(name)
        yield folder, account
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _known(preferred: str) -> str:
    with suppress(KeyError):
        return pwd.getpwnam(preferred).pw_name
    return "nobody"


def reserve_port() -> socket.socket:
    """A port below those that systems hand out, so that nobody else gets it before the server has it.

    Nor do other tests: it is theirs who hold the same port of UDP, the socket that is returned.
    """
    while True:
        port = 10_000 + secrets.randbelow(10_000)
        held = socket.socket(type=socket.SOCK_DGRAM)
        try:
            held.bind((HOST, port))
            socket.create_server((HOST, port)).close()
        except OSError:
            held.close()
        else:
            return held


@contextmanager
def served(start: Callable[[int], subprocess.Popen[bytes]], url: Callable[[int], str], log: Path) -> Iterator[str]:
    """Start a server on a port, yield its URL once its administrator can log in, and stop it at the end
    of the block.
    """
    with reserve_port() as reserved:
        port = reserved.getsockname()[1]
        process = start(port)
        try:
            deadline = time.monotonic() + _PATIENCE
            while not _lets_in(url(port)):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")
                time.sleep(0.05)
            yield url(port)
        finally:
            process.communicate(timeout=_PATIENCE)


def _lets_in(url: str) -> bool:
    """A port that answers is not enough: a server listens before it has started."""
    with suppress(SQLAlchemyError), open_engine(url, read_only=False).connect():
        return True
    return False
