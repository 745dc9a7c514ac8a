"""LinkedIn profiles on RapidAPI, as their sheet describes them: a gateway, and behind it FreshData's two listings."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any, ClassVar
from urllib.parse import unquote

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.linkedin_bodies import profile
from enrich_cli.sandbox.person_vendor import PersonVendor
from enrich_cli.sandbox.subject import Subject, by_handle
from enrich_cli.sandbox.vendor import JSON, NOTHING, ONE, Call, Refusals, Refused, Reply, Route, as_json

_LISTINGS = {
    "web-scraping-api2.p.rapidapi.com": frozenset({"/get-personal-profile"}),
    "fresh-linkedin-profile-data.p.rapidapi.com": frozenset({"/enrich-lead", "/get-linkedin-profile"}),
}
_PROFILE_URL = re.compile(r"(?:https?://)?(?:[\w-]+\.)?linkedin\.com/in/([^/?#]+)/?(?:[?#].*)?", re.IGNORECASE)
_OPAQUE = re.compile(r"acoaa[\w-]+", re.IGNORECASE)
_CREDITS_OF_A_PROFILE = 2
_CREDITS = 4500
_UNREACHABLE = {
    "messages": "The API is unreachable, please contact the API provider",
    "info": "Your Client (working) ---> Gateway (working) ---> API (not working)",
}


class LinkedIn(PersonVendor):
    """Charges a profile, plus half a profile for each flag that is set, since a profile costs two credits.

    The sheet does not say what a miss costs: here half of the questions are charged for one. A profile names an
    employer only if the handle does; otherwise its owner is between jobs.
    """

    name = "linkedin"
    price = Money.parse("0.02")
    knows = 0.70
    refusals: ClassVar[Refusals] = {
        "no key": (401, "Invalid API key. Go to https://docs.rapidapi.com/docs/keys for more info."),
        "401": (401, "Invalid API key. Go to https://docs.rapidapi.com/docs/keys for more info."),
        "402": (402, "You have used up your plan."),
        "403": (403, "You are not subscribed to this API."),
        "404path": (404, "Endpoint '{call.path}' does not exist"),
        "429": (429, "You have exceeded the rate limit per minute for your plan, BASIC, by the API provider"),
        "credit": (
            429,
            "You have exceeded the MONTHLY quota for Credits on your current plan, BASIC. Upgrade your plan.",
        ),
        "500": (500, "Internal server error"),
    }

    def build_routes(self) -> dict[tuple[str, str], Route]:
        return {}

    def route_of(self, _call: Call) -> Route:
        """The gateway checks the key before the path."""
        return self._gateway

    def key_of(self, call: Call) -> str:
        return call.headers.get("X-RapidAPI-Key", "")

    def refusal(self, kind: str, call: Call) -> Reply:
        return self.error(502, "") if kind == "502" else super().refusal(kind, call)

    def error(self, status: int, words: str) -> Reply:
        headers = {**JSON, "X-RapidAPI-Proxy-Response": "true"}
        if status not in (401, 403, 404):
            headers |= self._meters(status, is_empty="quota" in words)
        return as_json(status, _UNREACHABLE if status in (502, 503, 504) else {"message": words}, headers)

    def _gateway(self, call: Call) -> Reply:
        if (paths := _LISTINGS.get(call.headers.get("X-RapidAPI-Host", "").lower())) is None:
            raise Refused(self.error(404, "API doesn't exists"))
        if call.method != "GET" or call.path not in paths:
            raise Refused(self.refusal("404path", call))
        return self._profile(call)

    def _profile(self, call: Call) -> Reply:
        subject = self._subject(call)
        finding = self.find(subject)
        draw = Draw(self.seed, self.name, "charge and shape", subject.key)
        is_charged = finding is not None or draw.chance(0.5)
        self.account.book(subject.key, finding is not None, _profiles(call) if is_charged else NOTHING)
        if finding is None:
            return self._miss(draw)
        return self._said(200, {"data": profile(finding, subject), "message": "ok"})

    def _miss(self, draw: Draw) -> Reply:
        """The vendor's own answer, without any sign of the gateway."""
        return draw.pick(
            (
                self._said(200, {"data": None, "message": "ok"}),
                self._said(200, {"data": {}, "message": "ok"}),
                self._said(200, {"data": None, "message": "profile not found"}),
                self._said(404, {"message": "Profile not found"}),
            )
        )

    def _subject(self, call: Call) -> Subject:
        url = _PROFILE_URL.fullmatch(call.query.get("linkedin_url", "").strip())
        if url is None:
            raise Refused(self._said(400, {"message": "linkedin_url is not the address of a person's profile"}))
        slug = unquote(url[1])
        if _OPAQUE.fullmatch(slug):
            return Subject(key=slug)
        return replace(by_handle(slug), linkedin=slug.lower())

    def _said(self, status: int, body: dict[str, Any]) -> Reply:
        return as_json(status, body, {**JSON, **self._meters(status)})

    def _meters(self, status: int, *, is_empty: bool = False) -> dict[str, str]:
        """Resets are in seconds from now."""
        used = self.account.units * _CREDITS_OF_A_PROFILE
        meters = {
            "x-ratelimit-requests-limit": "20000",
            "x-ratelimit-requests-remaining": str(20_000 - self.account.seen.total()),
            "x-ratelimit-requests-reset": "2588083",
            "x-ratelimit-credits-limit": str(_CREDITS),
            "x-ratelimit-credits-remaining": "0" if is_empty else str(_CREDITS - int(used)),
            "x-ratelimit-credits-reset": "2588083",
        }
        if status == 429 and not is_empty:
            meters |= {"x-ratelimit-limit": "20", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2"}
        return meters


def _profiles(call: Call) -> Fraction:
    """What a charged question costs, in profiles."""
    flags = sum(name.startswith("include_") and value == "true" for name, value in call.query.items())
    return ONE + Fraction(flags, _CREDITS_OF_A_PROFILE)
