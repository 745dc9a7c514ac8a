"""The file of the master key: made once, read often, and never without a key that was in use."""

from __future__ import annotations

import base64
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from enrich_cli.durability import sync
from enrich_cli.store.errors import MasterKeyError
from enrich_cli.store.master_key import MasterKey, new_secret

_OWNER_ALONE = 0o600


def key_from_file(path: Path, *, create: bool) -> MasterKey:
    """Read the key file; with `create`, make it (mode 0600) if it does not exist. Raises MasterKeyError."""
    with _told_clearly(path):
        if create and not path.exists():
            _make(path)
        return _read(path)


def add_key(path: Path) -> MasterKey:
    """Put a new key above those in the file, which are kept for what they still open; returns all of them.

    The file is replaced atomically, by one process at a time. Raises MasterKeyError.
    """
    with _told_clearly(path):
        file = path.resolve(strict=True)
        with _folder(file) as folder:
            fcntl.flock(folder, fcntl.LOCK_EX)
            key = _read(file).renewed()
            draft = _draft(file, key, stat.S_IMODE(file.stat().st_mode))
            try:
                draft.replace(file)
            finally:
                draft.unlink(missing_ok=True)
            sync(folder)
            return key


def _read(path: Path) -> MasterKey:
    return MasterKey.parse(path.read_text("ascii"), f"the key file {path}")


def _make(path: Path) -> None:
    """Written beside and linked into place, so that of several processes one wins and all read the same key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = _draft(path, MasterKey(new_secret()), _OWNER_ALONE)
    try:
        os.link(draft, path)
        with _folder(path) as folder:
            sync(folder)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def _draft(path: Path, key: MasterKey, mode: int) -> Path:
    """A file beside the key file, with these keys safely on disk."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.writelines(f"{base64.b64encode(secret).decode()}\n" for secret in key.secrets)
        file.flush()
        os.fchmod(descriptor, mode)
        sync(descriptor)
    return draft


@contextmanager
def _folder(path: Path) -> Iterator[int]:
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _told_clearly(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise MasterKeyError(
            f"the key file {path} does not exist: without the master key nothing personal in the store can be read; "
            "put the file back, or set ENRICHMENT_MASTER_KEY or ENRICHMENT_MASTER_KEY_FILE"
        ) from None
    except UnicodeDecodeError:
        raise MasterKeyError(f"the key file {path} holds no master key") from None
    except OSError as error:
        raise MasterKeyError(
            f"the key file {path} can't be used: {error.strerror}; check its permissions, or set "
            "ENRICHMENT_MASTER_KEY or ENRICHMENT_MASTER_KEY_FILE"
        ) from None
