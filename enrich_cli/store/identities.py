"""Keyed hashes that show two customers to be one person, and are all that is kept of somebody who objected.

An id, a person's own e-mail, a LinkedIn profile, or a name with an address is enough; an address counts as written and
with its words abbreviated. Town and postal code are not part of it: rows spell them in many ways, or lack them, and an
objection has to be found again. So a namesake at the same house and street of another town counts as the same person:
looking up somebody who objected is worse than skipping one too many. A phone, an office's mailbox such as `info@`, or a
Twitter handle may be shared by colleagues: it counts only if both names have a word in common, or one name is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from enrich_cli.domain.cleaning import digits, is_phone, normalised, phone_spellings
from enrich_cli.domain.customer import Customer
from enrich_cli.matching.emails import is_shared
from enrich_cli.matching.handles import linkedin_member
from enrich_cli.matching.house_numbers import without_unit
from enrich_cli.matching.phones import international, without_extension, written_otherwise
from enrich_cli.matching.street_words import DIRECTIONS, TYPES, UNITS
from enrich_cli.matching.text import words
from enrich_cli.matching.vocabulary import TITLES
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.customer_ids import stored_id

_PO_BOX = re.compile(r"(?<!\w)p\W{0,2}o\W{0,2}box(?![a-z])|post\s+office\s+box(?![a-z])", re.IGNORECASE)
_BOXES_AS_ONCE_KEPT = ("po box ", "p o box ", "post box ")
_MOST_OF_A_UNIT = 2
"""Words that tell a unit, besides what announces them: Bldg 2, Apt 4."""


class Identities:
    """Hashes identities, under the index key of one company."""

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher
        self._hash = cipher.hash

    def of_id(self, customer_id: str) -> bytes:
        """The identity of a stored id."""
        return self._hash("customer", customer_id)

    def remembered(self, customer: Customer) -> frozenset[bytes]:
        """What is kept of this person when they object."""
        return frozenset(self._remembered(customer))

    def known_by(self, customer: Customer) -> frozenset[bytes]:
        """The hashes of which at least one is kept if this person has objected."""
        return frozenset(self._known_by(customer))

    def _remembered(self, customer: Customer) -> Iterator[bytes]:
        yield from self._certain(customer)
        for kind, text in _shared(customer):
            named = self._with_name(kind, text, customer)
            yield from (*named, self._hash(f"{kind} alone", text)) if named else (self._hash(kind, text),)

    def _known_by(self, customer: Customer) -> Iterator[bytes]:
        yield from self._certain(customer)
        if customer.full_name:
            for once in _houses_as_once_kept(customer):
                yield self._name_and_house(customer, once)
        for kind, remembered in _shared(customer):
            for text in phone_spellings(remembered) if kind == "phone" else (remembered,):
                yield self._hash(kind, text)
                yield from self._with_name(kind, text, customer) or [self._hash(f"{kind} alone", text)]

    def _certain(self, customer: Customer) -> Iterator[bytes]:
        """The identities that identify a person by themselves."""
        yield self.of_id(stored_id(customer, self._cipher))
        if customer.email and has_own_email(customer):
            yield self._hash("email", normalised(customer.email))
        if member := linkedin_member(customer.linkedin_url or ""):
            yield self._hash("linkedin", member)
        if customer.full_name and customer.address:
            both = f"{normalised(customer.full_name)}\x1f{normalised(customer.address)}"
            yield self._hash("name and address", both)
            if abbreviated := house(customer):
                yield self._name_and_house(customer, abbreviated)

    def _name_and_house(self, customer: Customer, abbreviated: str) -> bytes:
        return self._hash("name and house", f"{normalised(customer.full_name or '')}\x1f{abbreviated}")

    def _with_name(self, kind: str, text: str, customer: Customer) -> list[bytes]:
        return [self._hash(f"{kind} and name", f"{text}\x1f{word}") for word in _words(customer)]


def identifies_a_person(customer: Customer) -> bool:
    """Do the fields identify a person without the id, so that a later customer can be recognised by them?"""
    return bool(
        customer.email
        or customer.phone
        or customer.linkedin_url
        or customer.twitter
        or (customer.full_name and customer.address)
    )


def has_own_email(customer: Customer) -> bool:
    """Is there an e-mail that identifies a person?"""
    return bool(customer.email) and not is_shared(customer.email or "")


def may_be_one(one: Customer, other: Customer) -> bool:
    """May they be one person: do they share a phone or an office's mailbox, and do their names allow it?"""
    if not _names_allow(one, other):
        return False
    return have_one_phone(one, other) or (
        bool(one.email) and normalised(one.email or "") == normalised(other.email or "")
    )


