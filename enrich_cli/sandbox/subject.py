"""Whom a question is about: what its e-mail, name, company or handle gives away."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MARKS = frozenset({"hit", "miss", "queued", "forever", "other", "objects"})

_ADDRESS = re.compile(r"(?P<local>[\w.!#$%&'*+/=?^`{|}~-]+)@(?P<domain>[\w-]+(?:\.[\w-]+)*\.[\w-]{2,})")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[\w-]{2,}")
_FREE_MAIL = frozenset({
    "aol.com", "gmail.com", "gmx.de", "googlemail.com", "hotmail.com", "icloud.com", "live.com", "outlook.com",
    "proton.me", "web.de", "yahoo.com",
})  # fmt: skip
_ROLES = frozenset({
    "abuse", "admin", "billing", "contact", "hello", "help", "hr", "info", "jobs", "mail", "marketing", "no-reply",
    "noreply", "office", "postmaster", "press", "sales", "service", "support", "team", "webmaster",
})  # fmt: skip
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The person asked about. `key` identifies people; what the question does not give away is empty."""

    key: str
    given: str = ""
    family: str = ""
    email: str = ""
    company: str = ""
    domain: str = ""
    phone: str = ""
    linkedin: str = ""
    """The handle."""
    twitter: str = ""
    """The handle."""
    marks: frozenset[str] = frozenset()
    is_role: bool = False
    """The mailbox belongs to nobody in particular."""

    @property
    def mail_host(self) -> str:
        """The domain of the address; empty without one."""
        return self.email.rpartition("@")[2]

    @property
    def free_mail(self) -> bool:
        """Is it a mailbox of a free mail service, whose domain says nothing about the employer?"""
        return self.mail_host in _FREE_MAIL


def by_email(email: str, *, given: str = "", family: str = "", company: str = "", domain: str = "") -> Subject | None:
    """The owner of an address, with what else the question says; None if the address is malformed."""
    address = email.strip().lower()
    if not (parts := _ADDRESS.fullmatch(address)):
        return None
    plain, *words = parts["local"].split("+")
    derived = name_in(plain)
    own_domain = "" if parts["domain"] in _FREE_MAIL else parts["domain"]
    return Subject(
        key=address,
        given=given or derived[0],
        family=family or derived[1],
        email=address,
        company=company,
        domain=domain.lower() or own_domain,
        marks=MARKS.intersection(words),
        is_role=plain in _ROLES,
    )


def by_handle(handle: str) -> Subject:
    """The owner of a profile's handle; `ada-sample-at-example-pumps` is Ada Sample of Example Pumps."""
    key = handle.lower()
    words = [word for word in re.split(r"[-_.+]", key) if word]
    name, _, company = " ".join(word for word in words if word not in MARKS).partition(" at ")
    plain = " ".join(word for word in name.split() if not re.search(r"\d", word))
    given, family = name_in(plain) if " " in plain else name_in(name)
    return Subject(key=key, given=given, family=family, company=company.title(), marks=MARKS.intersection(words))


def by_company(text: str) -> Subject:
    """A company by its name; marks are words with a plus sign before them: `Example Pumps +miss`."""
    words = text.split()
    name = " ".join(word for word in words if not word.startswith("+"))
    marks = MARKS.intersection(word[1:] for word in words if word.startswith("+"))
    return Subject(key=slug(name) or name.lower(), company=name, marks=marks)


def name_in(text: str) -> tuple[str, str]:
    """Given and family name from a local part or a handle: `ada.sample42` → Ada, Sample; empty if unclear."""
    words = re.findall(r"[^\W\d_]+", text)
    return (words[0].title(), words[-1].title()) if len(words) > 1 else ("", "")


def split_name(full: str) -> tuple[str, str]:
    """Given and family name of a written-out one."""
    given, _, family = full.strip().rpartition(" ")
    return given, family


def exists(domain: str) -> bool:
    """Is this a domain at all, and not one under `.invalid`?"""
    return bool(_DOMAIN.fullmatch(domain)) and not domain.lower().endswith(".invalid")


def company_of(domain: str) -> str:
    """A company's name from its domain: `example-pumps.co.uk` → Example Pumps."""
    labels = domain.split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return labels[-1].replace("-", " ").replace("_", " ").title()


def slug(text: str) -> str:
    """Text as handles and host names are written: lower-case ASCII words joined by hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text))
