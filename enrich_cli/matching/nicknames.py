"""Which first names are forms of one another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from enrich_cli.matching.first_names import MORE_FIRST_NAMES, ONE_NAME, TWO_PEOPLE
from enrich_cli.matching.frequencies import is_frequent_first_name


def same_first_name(one: str, other: str) -> bool:
    """Is one folded name a usual form of the other?"""
    return other in _forms().get(one, ()) and frozenset((one, other)) not in TWO_PEOPLE


def known(name: str) -> bool:
    """Is this folded word in a list of names, and so certainly a name rather than a misspelling?"""
    return name in _forms() or name in MORE_FIRST_NAMES or is_frequent_first_name(name)


@cache
def _forms() -> Mapping[str, frozenset[str]]:
    from nicknames import NickNamer  # noqa: PLC0415  its import takes 40 ms, which most commands can do without

    forms: dict[str, set[str]] = {}
    for name, short_names in NickNamer.default_lookup().items():
        for short in short_names:
            forms.setdefault(name, set()).add(short)
            forms.setdefault(short, set()).add(name)
    for group in ONE_NAME:
        for name in group:
            forms.setdefault(name, set()).update(group)
    return {name: frozenset(others) for name, others in forms.items()}
