"""What a mistyped word may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_FEW = 30
"""How many words a message lists at most, even if one of them was probably meant."""


def closest(word: str, known: Iterable[str], *, alike: float = 0.6) -> str | None:
    """The known word most like this one, ignoring case and leading dashes; None if none is close enough.

    `alike`: how similar it must be, from 0 (not at all) to 1 (equal).
    """
    by_word = {_bare(one): one for one in known}
    close = get_close_matches(_bare(word), by_word, n=1, cutoff=alike)
    return by_word[close[0]] if close else None


def _bare(word: str) -> str:
    return word.casefold().lstrip("-")


def may_be(word: str, known: Iterable[str]) -> str:
    """`it may be one, two; did you mean two?`: many words are listed only if none of them is close."""
    words = list(known)
    meant = closest(word, words)
    listed = f"it may be {', '.join(words)}"
    if meant is None:
        return listed
    return f"{listed}; did you mean {meant}?" if len(words) <= _FEW else f"did you mean {meant}?"
