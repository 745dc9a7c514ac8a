"""Which of what was saved earlier is still about the same parcel, business, person or employer as what is said now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

from enrich_cli.domain.business import Business
from enrich_cli.domain.merge import fitting
from enrich_cli.domain.outcomes import Model
from enrich_cli.domain.person import Person
from enrich_cli.domain.property import Property
from enrich_cli.domain.social import Profile, Social
from enrich_cli.matching.addresses import Street, street
from enrich_cli.matching.companies import company_words
from enrich_cli.matching.domains import registrable

_OF_AN_EMPLOYER = frozenset({"company", "company_domain", "job_title", "seniority", "employment"})


def _address(profile: Profile) -> tuple[str]:
    return ((profile.url or profile.handle or "").casefold(),)


_TELLS_APART: Mapping[type, Mapping[str, Callable[[Any], Collection[str | None]]]] = MappingProxyType(
    {
        Business: {
            "name": company_words,
            "website": lambda website: (registrable(website),),
            "company_number": lambda number: (number,),
        },
        Social: {"linkedin": _address, "twitter": _address},
    }
)
"""What tells one business, or the profiles of one person, from another's, and how it is compared."""


def still_true(now: Model, before: Model, names: frozenset[str], told_again: frozenset[str]) -> frozenset[str]:
    """Those of the fields that may be taken from what was said before. `told_again`: what the same providers say now.

    Nothing of another business, or beside another's profiles, may: the person whose hints led there may have become
    another since. Nor of another parcel: for one address a provider may give now this one, now that one. Nor may the
    title that somebody had with another employer, or jobs that leave out the one of today.
    """
    if _is_another(now, before, told_again):
        return frozenset()
    if isinstance(now, Property) and isinstance(before, Property) and _parcel(now) != _parcel(before):
        return frozenset()
    if isinstance(now, Person) and isinstance(before, Person) and _has_moved(now, before):
        names -= _OF_AN_EMPLOYER
    return fitting(now, before, names)


def _parcel(known: Property) -> tuple[Street, str]:
    """The house and unit, however they are spelt, and the ZIP area or what else the address ends with."""
    line, *place = (known.address or "").rsplit(",", 2)
    return street(line), "".join(place[-1:]).rpartition(" ")[2].partition("-")[0].casefold()


def _is_another(now: Model, before: Model, told_again: frozenset[str]) -> bool:
    """Has nothing stayed of what the same providers call it by? Different ones may give it different names."""
    told = [
        set(read(getattr(now, field))).isdisjoint(read(earlier))
        for field, read in _TELLS_APART.get(type(now), {}).items()
        if field in told_again and (earlier := getattr(before, field))
    ]
    return bool(told) and all(told)


def _has_moved(now: Person, before: Person) -> bool:
    """Does the person have another employer, by every name or domain that both give?"""
    pairs = (
        (company_words(now.company or ""), company_words(before.company or "")),
        ((now.company_domain or "").casefold(), (before.company_domain or "").casefold()),
    )
    told = [one == other for one, other in pairs if one and other]
    return bool(told) and not any(told)
