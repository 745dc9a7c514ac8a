"""Lengths of time, in words. Imports nothing heavy."""

from __future__ import annotations

from datetime import timedelta

from enrich_cli.console.words import counted

_SECONDS = {"day": 86_400, "hour": 3_600, "minute": 60}
_SHORT = {"day": "days", "hour": "h", "minute": "min"}
_FEWEST = 2
"""The fewest of a unit that an estimate is given in; fewer are given in the next smaller unit."""


def ago(age: timedelta) -> str:
    """`2 hours ago`, in the largest unit that fits."""
    seconds = int(age.total_seconds())
    for unit, length in _SECONDS.items():
        if seconds >= length:
            return f"{counted(seconds // length, unit)} ago"
    return "just now"


def about(seconds: float) -> str:
    """`about 40 s`, `about 12 min`, `about 30 h`, `under a second`: as precise as an estimate deserves."""
    for unit, length in _SECONDS.items():
        if seconds >= _FEWEST * length:
            return f"about {round(seconds / length):,} {_SHORT[unit]}"
    return f"about {round(seconds)} s" if seconds >= 1 else "under a second"
