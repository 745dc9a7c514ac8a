"""Foreign text made safe to show: a value must not control the terminal that shows it."""

from __future__ import annotations

_CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - {ord("\n")}
_TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Characters that change the direction of the text after them."""
_SHOWN_AS_UNKNOWN = dict.fromkeys(_CONTROLS | _TURNING, "�")


def printable(text: str) -> str:
    """The text with `�` instead of each control character, except line ends."""
    return text.translate(_SHOWN_AS_UNKNOWN)
