"""Making sure that what was written survives a power cut."""

from __future__ import annotations

import fcntl
import os

_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)
"""Only macOS has it: there, an ordinary sync leaves data in the drive's own cache."""


def sync(descriptor: int) -> None:
    """Return when a file or folder is on the disk. Raises OSError."""
    if _FULL_SYNC is not None:
        try:
            fcntl.fcntl(descriptor, _FULL_SYNC)
        except OSError:
            pass  # network drives don't know it
        else:
            return
    os.fsync(descriptor)
