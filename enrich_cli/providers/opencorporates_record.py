"""A record of a company register, passed on by OpenCorporates. Any member may be null, missing or an empty list."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from enrich_cli.domain.business import Business, Officer
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.matching.text import words
from enrich_cli.providers.reading import day, flag, items, known, known_places, member, text

_ENDED = re.compile("dissol|cancel|struck|terminat|liquidat|forfeit|revoked", re.IGNORECASE)
_ALIVE = frozenset({"active", "live", "registered", "in good standing"})
_ADDRESS = ("street_address", "locality", "region", "postal_code", "country")

_WITH_STATES = frozenset({"US", "CA"})


class Candidate(msgspec.Struct, frozen=True):
    """A company in an answer: its record, and those of its branches elsewhere."""

    record: Mapping[str, object]
    branches: Sequence[Mapping[str, object]] = ()

    def identity(self, asked_by: frozenset[str]) -> Identity:
        """The evidence of records that were found by these customer fields."""
        others = (*items(self.record, "previous_names"), *items(self.record, "alternative_names"))
        places = (place for record in (self.record, *self.branches) for place in _places(record))
        return Identity(
            asked_by=asked_by,
            names=known(*(officer.name for officer in _officers(self.record))),
            companies=known(text(self.record, "name"), *(text(other, "company_name") for other in others)),
            places=tuple(dict.fromkeys(places)),
        )


def candidates_of(records: Sequence[Mapping[str, object]], state: str | None) -> list[Candidate]:
    """The companies of a search, active and home records first.

    Branches with the same name are one company registered in several places: that of the active home record with this
    name, if there is just one. Otherwise they represent it themselves, the one in the customer's `state` (two letters)
    first.
    """
    homes = [record for record in records if not _is_branch(record)]
    living = Counter(_name(home) for home in homes if _status(home) != "dissolved")
    branches: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    for record in sorted(filter(_is_branch, records), key=lambda branch: not _is_in(branch, state)):
        branches[_name(record)].append(record)
    companies = [
        Candidate(home, branches.pop(_name(home)))
        if _status(home) != "dissolved" and living[_name(home)] == 1 and _name(home) in branches
        else Candidate(home)
        for home in homes
    ]
    companies += [Candidate(first, others) for first, *others in branches.values()]
    return sorted(companies, key=lambda one: (_status(one.record) == "dissolved", _is_branch(one.record)))


def dated(record: Mapping[str, object], answered: str) -> Mapping[str, object]:
    """The record with the day on which it was read from its register, which is no later than that of the answer."""
    return {**record, "retrieved_at": day(record, "retrieved_at") or day(record, "source", "retrieved_at") or answered}


def business_of(record: object) -> Business:
    """What a record says about its business. The registered address is not the place of business."""
    return Business(
        name=text(record, "name"),
        company_number=text(record, "company_number"),
        jurisdiction=text(record, "jurisdiction_code"),
        incorporated_on=day(record, "incorporation_date"),
        company_type=text(record, "company_type"),
        registration_status=_status(record),
        registered_address=_address(record),
        officers=tuple(_officers(record)),
        registry_url=text(record, "registry_url") or text(record, "opencorporates_url"),
        categories=known(*(text(one, "industry_code", "description") for one in items(record, "industry_codes"))),
    )


def _status(record: object) -> str | None:
    """`dissolved`, `inactive` or `active`. A dissolution after the record was read had only been announced then."""
    said = text(record, "current_status") or ""
    ended, read = day(record, "dissolution_date"), day(record, "retrieved_at")
    if (ended and read and ended <= read) or _ENDED.search(said):
        return "dissolved"
    inactive = flag(record, "inactive")
    if inactive:
        return "inactive"
    return "active" if inactive is False or said.lower() in _ALIVE else None


def _officers(record: object) -> Iterator[Officer]:
    """The officers in office today."""
    for entry in items(record, "officers"):
        officer = member(entry, "officer")
        name = text(officer, "name")
        if name and not text(officer, "end_date") and not flag(officer, "inactive"):
            yield Officer(name=name, role=text(officer, "position"))


def _places(record: object) -> Iterator[Place]:
    """The registered address, and the place of the register.

    In the US the address is often an agent's. The place of the register agrees with the customer's if the company is
    registered there, so a different address within it says nothing against a company.
    """
    parts = {part: text(record, "registered_address", part) for part in _ADDRESS}
    street, city, state, postal_code, country = parts.values()
    address = Place(address=street, city=city, state=state, postal_code=postal_code, country=country)
    yield from known_places(address)
    country, _, region = (text(record, "jurisdiction_code") or "").upper().partition("_")
    # Firms from every state are registered in Delaware.
    in_state = country in _WITH_STATES and region and (country, region) != ("US", "DE")
    if country:
        yield Place(state=region if in_state else None, country=country)


def _address(record: object) -> str | None:
    parts = known(*(text(record, "registered_address", part) for part in _ADDRESS))
    return text(record, "registered_address_in_full") or ", ".join(parts) or None


def _is_branch(record: object) -> bool:
    return text(record, "branch") is not None


def _is_in(record: object, state: str | None) -> bool:
    """Is it a record from the register of this state of the US or province of Canada?"""
    country, _, region = (text(record, "jurisdiction_code") or "").upper().partition("_")
    return bool(state) and country in _WITH_STATES and region == state


def _name(record: object) -> str:
    return " ".join(words((text(record, "name") or "").replace(".", "")))
