"""Clearbit person enrichment v2, as its sheet describes it: who is behind one e-mail address."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any, ClassVar

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.clearbit_shape import who_and_where
from enrich_cli.sandbox.people import Person
from enrich_cli.sandbox.person_vendor import Finding, PersonVendor
from enrich_cli.sandbox.subject import Subject, by_email, exists
from enrich_cli.sandbox.vendor import JSON, NOTHING, ONE, Call, Refusals, Refused, Reply, Route, as_json

_OPTIONAL = (
    *("location", "timeZone", "utcOffset", "geo", "bio", "site", "avatar", "gender", "employment", "facebook"),
    *("github", "twitter", "linkedin", "googleplus", "gravatar", "phone", "activeAt", "inactiveAt"),
)


class Clearbit(PersonVendor):
    """Charges one lookup at its first 200, 202 or 404; asking again after that is a new lookup.

    If the first answer was a 202, asking again is polling until another answer arrives.
    """

    name = "clearbit"
    price = Money.parse("0.10")
    knows = 0.55
    queues = 0.05
    refusals: ClassVar[Refusals] = {
        "no key": (401, "auth_required"),
        "401": (401, "invalid_api_key"),
        "402": (402, "over_quota"),
        "404path": (404, "unknown_route"),
        "429": (429, "rate_limit"),
        "credit": (402, "over_quota"),
        "500": (500, "api_error"),
    }

    def build_routes(self) -> dict[tuple[str, str], Route]:
        return {("GET", "/v2/people/find"): self._people_find}

    def reset(self) -> None:
        super().reset()
        self._open: set[str] = set()

    def key_of(self, call: Call) -> str:
        return call.bearer or call.basic[0]

    def error(self, status: int, words: str) -> Reply:
        return _error(status, words)

    def _people_find(self, call: Call) -> Reply:
        subject = _subject(call)
        from_cache = call.query.get("cached") == "true" and "forever" not in subject.marks
        waits = 0 if from_cache else self.still_looking(subject.key, subject)
        return self._pending(subject, waits) if waits else self._final(subject)

    def _pending(self, subject: Subject, waits: int) -> Reply:
        self._charge(subject, found=None)
        self._open.add(subject.key)
        # The vendor says it in both ways.
        return Reply(202, b"", _headers(202)) if waits % 2 else _error(202, "queued")

    def _final(self, subject: Subject) -> Reply:
        finding = self.find(subject)
        self._charge(subject, found=finding is not None)
        if finding is None:
            return replace(_error(404, "unknown_record"), closes=subject.key)
        return replace(as_json(200, _record(finding, subject), _headers(200)), closes=subject.key)

    def arrived(self, reply: Reply) -> None:
        self._open.discard(reply.closes)

    def _charge(self, subject: Subject, *, found: bool | None) -> None:
        """Book an answer: free as long as the lookup that was charged at its first answer is still open."""
        self.account.book(subject.key, found, NOTHING if subject.key in self._open else ONE)


def _subject(call: Call) -> Subject:
    query = call.query
    if not query.get("email"):
        raise Refused(_error(400, "params_invalid"))
    subject = by_email(
        query["email"],
        given=query.get("given_name", ""),
        family=query.get("family_name", ""),
        company=query.get("company", ""),
        domain=query.get("company_domain", ""),
    )
    if subject is None or not exists(subject.mail_host) or (subject.is_role and not subject.marks):
        raise Refused(_error(422, "email_invalid"))
    return subject


def _headers(status: int) -> dict[str, str]:
    return {
        **JSON,
        "x-api-version": "2019-12-19",
        "X-RateLimit-Limit": "600",
        "X-RateLimit-Remaining": "0" if status == 429 else "599",
        "X-RateLimit-Reset": str(int(time.time()) + 2),
    }


def _error(status: int, kind: str) -> Reply:
    message = f"The request was not served: {kind.replace('_', ' ')}."
    return as_json(status, {"error": {"type": kind, "message": message}}, _headers(status))


def _record(finding: Finding, subject: Subject) -> dict[str, Any]:
    person, draw = finding.person, finding.draw
    fuzzy = not finding.full and draw.chance(0.5 if finding.mistaken else 0.02)
    record = {
        **who_and_where(person, subject.email),
        "bio": person.bio if finding.full or draw.chance(0.8) else "",
        "site": person.site,
        "avatar": f"https://img.example.com/{person.twitter}.png",
        "gender": None,
        "employment": {
            "domain": person.domain,
            "name": person.company,
            "title": person.job.title,
            "role": person.job.role,
            "subRole": person.job.sub_role,
            "seniority": person.job.seniority,
        },
        "facebook": {"handle": None},
        "github": dict.fromkeys(("handle", "id", "avatar", "company", "blog", "followers", "following")),
        "twitter": _twitter(person, id_as_text=draw.chance(0.3)),
        "linkedin": {"handle": person.linkedin if draw.chance(0.1) else f"in/{person.linkedin}"},
        "googleplus": {"handle": None},
        "gravatar": {"handle": None, "urls": [], "avatar": None, "avatars": []},
        "fuzzy": fuzzy,
        "emailProvider": subject.free_mail,
        "phone": person.phone,
        "indexedAt": f"{draw.day(2026, months=10)}T00:00:00.000Z",
        "activeAt": draw.day(2026, months=10),
        "inactiveAt": None,
    }
    return finding.without(record, _OPTIONAL)


def _twitter(person: Person, *, id_as_text: bool) -> dict[str, Any]:
    return {
        "handle": person.twitter,
        "id": str(person.twitter_id) if id_as_text else person.twitter_id,
        "bio": person.bio,
        "followers": person.twitter_followers,
        "following": person.twitter_id % 211,
        "statuses": person.twitter_id % 1999,
        "favorites": person.twitter_id % 53,
        "location": person.town.city,
        "site": None,
        "avatar": None,
    }
