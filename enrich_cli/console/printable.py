"""What others wrote, made safe to be shown: a value must not steer the terminal that it is shown in."""

from __future__ import annotations

from itertools import chain

_CONTROLS = chain(set(range(0x20)) - {0x0A}, range(0x7F, 0xA0))
_TURNING = chain(range(0x202A, 0x202F), range(0x2066, 0x206A))
"""Signs that turn the direction of what follows them."""
_SHOWN_AS_UNKNOWN = dict.fromkeys(chain(_CONTROLS, _TURNING), "�")


def printable(text: str) -> str:
    """The text with `�` in place of each control character, line ends excepted."""
    return text.translate(_SHOWN_AS_UNKNOWN)
