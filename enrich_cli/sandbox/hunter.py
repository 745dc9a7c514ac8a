"""Hunter.io v2, as its sheet describes it: a person by e-mail or handle, an e-mail by name, a verdict on an e-mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

import orjson

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.bill import decimal_text
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.hunter_bodies import address_found, person_found, verdict
from enrich_cli.sandbox.person_vendor import PersonVendor
from enrich_cli.sandbox.subject import Subject, by_email, by_handle, exists, slug, split_name
from enrich_cli.sandbox.vendor import HTML, NOTHING, Call, Refusals, Refused, Reply, Route, as_json

_ENRICHMENT = Fraction(1, 5)
_FINDER = Fraction(1)
_VERIFIER = Fraction(1, 2)
_CREDITS = 50_000
_NO_SUCH_PAGE = Reply(404, b"<html><head><title>404 Not Found</title></head></html>", HTML)
_RESET_DATE = "2026-12-01"


class Hunter(PersonVendor):
    """Charges hits, in credits. Too many requests are a 403 here, and used-up credits a 429."""

    name = "hunter"
    price = Money.parse("0.0245")
    knows = 0.65
    queues = 0.05
    refusals: ClassVar[Refusals] = {
        "no key": (401, "authentication_failed"),
        "401": (401, "authentication_failed"),
        "429": (403, "too_many_requests"),
        "credit": (429, "usage_exceeded"),
        "500": (500, "server_error"),
    }

    def build_routes(self) -> dict[tuple[str, str], Route]:
        return {
            ("GET", "/v2/people/find"): self._people_find,
            ("GET", "/v2/email-finder"): self._email_finder,
            ("GET", "/v2/email-verifier"): self._email_verifier,
            ("GET", "/v2/account"): self._account,
            ("GET", "/v2/usage"): self._usage,
        }

    def key_of(self, call: Call) -> str:
        return call.headers.get("X-API-KEY") or call.bearer or call.query.get("api_key", "")

    def refusal(self, kind: str, call: Call) -> Reply:
        return _NO_SUCH_PAGE if kind == "404path" else super().refusal(kind, call)

    def error(self, status: int, words: str) -> Reply:
        return _error(status, words)

    def _people_find(self, call: Call) -> Reply:
        if handle := call.query.get("linkedin_handle"):
            subject, asked = _by_linkedin(handle), {"linkedin_handle": handle}
        elif email := call.query.get("email"):
            subject, asked = _by_email(email), {"email": email}
        else:
            raise Refused(_error(400, "wrong_params", "Either `email` or `linkedin_handle` is required."))
        finding = self.find(subject)
        self._book(call, subject, found=finding is not None, price=_ENRICHMENT)
        if finding is None:
            return _error(404, "not_found", "Nobody was found.")
        return as_json(200, {"data": person_found(finding, subject), "meta": asked})

    def _email_finder(self, call: Call) -> Reply:
        query = call.query
        _check_duration(query.get("max_duration", "10"))
        subject = _by_linkedin(handle) if (handle := query.get("linkedin_handle")) else _by_name(query)
        finding = self.find(subject)
        self._book(call, subject, found=finding is not None, price=_FINDER)
        names = ("first_name", "last_name", "full_name", "domain", "company", "max_duration")
        data = address_found(finding, subject, self._status_of)
        return as_json(200, {"data": data, "meta": {"params": {name: query.get(name) for name in names}}})

    def _email_verifier(self, call: Call) -> Reply:
        if not (email := call.query.get("email")):
            raise Refused(_error(400, "wrong_params", "The parameter `email` is required."))
        subject = _by_email(email)
        if self.still_looking(f"{call.path} {subject.key}", subject):
            self._book(call, subject, found=None)
            return as_json(202, {"data": {"message": "Still running, ask again."}})
        status = self._status_of(subject)
        if status == "unknown":
            return self._unverified(call, subject)
        self._book(call, subject, found=True, price=_VERIFIER)
        return as_json(200, {"data": verdict(subject, status), "meta": {"params": {"email": email}}})

    def _unverified(self, call: Call, subject: Subject) -> Reply:
        """The mail server revealed nothing. The sheet does not say what that costs: half of the
        questions are charged.
        """
        draw = Draw(self.seed, self.name, "unverified", subject.key)
        self._book(call, subject, found=False, price=_VERIFIER if draw.chance(0.5) else NOTHING)
        if draw.chance(0.5):
            return Reply(222)
        return as_json(200, {"data": verdict(subject, "unknown"), "meta": {"params": {"email": subject.email}}})

    def _status_of(self, subject: Subject) -> str:
        """What a verification says about the subject's address."""
        if not exists(subject.mail_host) or "miss" in subject.marks:
            return "invalid"
        if subject.free_mail:
            return "webmail"
        if subject.marks:
            return "valid"
        share = Draw(self.seed, self.name, "verifier", subject.email).share()
        odds = (("valid", 0.72), ("accept_all", 0.84), ("invalid", 0.93), ("disposable", 0.96))
        return next((status for status, below in odds if share < below), "unknown")

    def _book(self, call: Call, subject: Subject, *, found: bool | None, price: Fraction = NOTHING) -> None:
        charged = price if found or call.path.endswith("verifier") else NOTHING
        self.account.book(f"{call.path} {subject.key}", found, charged)

    def _account(self, _call: Call) -> Reply:
        used = {"used": self._used(), "available": _CREDITS}
        data = {
            "first_name": "Olive",
            "last_name": "Owner",
            "email": "olive.owner@example.com",
            "plan_name": "Starter",
            "plan_level": 1,
            "reset_date": _RESET_DATE,
            "calls": {"_deprecation_notice": "Use `requests` instead of `calls`.", **used},
            "requests": {"credits": used, "searches": used, "verifications": used},
        }
        return as_json(200, {"data": data})

    def _usage(self, _call: Call) -> Reply:
        left = orjson.Fragment(decimal_text(_CREDITS - self.account.units))
        credit = {"used": self._used(), "available": _CREDITS, "remaining": left}
        return as_json(200, {"data": {"reset_date": _RESET_DATE, "requests": {"credits": credit}}})

    def _used(self) -> orjson.Fragment:
        return orjson.Fragment(decimal_text(self.account.units))


