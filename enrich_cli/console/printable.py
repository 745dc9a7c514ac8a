"""Foreign text made safe to show: a value must not control the terminal that shows it."""

from __future__ import annotations

from itertools import chain

_CONTROLS = chain(set(range(0x20)) - {0x0A}, range(0x7F, 0xA0))
_TURNING = chain(range(0x202A, 0x202F), range(0x2066, 0x206A))
"""Characters that change the direction of the text after them."""
_SHOWN_AS_UNKNOWN = dict.fromkeys(chain(_CONTROLS, _TURNING), "�")


def printable(text: str) -> str:
    """The text with `�` instead of each control character, except line ends."""
    return text.translate(_SHOWN_AS_UNKNOWN)
