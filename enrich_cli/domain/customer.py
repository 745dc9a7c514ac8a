"""The customer: one row of a source, with the fields it can be looked up by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import repeat
from operator import contains
from typing import Any, NamedTuple

from enrich_cli.domain.cleaning import digits, given_ids, normalised
from enrich_cli.domain.text_columns import TextColumn, all_folded, cleaned_column

_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PLAIN_IDS = re.compile(rf"(?:{_PLAIN_ID.pattern}(?:\n|\Z))+")


class CustomerId(NamedTuple):
    """A customer's id, and what the store hashes if the id can't be kept as given."""

    shown: str
    hashed: str | None = None
    """None: the id is not personal data and is kept as given."""


class Customer(NamedTuple):
    """The record to enrich. Every field is a trimmed, non-empty text or None; make one with `customer_from`.

    A named tuple, because every row of a source becomes one, and they are made ten times as fast as frozen dataclasses.
    """

    id: CustomerId
    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    company: str | None = None
    domain: str | None = None
    address: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None
    linkedin_url: str | None = None
    twitter: str | None = None

    @property
    def known(self) -> frozenset[str]:
        """The names of the fields that are there. `name` counts as there if both first and last name are."""
        return _known(tuple(map(bool, self)))

    @property
    def full_name(self) -> str | None:
        """The name, else first and last name joined if both are there."""
        if self.name:
            return self.name
        return f"{self.first_name} {self.last_name}" if self.first_name and self.last_name else None

    def values(self) -> dict[str, str]:
        """Field → text, for the fields that are there."""
        return {field: value for field in FIELDS if (value := getattr(self, field))}

    def fingerprint(self, reads: frozenset[str] | tuple[str, ...], *, phone_as_written: bool = False) -> str:
        """A text that is equal exactly as long as the given fields are unchanged, apart from case and white space.

        Of a phone number only the digits count, unless `phone_as_written`.
        """
        values: list[Any] = list(self)
        if self.phone and not phone_as_written:
            values[_PHONE] = digits(self.phone) or self.phone
        text = "\x1f".join([label + value for place, label in _labels(reads) if (value := values[place])])
        if text.isascii():
            # White space in a field is tidy already, and folding all fields at once is several times as fast.
            return text.lower()
        return "\x1f".join([label + normalised(values[place]) for place, label in _labels(reads) if values[place]])


# The same as the named tuple's own constructor, without a Python call for each.
_new_id = partial(tuple.__new__, CustomerId)
_new_customer = partial(tuple.__new__, Customer)

_PHONE = Customer._fields.index("phone")
FIELDS = Customer._fields[1:]
"""Every field of a customer but the id, in the contract's order."""


@lru_cache(maxsize=64)
def _labels(reads: frozenset[str] | tuple[str, ...]) -> list[tuple[int, str]]:
    """The positions of these fields in a customer, and the label that precedes each in a fingerprint."""
    return [(Customer._fields.index(field), f"{field}=") for field in sorted(reads)]


@lru_cache(maxsize=1024)
def _known(there: tuple[bool, ...]) -> frozenset[str]:
    known = frozenset(field for field, is_there in zip(Customer._fields, there, strict=True) if is_there) - {"id"}
    return known | {"name"} if {"first_name", "last_name"} <= known else known


def customer_from(values: Mapping[str, str], given_id: str | None = None) -> Customer | None:
    """Make a customer from raw field texts; unknown fields are ignored.

    Without a given id, its id is derived from its identity: the e-mail, else name and company, else name and address,
    else the first other field that is there. A given id is kept if it is plain and equal to no other field of the row;
    `NULL`, `-` and the like count as none.

    Returns None if no field is left after cleaning: there is nothing to look up by.
    """
    (customer,) = customers_from({field: (text,) for field, text in values.items()}, (given_id or "",))
    return customer


def customers_from(columns: Mapping[str, Sequence[str]], raw_ids: Sequence[str]) -> list[Customer | None]:
    """`customer_from` of many rows, given and cleaned column by column; an id may be empty."""
    nothing = TextColumn.of([""] * len(raw_ids))
    clean = [cleaned_column(field, columns[field]) if field in columns else nothing for field in FIELDS]
    is_full = [all(column.texts) for column in clean]
    fields = [
        column.texts if full else [text or None for text in column.texts]
        for column, full in zip(clean, is_full, strict=True)
    ]
    customers = map(_new_customer, zip(_identities(clean, given_ids(raw_ids)), *fields, strict=True))
    if any(is_full):
        return list(customers)
    return [customer if any(customer[1:]) else None for customer in customers]


def _identities(columns: Sequence[TextColumn], given: Sequence[str]) -> Iterable[CustomerId]:
    """The id of each row; `columns` are those of `FIELDS`, cleaned."""
    if _PLAIN_IDS.fullmatch("\n".join(given)) and not _any_stands_elsewhere(given, columns):
        return map(_new_id, zip(given, repeat(None)))
    rows = zip(*(column.texts for column in columns), strict=True)
    return (_identity(dict(zip(FIELDS, row, strict=True)), text) for row, text in zip(rows, given, strict=True))


def _any_stands_elsewhere(ids: Sequence[str], columns: Sequence[TextColumn]) -> bool:
    """Is any id equal to another field of its row?"""
    folded_ids = all_folded(ids)
    # Most ids of a table share a prefix that occurs nowhere else in it: one search clears many rows.
    if alike := _common_start(min(folded_ids), max(folded_ids)):
        together = "".join([column.together for column in columns])
        if together.isascii() and f"\n{alike}" not in together.lower():
            return False
    rows = zip(*(all_folded(column.texts) for column in columns), strict=True)
    return any(map(contains, rows, folded_ids))


def _common_start(one: str, other: str) -> str:
    length = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[:length]


def _identity(fields: Mapping[str, str], given: str) -> CustomerId:
    derived = _derived(fields)
    if not given or normalised(given) == normalised(derived):
        return CustomerId(shown=derived, hashed=normalised(derived))
    if _PLAIN_ID.fullmatch(given) and normalised(given) not in map(normalised, fields.values()):
        return CustomerId(shown=given)
    return CustomerId(shown=given, hashed=given)


def _derived(fields: Mapping[str, str]) -> str:
    if email := fields["email"]:
        return email
    name = fields["name"] or f"{fields['first_name']} {fields['last_name']}".strip()
    if name and (beside := fields["company"] or fields["address"]):
        return f"{name}, {beside}"
    for last_resort in ("linkedin_url", "phone", "twitter", "domain"):
        if fields[last_resort]:
            return fields[last_resort]
    return name or ", ".join(filter(None, fields.values()))