def house(customer: Customer) -> str:
    """The words of the address, abbreviated, without what announces the number of a unit: 12 main st 4.

    Nothing if only a unit or a number is told: namesakes may live in some Apt 4. Its hashes are kept for good: should a
    word be abbreviated otherwise one day, they know it only as it was written.
    """
    address = customer.address or ""
    told = words(_PO_BOX.sub("po box ", address) if "box" in address.casefold() else address)
    kept = _without_units(told)
    if len(kept) <= _MOST_OF_A_UNIT and all(word.isdigit() for word in without_unit(list(told))[0]):
        return ""
    return _abbreviated(kept)


def _houses_as_once_kept(customer: Customer) -> set[str]:
    """How objections may hold the address that were kept when P.O. boxes were read as written, and units alone, too."""
    address = customer.address or ""
    is_box = "box" in address.casefold()
    if not is_box and house(customer):
        return set()
    spellings = {address, *(_PO_BOX.sub(box, address) for box in _BOXES_AS_ONCE_KEPT if is_box)}
    return {_abbreviated(_without_units(words(spelling))) for spelling in spellings} - {house(customer), ""}


def _without_units(told: Sequence[str]) -> list[str]:
    """Without the words that announce a unit. Before a type they are of the street's name: Office Park Dr."""
    return [word for word, after in pairwise((*told, "")) if word not in UNITS or after in TYPES]


def _abbreviated(told: Sequence[str]) -> str:
    return " ".join(TYPES.get(word) or DIRECTIONS.get(word) or word for word in told)


def have_one_profile(one: Customer, other: Customer) -> bool:
    """Is it the same LinkedIn profile, or the same Twitter handle where their names allow it?"""
    if (member := linkedin_member(one.linkedin_url or "")) and member == linkedin_member(other.linkedin_url or ""):
        return True
    handle = normalised(one.twitter or "")
    return bool(handle) and handle == normalised(other.twitter or "") and _names_allow(one, other)


def profiles(customer: Customer) -> list[str]:
    """The customer's LinkedIn profile and Twitter handle, as `have_one_profile` compares them."""
    told = {"linkedin": linkedin_member(customer.linkedin_url or ""), "twitter": normalised(customer.twitter or "")}
    return [f"{network} {name}" for network, name in told.items() if name]


def _names_allow(one: Customer, other: Customer) -> bool:
    """Do the names have a word in common, or does one of them have no name?"""
    ours, theirs = _words(one), _words(other)
    return not (ours and theirs and ours.isdisjoint(theirs))


def have_one_phone(one: Customer, other: Customer) -> bool:
    """Is it the same number, even if only one is written with its country's code?"""
    ours, theirs = ({text for number in _numbers(who) for text in phone_spellings(number)} for who in (one, other))
    return not ours.isdisjoint(theirs)


def main_number(customer: Customer) -> str:
    """The digits of the phone without an extension, if that leaves a number; stored customers are searched by them."""
    alone = without_extension(customer.phone or "")
    return alone if is_phone(alone) else digits(customer.phone or "")


def numbers_to_find(customer: Customer) -> list[str]:
    """The ways in which other customers may hold this phone; `have_one_phone` then tells whether it is the same."""
    spelled = [text for number in _numbers(customer) for text in phone_spellings(number)]
    abroad = international(customer.phone or "", customer.country)
    return list(dict.fromkeys((*spelled, *(written_otherwise(abroad) if abroad else ()))))


def _shared(customer: Customer) -> Iterator[tuple[str, str]]:
    """What several people may have in common, each with its kind."""
    for number in _numbers(customer):
        yield "phone", number
    if customer.email and not has_own_email(customer):
        yield "email", normalised(customer.email)
    if customer.twitter:
        yield "twitter", normalised(customer.twitter)


def _numbers(customer: Customer) -> Iterator[str]:
    """The digits of the phone as written; also without an extension, and with the country's code if given."""
    if phone := digits(customer.phone or ""):
        abroad = international(customer.phone or "", customer.country)
        yield from dict.fromkeys((phone, main_number(customer), abroad or phone))


def _words(customer: Customer) -> frozenset[str]:
    """The words of the name, without initials and titles, which many names have in common.

    Their hashes are kept for good, so this must not change, however `matching` comes to read names.
    """
    words = "".join(letter if letter.isalnum() else " " for letter in normalised(customer.full_name or "")).split()
    return frozenset(word for word in words if len(word) > 1) - TITLES
