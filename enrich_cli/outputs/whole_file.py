"""A file that appears complete or not at all."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from enrich_cli.durability import sync
from enrich_cli.outputs.errors import OutputError, broken_off, writing

_BUFFER_BYTES = 1 << 18


class WholeFile:
    """A `Sink`: written beside its target, and put in its place on `close`.

    Unless it is closed, nothing appears and the previous file stays. Until then it has no name, if the file system
    supports that, so that a kill leaves nobody's data behind; else it is a private file.
    """

    def __init__(self, path: Path, *, mode: int = 0o600) -> None:
        """Begin the file; raises OutputError if it could not be put in its place later.

        `mode`: of a new file; by default only its owner can read it. A replacement keeps the mode of the file it
        replaces.
        """
        self._name = str(path)
        self._new_mode = mode
        self._target = target_of(path)
        prefix = f".{self._target.name[:40]}."
        nameless = _nameless_file(self._target.parent)
        self._is_nameless = nameless is not None
        try:
            if nameless is None:
                number, beside = tempfile.mkstemp(prefix=prefix, dir=self._target.parent)
            else:
                number, beside = nameless, f"{prefix}{secrets.token_hex(8)}"
        except OSError as error:
            raise OutputError(f"{path}: can't write in its folder: {error.strerror}; give another path") from error
        self._beside = self._target.with_name(Path(beside).name)
        self._file = os.fdopen(number, "wb", buffering=_BUFFER_BYTES)

    def write(self, data: bytes) -> None:
        """Add bytes; raises WritingFailed."""
        try:
            self._file.write(data)
        except OSError as error:
            raise broken_off(self._name, error) from error

    def close(self) -> None:
        """Put the file in its place; raises WritingFailed, and then nothing appears."""
        try:
            with writing(self._name):
                self._file.flush()
                # Some file systems have no modes.
                with suppress(PermissionError):
                    os.fchmod(self._file.fileno(), self._mode())
                sync(self._file.fileno())
                if self._is_nameless:
                    _name(self._file.fileno(), self._beside)
                self._file.close()
                self._beside.replace(self._target)
                _sync_folder(self._target.parent)
        finally:
            self.discard()

    def discard(self) -> None:
        """Leave nothing behind; does nothing after `close`."""
        # What is left in the buffer can't be written to a full disk, and need not be.
        with suppress(OSError):
            self._file.close()
        self._beside.unlink(missing_ok=True)

    def _mode(self) -> int:
        return self._target.stat().st_mode & 0o777 if self._target.exists() else self._new_mode


def target_of(path: Path) -> Path:
    """The file that a whole file would replace or be, without a trace; raises OutputError if it could not be."""
    # Behind a symbolic link, the file it leads to is replaced, not the link.
    target = Path(os.path.realpath(path))
    try:
        # A name that is too long, for one, would only be found out when the whole file gets it.
        with suppress(FileNotFoundError, NotADirectoryError):
            target.lstat()
    except OSError as error:
        raise OutputError(f"{path}: can't be written: {error.strerror}; give another path") from error
    if target.is_symlink():
        raise OutputError(f"{path}: is in a loop of symbolic links; give another name")
    if target.is_dir():
        raise OutputError(f"{path}: is a folder; give the name of a file in it")
    if target.exists() and not (target.is_file() and os.access(target, os.W_OK)):
        raise OutputError(f"{path}: can't be replaced; give another name or make it a writable file")
    if not target.parent.is_dir():
        raise OutputError(f"{path}: there is no folder {target.parent}; create it, or give another path")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise OutputError(f"{path}: can't write in its folder; give another path, or make the folder writable")
    return target


def _nameless_file(folder: Path) -> int | None:
    """Open a file that only its owner can read and that is gone when it is closed; None if that is not supported."""
    with suppress(AttributeError, OSError):
        number = os.open(folder, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        if _by_number(number).exists():
            return number
        os.close(number)
    return None


def _name(number: int, path: Path) -> None:
    """Give an open file without a name this one."""
    # With a directory descriptor given, the link is made to the file that the entry leads to, not to the entry.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.link(_by_number(number), path, src_dir_fd=folder)
    finally:
        os.close(folder)


def _by_number(number: int) -> Path:
    return Path(f"/proc/self/fd/{number}")


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        # Not every file system can sync a folder; the file itself is safe by now.
        with suppress(OSError):
            sync(number)
    finally:
        os.close(number)
