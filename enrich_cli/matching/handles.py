"""Does a LinkedIn profile or a Twitter handle agree?"""

from __future__ import annotations

import re
from urllib.parse import unquote

from enrich_cli.domain.cleaning import folded
from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.weights import Evidence

_MEMBER = re.compile(r"(?:^|linkedin\.com/|^/)in/([^/?#\s]+)", re.IGNORECASE)
_BARE = re.compile(r"[^/?#\s.:]+")
_OPAQUE_ID = "acoaa"
"""The prefix of LinkedIn's internal ids, which some URLs have instead of a handle."""


def compare_linkedin(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the member's handle in the customer's profile URL with every profile of the identity."""
    ours = _linkedin_handle(customer.linkedin_url or "")
    theirs = {_linkedin_handle(profile) for profile in identity.linkedin} - {None}
    if not ours or not theirs:
        return None
    return Evidence.LINKEDIN_SAME if ours in theirs else Evidence.LINKEDIN_OTHER


def compare_twitter(customer: Customer, identity: Identity) -> Evidence | None:
    """Compare the customer's Twitter handle with every handle of the identity."""
    ours = _twitter_handle(customer.twitter or "")
    theirs = {_twitter_handle(profile) for profile in identity.twitter} - {""}
    if not ours or not theirs:
        return None
    return Evidence.TWITTER_SAME if ours in theirs else Evidence.TWITTER_OTHER


def linkedin_member(profile: str) -> str:
    """The MEMBER of `…linkedin.com/in/MEMBER/…` or `in/MEMBER`, a handle or an internal id; empty for all others."""
    member = _MEMBER.search(profile.strip())
    return folded(unquote(member[1])) if member else ""


def _linkedin_handle(profile: str) -> str | None:
    """The member's handle, which may also be given alone; None for companies, `pub/` URLs and internal ids."""
    text = profile.strip()
    handle = linkedin_member(text) or (folded(unquote(text)) if _BARE.fullmatch(text) else "")
    return None if not handle or handle.startswith(_OPAQUE_ID) else handle


def _twitter_handle(profile: str) -> str:
    return re.split(r"[?#]", profile.strip(), maxsplit=1)[0].rstrip("/").rpartition("/")[2].lstrip("@").lower()
