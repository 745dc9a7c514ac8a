"""Text as it is compared: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

REMEMBERED = 4096
"""How many texts each cache holds: those of the customers being looked up, which are compared several times."""

_WORD = re.compile(r"[^\W_]+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_MARKS = str.maketrans("", "", "'’‘`´ʼ")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
"""Latin letters that Unicode does not decompose into a base letter and a mark."""


def folded(text: str) -> str:
    """Case folded and without diacritics; other scripts stay as they are."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_LETTERS)


@lru_cache(maxsize=REMEMBERED)
def words(text: str) -> tuple[str, ...]:
    """The folded words. Apostrophes join (O'Brien), everything else separates."""
    if text.isascii():
        return tuple(_ASCII_WORD.findall(text.lower().replace("'", "").replace("`", "")))
    return tuple(_WORD.findall(folded(text.translate(_MARKS))))


def comparable(one: str, other: str) -> bool:
    """False if only one of two folded texts is written in Latin letters: nothing can be said about such a pair."""
    return _latin(one) == _latin(other)


def _latin(text: str) -> bool:
    return text.isascii() or any("a" <= letter <= "z" for letter in text)