def _error(status: int, kind: str, details: str = "The request was not served.") -> Reply:
    return as_json(status, {"errors": [{"id": kind, "code": status, "details": details}]})


def _by_email(email: str) -> Subject:
    if (subject := by_email(email)) is None:
        raise Refused(_error(400, "invalid_email", "This is no e-mail address."))
    if "objects" in subject.marks:
        raise Refused(_error(451, "claimed_email", "The owner of this address asked not to be processed."))
    return subject


def _by_linkedin(handle: str) -> Subject:
    if "/" in handle:
        raise Refused(_error(400, "wrong_params", "`linkedin_handle` is the last part of the profile's address."))
    return replace(by_handle(handle), linkedin=handle.lower())


def _by_name(query: Mapping[str, str]) -> Subject:
    given, family = query.get("first_name", ""), query.get("last_name", "")
    for text, kind in ((given, "first_name"), (family, "last_name"), (query.get("full_name", ""), "full_name")):
        if len(text) > 100 or "*" in text or not (text.isprintable()):
            raise Refused(_error(400, f"invalid_{kind}", "This is no name."))
    if not (given and family):
        given, family = split_name(query.get("full_name", ""))
    domain, company = query.get("domain", "").lower(), query.get("company", "")
    if not family or not (domain or company):
        raise Refused(_error(400, "wrong_params", "A name and a domain or a company are required."))
    if domain and not exists(domain):
        raise Refused(_error(400, "invalid_domain", "This domain receives no mail."))
    host = domain or f"{slug(company) or 'company'}.example"
    address = f"{slug(f'{given} {family}').replace('-', '.') or 'mail'}@{host}"
    return Subject(key=address, given=given, family=family, email=address, company=company, domain=domain)


def _check_duration(text: str) -> None:
    if not text.isdecimal() or not 3 <= int(text) <= 20:
        raise Refused(_error(400, "invalid_max_duration", "`max_duration` is a number of seconds from 3 to 20."))
