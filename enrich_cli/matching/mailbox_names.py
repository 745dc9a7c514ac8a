"""Whose name does a mailbox bear?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from enrich_cli.matching.emails import mailbox
from enrich_cli.matching.text import REMEMBERED, folded
from enrich_cli.matching.written_names import words_of_name

_NOT_A_LETTER = re.compile(r"[^a-z]+")
_LONG_ENOUGH = 4
"""Shortest surname that a mailbox does not bear by chance."""


def bears_name(email: str, names: Iterable[str]) -> bool:
    """Is its mailbox made of a first name, or its initial, and the surname of one of these names: ada.sample77?"""
    local = _NOT_A_LETTER.sub("", folded(mailbox(email)[0]))
    return any(local in _mailboxes(name) for name in names)


@lru_cache(maxsize=REMEMBERED)
def _mailboxes(name: str) -> frozenset[str]:
    first, *others = words_of_name(name) or ("",)
    last = others[-1] if others else ""
    if len(last) < _LONG_ENOUGH:
        return frozenset()
    return frozenset((first + last, last + first, first[0] + last, last + first[0]))
