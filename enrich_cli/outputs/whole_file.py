"""A file that appears whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from enrich_cli.outputs.errors import OutputError, broken_off, writing


class WholeFile:
    """A `Sink`: written beside its target under a private name, and put in its place on `close`.

    Unless it is closed, nothing appears and what stood there before stays.
    """

    def __init__(self, path: Path) -> None:
        """Begin the file; raises OutputError when it could not be put in its place later."""
        self._name = str(path)
        # Behind a symbolic link the file it leads to is replaced, not the link.
        self._target = path.resolve()
        if self._target.is_dir():
            raise OutputError(f"{path}: is a folder; give the name of a file in it")
        if self._target.exists() and not (self._target.is_file() and os.access(self._target, os.W_OK)):
            raise OutputError(f"{path}: can't be replaced; give another name or make it a writable file")
        try:
            number, beside = tempfile.mkstemp(prefix=f".{self._target.name[:40]}.", dir=self._target.parent)
        except OSError as error:
            raise OutputError(f"{path}: can't write in its folder: {error.strerror}; give another path") from error
        self._beside = Path(beside)
        self._file = os.fdopen(number, "wb")

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
                # Some file systems know no modes.
                with suppress(PermissionError):
                    os.fchmod(self._file.fileno(), self._mode())
                os.fsync(self._file.fileno())
                self._file.close()
                self._beside.replace(self._target)
                _sync_folder(self._target.parent)
        finally:
            self.discard()

    def discard(self) -> None:
        """Leave nothing behind; after `close` this does nothing."""
        # What is left in the buffer can't be written to a full disk, and need not be.
        with suppress(OSError):
            self._file.close()
        self._beside.unlink(missing_ok=True)

    def _mode(self) -> int:
        """Personal data is the owner's alone, unless a file that is replaced was opened to others before."""
        return self._target.stat().st_mode & 0o777 if self._target.exists() else 0o600


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        # Not every file system can sync a folder; the file itself is safe by now.
        with suppress(OSError):
            os.fsync(number)
    finally:
        os.close(number)
