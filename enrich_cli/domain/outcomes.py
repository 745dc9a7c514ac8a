"""How a lookup at one provider can end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from enrich_cli.domain.business import Business
from enrich_cli.domain.person import Person
from enrich_cli.domain.property import Property
from enrich_cli.domain.social import Social

Model: TypeAlias = Person | Business | Social | Property
"""A data model, as an adapter fills it."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place, as a provider states it; any part may be missing."""

    address: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider says about whom it found: the evidence that `matching` weighs.

    A list may hold several values (all known employers, say); one that fits is an agreement. What the provider merely
    echoes from the question is no evidence and is left out; `asked_by` says which field it found the record by.
    """

    asked_by: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    """Names of persons: a property's owners; the name on a social profile, even if it may be a company's."""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    """Names of companies: a person's employers; a business's own names, including former ones; a property's owners."""
    domains: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    linkedin: tuple[str, ...] = ()
    twitter: tuple[str, ...] = ()
    certainty: float | None = None
    """The provider's own estimate, 0..1, that this is the right record; None if it gives none."""


class Found(msgspec.Struct, frozen=True):
    """A record was found; whether it is the right one is for `matching` to say."""

    data: Model
    identity: Identity
    rivals: tuple[Identity, ...] = ()
    """The other candidates, if the answer held several."""
    untold: frozenset[str] = frozenset()
    """Fields that a follow-up request would have given, but it failed: their earlier values still hold."""

    @classmethod
    def among(cls, candidates: Sequence[Identity], place: int, data: Model) -> Found:
        """The candidate at this place, with the others as its rivals."""
        return cls(data, candidates[place], (*candidates[:place], *candidates[place + 1 :]))


class NotFound(msgspec.Struct, frozen=True):
    """The provider answered and knows nobody, or nobody that could be the customer."""


class Failed(msgspec.Struct, frozen=True):
    """The provider gave no usable answer. `reason` is for people to read, and free of personal data."""

    reason: str
    refused: bool = False
    """A cap had no room for the request: nothing was sent."""


class Objected(msgspec.Struct, frozen=True):
    """The person asked the provider not to process their data: nobody else is asked, nothing is kept."""


Answered: TypeAlias = Found | NotFound
"""How a provider's own lookup generator may end; anything else is an error it raises."""

Outcome: TypeAlias = Answered | Failed | Objected
"""How a lookup may end, once the gateway has classified what went wrong."""
