"""How long ago, in words."""

from __future__ import annotations

from datetime import timedelta

_SECONDS = {"day": 86_400, "hour": 3_600, "minute": 60}


def ago(age: timedelta) -> str:
    """`2 hours ago`, in the largest unit that fits."""
    seconds = int(age.total_seconds())
    for unit, length in _SECONDS.items():
        if seconds >= length:
            number = seconds // length
            return f"{number:,} {unit}{'' if number == 1 else 's'} ago"
    return "just now"
