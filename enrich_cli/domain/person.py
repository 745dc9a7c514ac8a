"""What is known about a person."""

from __future__ import annotations

import msgspec


class Employment(msgspec.Struct, frozen=True, kw_only=True):
    """One job. Dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as precise as the provider gave them."""

    company: str | None = None
    title: str | None = None
    start: str | None = None
    end: str | None = None
    current: bool | None = None


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """The `person` data type (contract, *Enriched data*)."""

    full_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    job_title: str | None = None
    seniority: str | None = None
    company: str | None = None
    company_domain: str | None = None
    email: str | None = None
    email_status: str | None = None
    """`deliverable`, `risky`, `undeliverable` or `unknown`."""
    phone: str | None = None
    location: str | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None
    bio: str | None = None
    linkedin_url: str | None = None
    twitter: str | None = None
    """The handle, without `@`."""
    employment: tuple[Employment, ...] = ()
