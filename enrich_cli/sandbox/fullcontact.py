"""FullContact V3 person enrichment, as its sheet describes it: one JSON question with many identifiers."""

from __future__ import annotations

from typing import Any, ClassVar

import orjson

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.fullcontact_question import BadQuestion, Question, read_question
from enrich_cli.sandbox.person_vendor import Finding, PersonVendor
from enrich_cli.sandbox.vendor import JSON, NOTHING, Call, Refusals, Refused, Reply, Route, as_json

# The vendor, too, has static placeholders here.
_HEADERS = {
    **JSON,
    "X-FullContact-RateDelay": "0",
    "X-Rate-Limit": "6000",
    "X-Rate-Limit-Remaining": "6000",
    "X-Rate-Limit-Reset": "60",
}
_OPTIONAL = (
    *("ageRange", "gender", "location", "title", "organization", "twitter", "linkedin", "bio", "avatar", "website"),
    "details",
)
_OPTIONAL_DETAILS = ("emails", "phones", "profiles", "locations", "employment", "photos", "education", "urls")


class FullContact(PersonVendor):
    """Charges every hit. The sheet does not say what a miss costs: here half of the questions are charged for one."""

    name = "fullcontact"
    price = Money.parse("0.05")
    knows = 0.60
    queues = 0.05
    refusals: ClassVar[Refusals] = {
        "no key": (403, "API Key is missing or invalid for this request"),
        "401": (401, "401: Invalid access token: {call.bearer}"),
        "403": (403, "API Key is missing or invalid for this request"),
        "404path": (404, "Endpoint {call.method} {call.path} not found"),
        "429": (429, "Too many requests"),
        "credit": (403, "Usage limit of your plan exceeded"),
        "500": (500, "The request can't be served"),
    }

    def build_routes(self) -> dict[tuple[str, str], Route]:
        return {("POST", "/v3/person.enrich"): self._enrich, ("POST", "/v3/stats.get"): self._stats}

    def key_of(self, call: Call) -> str:
        return call.bearer

    def error(self, status: int, words: str) -> Reply:
        headers = {**_HEADERS, "Retry-After": "1"} if status == 503 else _HEADERS
        return as_json(status, {"status": status, "message": words}, headers)

    def _enrich(self, call: Call) -> Reply:
        try:
            question = read_question(call.body)
        except BadQuestion as bad:
            raise Refused(as_json(bad.status, {bad.member: bad.status, "message": bad.message}, _HEADERS)) from None
        if self.still_looking(question.text, question.subject):
            self.account.book(question.text, None, NOTHING)
            return as_json(202, self._queued(question), _HEADERS)
        finding = self.find(question.subject)
        self.book_unsure(question.text, found=finding is not None)
        if finding is None:
            return self.error(404, "Profile not found")
        return as_json(200, _profile(finding, question), _HEADERS)

    def _queued(self, question: Question) -> dict[str, Any]:
        return {
            "status": 202,
            "message": "Queued for search. Please retry your query within about 2 minutes.",
            "requestId": Draw(self.seed, self.name, question.text).uuid(),
        }

    def _stats(self, call: Call) -> Reply:
        if call.body and not isinstance(_loaded(call.body), dict):
            raise Refused(self.error(400, "Unable to process JSON"))
        hits, misses = self.account.hits, self.account.misses
        enrichment = {
            "matches": {"count": hits, "quota": 10_000, "overQuota": False},
            "misses": {"count": misses, "quota": None, "overQuota": False},
            "total": {"count": hits + misses},
        }
        plan = {"name": "plan_12345", "period": "yearly", "baseCost": 1000, "daysRemainingInPeriod": 137}
        period = {"start": "2026-04-10T00:00:00Z", "end": "2027-04-10T00:00:00Z"}
        stats = {"person": {"enrichment": enrichment}}
        return as_json(200, {"period": period, "plan": plan, "stats": stats}, _HEADERS)


def _loaded(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _profile(finding: Finding, question: Question) -> dict[str, Any]:
    person, draw = finding.person, finding.draw
    place = question.place(person.town, asked=not finding.mistaken)
    details = finding.without(_details(finding, place), _OPTIONAL_DETAILS)
    new_host = not finding.full and draw.chance(0.1)
    profile = {
        "fullName": person.full_name,
        "ageRange": _age_range(person.age),
        "gender": draw.pick(("Female", "Male")),
        "location": place["formatted"],
        "title": person.job.title,
        "organization": person.company,
        "twitter": f"https://x.com/{person.twitter}?lang=en" if new_host else person.twitter_url,
        "linkedin": person.linkedin_url,
        "facebook": None,
        "bio": person.bio,
        "avatar": f"https://img.example.com/{person.twitter}.png",
        "website": person.site,
        "details": details,
        "updated": draw.day(2026, months=10),
    }
    return finding.without(profile, _OPTIONAL)


def _details(finding: Finding, place: dict[str, str]) -> dict[str, Any]:
    person = finding.person
    return {
        "name": {"given": person.given, "family": person.family, "full": person.full_name},
        "age": {"range": _age_range(person.age), "value": person.age},
        "emails": [{"label": "work", "value": person.email}],
        "phones": [{"label": "work", "value": person.phone}],
        "profiles": {
            "twitter": _on("twitter", person.twitter, person.twitter_url, person.bio),
            "linkedin": _on("linkedin", person.linkedin, person.linkedin_url, person.bio),
        },
        "locations": [place],
        "employment": _employment(finding),
        "photos": [{"label": "avatar", "value": f"https://img.example.com/{person.twitter}.png"}],
        "education": [{"name": "Example University", "degree": "BSc", "end": {"year": 2026 - person.age + 22}}],
        "urls": [{"value": person.site}],
        "interests": [],
    }


def _on(service: str, handle: str, url: str, bio: str) -> dict[str, str]:
    return {"username": handle, "url": url, "bio": bio, "service": service}


def _employment(finding: Finding) -> list[dict[str, Any]]:
    person, draw = finding.person, finding.draw
    year, month = person.since
    current: dict[str, Any] = {
        "name": person.company,
        "domain": person.domain,
        "current": True,
        "title": person.job.title,
        "start": {"year": year, "month": month if finding.full or draw.chance(0.9) else 0},
    }
    if not finding.full and draw.chance(0.4):
        del current["domain"]
    earlier = {
        "name": person.earlier_company,
        "current": not finding.full and draw.chance(0.06),
        "title": person.earlier_job.title,
        "start": {"year": year - 4},
    }
    if not earlier["current"]:
        earlier["end"] = {"year": year, "month": month, "day": 28}
    return [current, earlier]


def _age_range(age: int) -> str:
    low = age - (age - 5) % 10
    return f"{low}-{low + 9}"
