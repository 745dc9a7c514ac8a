"""A run is alive exactly as long as it holds an exclusive lock on its lock file beside the store.

The kernel releases it at death, so there is no heartbeat to miss, no pid to be reused and no clock to jump. The run's
own process holds it: a keeper that outlives the run for a moment finds the run closed, once another process has seen it
dead.
"""

from __future__ import annotations

import fcntl
import glob
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from enrich_cli.store.errors import StoreError

_OF_A_NEW_STORE = 0o644
"""The mode in which SQLite makes a file, less the umask."""


@contextmanager
def alive(store: Path, run_id: str) -> Iterator[None]:
    """Hold the lock of one's own run, from before it is in the store; raises StoreError if that is not possible."""
    path = lock_path(store, run_id)
    try:
        _remove_what_dead_runs_left(store)
        descriptor = _locked(path, store)
    except OSError as error:
        raise StoreError(
            f"no run can be started on {store}: its folder can't be written ({error.strerror}); "
            "choose another place with --db"
        ) from None
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _locked(path: Path, store: Path) -> int:
    """The descriptor of a lock file that is held, and in its place."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, _OF_A_NEW_STORE)
        _make_as_readable(descriptor, store)
        # No other run has this id: anybody who holds the lock is checking whether the run is alive, and releases it at
        # once; or has found nobody holding it, and removes the file.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if path.exists():
            return descriptor
        os.close(descriptor)


def _remove_what_dead_runs_left(store: Path) -> None:
    """Remove the lock files that nobody holds, also of runs that the store doesn't know or takes for ended.

    Such a run was killed just before it began, or just after its end.
    """
    for run_id in _runs_with_locks(store):
        path = lock_path(store, run_id)
        # Another user's may not be ours to remove.
        with suppress(OSError), path.open("rb") as lock:
            # Held while it is removed: a run that is about to take it finds out, and makes another. Shared, as by those
            # who check: to them, a lock held alone is a run.
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            # If somebody else has removed it meanwhile, what stands there now is another.
            if os.fstat(lock.fileno()).st_nlink:
                path.unlink()


def _runs_with_locks(store: Path) -> list[str]:
    file = store.resolve()
    prefix, suffix = f"{file.name}.run-", ".lock"
    locks = file.parent.glob(f"{glob.escape(prefix)}*{suffix}")
    return [lock.name.removeprefix(prefix).removesuffix(suffix) for lock in locks]


def _make_as_readable(descriptor: int, store: Path) -> None:
    """Give the lock file the store's mode, and its owner if allowed, as SQLite does with its log.

    So everybody who uses the store can tell whether another user's run is dead, and nobody else can hold the lock.
    """
    # There may be no store yet, and some file systems have no modes.
    with suppress(FileNotFoundError, PermissionError):
        status = store.stat()
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
        if os.geteuid() == 0:
            os.fchown(descriptor, status.st_uid, status.st_gid)


def lock_path(store: Path, run_id: str) -> Path:
    """Beside the file itself, so that everybody who reaches the store through a link uses the same lock."""
    file = store.resolve()
    return file.with_name(f"{file.name}.run-{run_id}.lock")


def is_alive(store: Path, run_id: str) -> bool:
    """Does some process hold this run's lock?"""
    try:
        descriptor = os.open(lock_path(store, run_id), os.O_RDONLY)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def anybody_alive(store: Path, *, besides: str) -> bool:
    """Is any run other than this one under way on the store?"""
    return any(run_id != besides and is_alive(store, run_id) for run_id in _runs_with_locks(store))
