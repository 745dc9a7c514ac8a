"""How long ago, in words."""

from __future__ import annotations

from datetime import timedelta

from enrich_cli.console.words import counted

_SECONDS = {"day": 86_400, "hour": 3_600, "minute": 60}


def ago(age: timedelta) -> str:
    """`2 hours ago`, in the largest unit that fits."""
    seconds = int(age.total_seconds())
    for unit, length in _SECONDS.items():
        if seconds >= length:
            return f"{counted(seconds // length, unit)} ago"
    return "just now"
