"""Does the e-mail agree?"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.domains import is_free_mail, registrable
from enrich_cli.matching.text import REMEMBERED
from enrich_cli.matching.vocabulary import SHARED_MAILBOXES
from enrich_cli.matching.weights import Evidence, best

_GMAIL = frozenset({"gmail.com", "googlemail.com"})
_NOT_A_LETTER = re.compile(r"[^a-z]+")
_LONG_ENOUGH = 6
"""Shortest mailbox in which a slip is recognised."""


def compare_emails(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the customer's e-mail with every e-mail of the identity. Shared mailboxes identify nobody."""
    if not customer.email or is_shared(customer.email):
        return None
    ours = mailbox(customer.email)
    return best(_compare(ours, mailbox(theirs)) for theirs in identity.emails if not is_shared(theirs))


def is_shared(email: str) -> bool:
    """Is it a mailbox of an office, such as `info@`, rather than of a person?"""
    return email.strip().lower().partition("@")[0] in SHARED_MAILBOXES


@lru_cache(maxsize=REMEMBERED)
def mailbox(email: str) -> tuple[str, str]:
    """Local part and host in one spelling per mailbox: no case, no `+tag`, at Gmail no dots."""
    local, _, host = email.strip().removeprefix("mailto:").lower().rpartition("@")
    local = local.partition("+")[0] or local
    return (local.replace(".", ""), "gmail.com") if host in _GMAIL else (local, host)


def _compare(ours: tuple[str, str], theirs: tuple[str, str]) -> Evidence | None:
    if not all((*ours, *theirs)):
        return None
    if ours == theirs:
        return Evidence.EMAIL_SAME
    our_domain, their_domain = registrable(ours[1]), registrable(theirs[1])
    are_private = _is_private(our_domain) and _is_private(their_domain)
    if _alike(ours[0], theirs[0]):
        # Namesakes make their private mailboxes of one name, too.
        return None if are_private and not _is_slip(ours[0], theirs[0]) else Evidence.EMAIL_ALIKE
    if are_private:
        return Evidence.EMAIL_PRIVATE_OTHER
    return Evidence.EMAIL_COLLEAGUE if our_domain and our_domain == their_domain else None


def _is_private(domain: str | None) -> bool:
    return bool(domain and is_free_mail(domain))


def _alike(one: str, other: str) -> bool:
    """Could both be made from one name: `ada.sample`, `asample`, `ada77`? Or is one a slip of the other?"""
    short, long = sorted((_NOT_A_LETTER.sub("", one), _NOT_A_LETTER.sub("", other)), key=len)
    if len(short) < 3:
        return False
    if _is_slip(one, other):
        return True
    if short[0] != long[0]:
        return False
    return long.startswith(short) or (len(short) >= 5 and long.endswith(short[1:]))


def _is_slip(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LONG_ENOUGH and OSA.distance(one, other, score_cutoff=1) <= 1
