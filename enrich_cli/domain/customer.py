"""The customer: one row of a source, and what it can be asked by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TWITTER_URL = re.compile(
    r"(?:https?://)?(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com(?:/(?:#!/)?([^/?#]*).*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class CustomerId:
    """What a customer is called, and what is hashed for the store when it can't be kept as given."""

    shown: str
    hashed: str | None = None
    """None: the id is no personal data and is kept as given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """The record to enrich. Every field is a trimmed, non-empty text or None; make one with `customer_from`."""

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
    known: frozenset[str] = field(init=False, compare=False, repr=False)
    """The names of the fields that are there. `name` counts as there when first and last name are."""

    def __post_init__(self) -> None:
        known = frozenset(name for name in FIELDS if getattr(self, name))
        object.__setattr__(self, "known", known | {"name"} if self.full_name else known)

    @property
    def full_name(self) -> str | None:
        """The name, or first and last name joined when both are there."""
        if self.name:
            return self.name
        return f"{self.first_name} {self.last_name}" if self.first_name and self.last_name else None

    def values(self) -> dict[str, str]:
        """Field → text, of the fields that are there."""
        return {field: value for field in FIELDS if (value := getattr(self, field))}

    def fingerprint(self, reads: Iterable[str]) -> str:
        """A text that is equal exactly while the given fields are unchanged but for case and white space."""
        return "\x1f".join(f"{field}={normalised(value)}" for field in sorted(reads) if (value := getattr(self, field)))


FIELDS = tuple(field.name for field in fields(Customer) if field.init and field.name != "id")
"""Every field of a customer but the id, in the contract's order."""


def customer_from(values: Mapping[str, str], given_id: str | None = None) -> Customer | None:
    """Make a customer of raw field texts; unknown fields are ignored.

    Without a given id it is called by its own identity: the e-mail, else name and company, else name and address, else
    the first other field that is there. A given id is kept as given when it is plain and no other field of the row.
    Returns None when no field is left after cleaning: there is nothing to look up by.
    """
    clean = {field: text for field in FIELDS if (raw := values.get(field)) and (text := cleaned(field, raw))}
    if not clean:
        return None
    return Customer(id=_identity(clean, (given_id or "").strip()), **clean)


def normalised(text: str) -> str:
    """Text as it is compared and hashed: NFKC, case folded, runs of white space as one blank."""
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _identity(fields_there: Mapping[str, str], given: str) -> CustomerId:
    derived = _derived(fields_there)
    if not given or normalised(given) == normalised(derived):
        return CustomerId(shown=derived, hashed=normalised(derived))
    if _PLAIN_ID.fullmatch(given) and normalised(given) not in map(normalised, fields_there.values()):
        return CustomerId(shown=given)
    return CustomerId(shown=given, hashed=given)


def _derived(there: Mapping[str, str]) -> str:
    if email := there.get("email"):
        return email
    name = there.get("name") or " ".join(there[part] for part in ("first_name", "last_name") if part in there)
    if name and (beside := there.get("company") or there.get("address")):
        return f"{name}, {beside}"
    for last_resort in ("linkedin_url", "phone", "twitter", "domain"):
        if last_resort in there:
            return there[last_resort]
    return name or ", ".join(there.values())


def cleaned(field: str, raw: str) -> str:
    """A raw text as the field holds it; empty when nothing is left of it."""
    text = " ".join(raw.replace("\x00", " ").split())
    if field == "email":
        return text.lower().removeprefix("mailto:").strip()
    if field == "domain":
        return _host(text)
    if field == "twitter":
        return _twitter_handle(text)
    return text


def _host(text: str) -> str:
    start, scheme, rest = text.lower().partition("://")
    return re.split(r"[/?#:]", rest if scheme else start, maxsplit=1)[0].removeprefix("www.").strip(". ")


def _twitter_handle(text: str) -> str:
    """The first part of a profile URL's path, since a link to a post or a list goes on; else the text without `@`."""
    url = _TWITTER_URL.fullmatch(text)
    handle = (url[1] or "") if url else text.split("?", maxsplit=1)[0].rstrip("/ ").rpartition("/")[2]
    return handle.strip("@ ")
