"""What is known about somebody's profiles on social networks."""

from __future__ import annotations

import msgspec


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """One profile on one network."""

    url: str | None = None
    handle: str | None = None
    """Without `@`."""
    display_name: str | None = None
    headline: str | None = None
    bio: str | None = None
    company: str | None = None
    website: str | None = None
    followers: int | None = None
    verified: bool | None = None
    location: str | None = None


class Social(msgspec.Struct, frozen=True, kw_only=True):
    """The `social` data type (contract, *Enriched data*): one profile per network."""

    linkedin: Profile | None = None
    twitter: Profile | None = None
    facebook: Profile | None = None
