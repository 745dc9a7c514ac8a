"""Which of what was saved earlier is still about the same parcel, or the same employer, as what is said now."""

from __future__ import annotations

from enrich_cli.domain.merge import fitting
from enrich_cli.domain.outcomes import Model
from enrich_cli.domain.person import Person
from enrich_cli.domain.property import Property
from enrich_cli.matching.addresses import Street, street
from enrich_cli.matching.companies import company_words

_OF_AN_EMPLOYER = frozenset({"company", "company_domain", "job_title", "seniority", "employment"})


def still_true(now: Model, before: Model, names: frozenset[str]) -> frozenset[str]:
    """Those of the fields that may be taken from what was said before.

    Nothing of another parcel may: for one address a provider may give now this one, now that one. Nor may the title
    that somebody had with another employer, or jobs that leave out the one of today.
    """
    if isinstance(now, Property) and isinstance(before, Property) and _parcel(now) != _parcel(before):
        return frozenset()
    if isinstance(now, Person) and isinstance(before, Person) and _has_moved(now, before):
        names -= _OF_AN_EMPLOYER
    return fitting(now, before, names)


def _parcel(known: Property) -> tuple[Street, str]:
    """The house and unit, however they are spelt, and the ZIP area or what else the address ends with."""
    line, _, place = (known.address or "").partition(",")
    return street(line), place.rpartition(" ")[2].partition("-")[0].casefold()


def _has_moved(now: Person, before: Person) -> bool:
    """Does the person have another employer, by every name or domain that both give?"""
    pairs = (
        (company_words(now.company or ""), company_words(before.company or "")),
        ((now.company_domain or "").casefold(), (before.company_domain or "").casefold()),
    )
    told = [one == other for one, other in pairs if one and other]
    return bool(told) and not any(told)
