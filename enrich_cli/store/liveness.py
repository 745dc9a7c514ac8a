"""A run is alive exactly while it holds an exclusive lock on its lock file beside the store.

The kernel lets go at death, so there is no heartbeat to miss, no pid to be reused and no clock to jump.
"""

from __future__ import annotations

import fcntl
import glob
import os
from pathlib import Path


class RunLock:
    """The lock of one's own run."""

    def __init__(self, store: Path, run_id: str) -> None:
        """Make the lock file and hold it; raises OSError where the folder can't be written."""
        self._path = lock_path(store, run_id)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def release(self) -> None:
        self._path.unlink(missing_ok=True)
        os.close(self._descriptor)


def lock_path(store: Path, run_id: str) -> Path:
    """Beside the file itself, so that all who reach the store by a link look at the same lock."""
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
    """Is another run than this one under way on the store?"""
    file = store.resolve()
    prefix, suffix = f"{file.name}.run-", ".lock"
    locks = file.parent.glob(f"{glob.escape(prefix)}*{suffix}")
    runs = (lock.name.removeprefix(prefix).removesuffix(suffix) for lock in locks)
    return any(run_id != besides and is_alive(store, run_id) for run_id in runs)


def forget_lock(store: Path, run_id: str) -> None:
    """Remove the lock file that a dead run left behind."""
    lock_path(store, run_id).unlink(missing_ok=True)
