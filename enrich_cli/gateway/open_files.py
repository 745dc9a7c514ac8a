"""How many files a run may have open; each connection is one."""

from __future__ import annotations

import resource
import sys
from contextlib import suppress

_ENOUGH = 10_240
"""The most that macOS grants."""
_OTHERS = 100
"""Files that are no connections: the books, source and outputs, and what libraries load meanwhile."""


def allow_open_files() -> None:
    """Raise the limit on open files: many systems start at 1,024, which several slow vendors may exceed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < (most := _grantable()):
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def connections_each(vendors: int, *, both_ends: bool) -> int:
    """How many connections each of these vendors may have at least; `both_ends`: this process serves them, too."""
    return max(1, (_grantable() - _OTHERS) // (vendors * (2 if both_ends else 1)))


def _grantable() -> int:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    soft, hard = (sys.maxsize if limit == resource.RLIM_INFINITY else limit for limit in limits)
    return max(soft, min(hard, _ENOUGH))
