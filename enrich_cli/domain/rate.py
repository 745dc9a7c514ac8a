"""How many requests may be sent per time."""

from __future__ import annotations

import re

import msgspec

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_WINDOW = re.compile(r"\s*([1-9][0-9]{0,8})\s*/\s*([1-9][0-9]{0,5})\s*([smhd])\s*")


class Window(msgspec.Struct, frozen=True):
    """At most `count` requests in any `seconds`."""

    count: int
    seconds: float


def parse_rate(text: str) -> tuple[Window, ...]:
    """Read `15/1s,500/1m` (all windows hold) or `none` (no window).

    Raises ValueError for anything else; its text says what is allowed.
    """
    if text.strip().lower() == "none":
        return ()
    windows = []
    for part in text.split(","):
        match = _WINDOW.fullmatch(part)
        if not match:
            raise ValueError("none, or a comma list of windows such as 15/1s,500/1m (units s, m, h, d)")
        windows.append(Window(int(match[1]), float(int(match[2]) * _SECONDS[match[3]])))
    return tuple(windows)


def rate_text(windows: tuple[Window, ...]) -> str:
    """The text that `parse_rate` reads: `15/1s,500/1m`, or `none`."""
    return ",".join(f"{window.count}/{_span(int(window.seconds))}" for window in windows) or "none"


def seconds_for(number: int, windows: tuple[Window, ...]) -> float:
    """How long after the first of this many requests the last may leave, if each leaves as soon as it may."""
    if number <= 1 or not windows:
        return 0.0
    *others, widest = sorted(windows, key=lambda window: (window.seconds, window.count))
    narrower = tuple(others)
    if seconds_for(widest.count + 1, narrower) >= widest.seconds:
        return seconds_for(number, narrower)  # they keep to the widest by themselves
    full, rest = divmod(number - 1, widest.count)
    return full * widest.seconds + seconds_for(rest + 1, narrower)


def _span(seconds: int) -> str:
    unit = next(unit for unit in reversed(_SECONDS) if seconds % _SECONDS[unit] == 0)
    return f"{seconds // _SECONDS[unit]}{unit}"
