"""What Hunter says if it has found something, according to its sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from enrich_cli.sandbox.clearbit_shape import who_and_where
from enrich_cli.sandbox.person_vendor import Finding
from enrich_cli.sandbox.subject import Subject

_OPTIONAL = (
    *("location", "timeZone", "utcOffset", "geo", "bio", "employment", "facebook", "github", "twitter", "linkedin"),
    *("emailProvider", "phone", "activeAt"),
)
_OPTIONAL_ADDRESS = ("position", "twitter", "linkedin_url", "phone_number", "company", "sources", "verification")
_SENIORITY = {"executive": "executive", "director": "senior", "manager": "senior", None: "junior"}
_SCORES = {"valid": 100, "accept_all": 78, "disposable": 50, "webmail": 50, "invalid": 0, "unknown": 45}


def person_found(finding: Finding, subject: Subject) -> dict[str, Any]:
    """`data` of `people/find`."""
    person, draw = finding.person, finding.draw
    email = subject.email or person.email
    unused_twitter = ("id", "bio", "followers", "following", "statuses", "favorites", "location", "site", "avatar")
    record = {
        **who_and_where(person, email),
        "bio": person.bio if finding.full else None,
        "site": None,
        "avatar": None,
        "employment": {
            "domain": person.domain,
            "name": person.company,
            "title": person.job.title,
            "role": person.job.role,
            "subRole": None,
            "seniority": _SENIORITY[person.job.seniority],
        },
        "facebook": {"handle": None},
        "github": dict.fromkeys(("handle", "id", "avatar", "company", "blog", "followers", "following")),
        "twitter": {"handle": person.twitter, **dict.fromkeys(unused_twitter)},
        "linkedin": {"handle": f"in/{person.linkedin}" if draw.chance(0.1) else person.linkedin},
        "fuzzy": not finding.full and draw.chance(0.5 if finding.mistaken else 0.02),
        "emailProvider": email.rpartition("@")[2] if subject.free_mail else draw.pick(("google.com", "outlook.com")),
        "indexedAt": draw.day(2026, months=10),
        "phone": person.phone if finding.full or draw.chance(0.4) else None,
        "activeAt": draw.day(2026, months=10),
        "inactiveAt": None,
    }
    return finding.without(record, _OPTIONAL)


def address_found(finding: Finding | None, subject: Subject, status_of: Callable[[Subject], str]) -> dict[str, Any]:
    """`data` of `email-finder`: names and domain echo the question, and everything else is null for a miss."""
    if finding is None:
        nothing = dict.fromkeys(("score", "accept_all", *_OPTIONAL_ADDRESS))
        echo = {"first_name": subject.given, "last_name": subject.family, "domain": subject.domain or None}
        return {**echo, "email": None, **nothing, "sources": []}
    person, draw = finding.person, finding.draw
    status = status_of(Subject(key=person.email, email=person.email))
    is_guess = status in ("unknown", "invalid")
    source = {
        "domain": person.domain,
        "uri": f"https://{person.domain}/team",
        "extracted_on": draw.day(2025),
        "last_seen_on": draw.day(2026, months=10),
        "still_on_page": draw.chance(0.7),
    }
    record = {
        "first_name": subject.given or person.given,
        "last_name": subject.family or person.family,
        "email": person.email,
        "score": draw.number(40, 69) if is_guess else draw.number(80, 99),
        "domain": person.domain,
        "accept_all": status == "accept_all",
        "position": person.job.title,
        "twitter": person.twitter,
        "linkedin_url": person.linkedin_url,
        "phone_number": person.phone,
        "company": person.company,
        "sources": [] if is_guess else [source],
        "verification": dict.fromkeys(("date", "status")) if is_guess else {"date": "2026-06-14", "status": status},
    }
    return finding.without(record, _OPTIONAL_ADDRESS)


def verdict(subject: Subject, status: str) -> dict[str, Any]:
    """`data` of `email-verifier`."""
    reached = status in ("valid", "accept_all", "webmail")
    results = {"valid": "deliverable", "invalid": "undeliverable"}
    return {
        "status": status,
        "result": results.get(status, "risky"),
        "_deprecation_notice": "Use `status` instead of `result`.",
        "score": _SCORES[status],
        "email": subject.email,
        "regexp": True,
        "gibberish": False,
        "disposable": status == "disposable",
        "webmail": status == "webmail",
        "mx_records": status != "invalid",
        "smtp_server": status != "invalid",
        "smtp_check": reached,
        "accept_all": status == "accept_all",
        "block": status == "unknown",
        "sources": [],
    }
