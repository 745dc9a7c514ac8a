"""A Page of the Graph API, as search lists it (name, place, verification) and as it reads in full."""

from __future__ import annotations

import re

from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.domain.social import Profile
from enrich_cli.matching.companies import compare_companies
from enrich_cli.matching.places import compare_places
from enrich_cli.matching.weights import Evidence
from enrich_cli.providers.reading import count, flag, items, known, known_places, text

_UNCLAIMED = 0.5
"""Our certainty of a Page that bears a business's name without belonging to it."""

_VERIFIED = {"blue_verified": True, "gray_verified": True, "not_verified": False}


def page_id(page: object) -> str | None:
    """The id, a number too long for JSON numbers; None if it can't be asked for."""
    found = text(page, "id") or ""
    return found if found.isdecimal() and found.isascii() else None


def profile_of(page: object) -> Profile:
    """What a Page says."""
    name, handle = text(page, "name"), text(page, "username") or text(page, "id")
    place = _place(page)
    followers = count(page, "followers_count")
    return Profile(
        url=text(page, "link") or (f"https://www.facebook.com/{handle}" if handle else None),
        handle=handle,
        display_name=name,
        headline=text(page, "category"),
        bio=text(page, "about") or text(page, "bio"),
        company=name,
        website=next(iter(_websites(page)), None),
        followers=count(page, "fan_count") if followers is None else followers,
        verified=_VERIFIED.get((text(page, "verification_status") or "").lower()),
        location=text(page, "single_line_address")
        or ", ".join(known(place.address, place.city, place.state, place.postal_code, place.country))
        or None,
    )


def identity_of(page: object) -> Identity:
    """Whose Page it is, found by a company's name. Its mailboxes are not a person's: only their domains
    are evidence.
    """
    place = _place(page)
    emails = (text({"email": email}, "email") for email in items(page, "emails"))
    return Identity(
        asked_by=frozenset({"company"}),
        names=known(text(page, "name")),
        phones=known(text(page, "phone")),
        domains=known(*_websites(page), *emails),
        places=known_places(place),
        certainty=_UNCLAIMED if flag(page, "is_unclaimed") is True else None,
    )


def is_plausible(identity: Identity, customer: Customer) -> bool:
    """Does the name resemble the customer's company, without a contradicting place?

    Another postal code in the same city is no contradiction: a company has several offices, and moves.
    """
    name = compare_companies(customer, replace(identity, companies=identity.names))
    place = compare_places(customer, identity)
    fits = place is None or place.bits > 0 or place is Evidence.POSTAL_CODE_OTHER
    return name is not None and name.bits > 0 and fits


def _websites(page: object) -> tuple[str, ...]:
    """The field is free text: it may hold several addresses, with or without a scheme."""
    return known(*re.split(r"[\s,;]+", text(page, "website") or ""))


def _place(page: object) -> Place:
    return Place(
        address=text(page, "location", "street"),
        city=text(page, "location", "city"),
        state=text(page, "location", "state"),
        postal_code=text(page, "location", "zip"),
        country=text(page, "location", "country"),
    )
