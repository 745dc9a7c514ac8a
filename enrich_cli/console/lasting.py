"""How long something will take, in words: as exact as a guess deserves."""

from __future__ import annotations

_UNITS = {"days": 86_400, "h": 3_600, "min": 60}
_FEWEST = 2
"""Of a unit; fewer are told in the next smaller one."""


def about(seconds: float) -> str:
    """`about 40 s`, `about 12 min`, `about 30 h`; `under a second`."""
    for unit, length in _UNITS.items():
        if seconds >= _FEWEST * length:
            return f"about {round(seconds / length):,} {unit}"
    return f"about {round(seconds)} s" if seconds >= 1 else "under a second"
