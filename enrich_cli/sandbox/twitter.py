"""X (Twitter) API v2, as its sheet describes it: the public profile behind a handle, several handles, or an id."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import Any, ClassVar

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.person_vendor import PersonVendor
from enrich_cli.sandbox.subject import Subject, by_handle
from enrich_cli.sandbox.twitter_bodies import missing, partial_failure, problem, user
from enrich_cli.sandbox.vendor import JSON, NOTHING, ONE, Call, Refusals, Refused, Reply, Route, as_json

_BY_HANDLE = re.compile(r"/2/users/by/username/([^/]+)")
_BY_ID = re.compile(r"/2/users/(\d{1,19})")
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
_MOST_HANDLES = 100
_FIELDS = frozenset(
    (
        *("created_at", "description", "entities", "id", "location", "name", "profile_image_url", "protected"),
        *("public_metrics", "url", "username", "verified", "verified_type", "withheld"),
    )
)
_DEFAULT_FIELDS = frozenset({"id", "name", "username"})


class Twitter(PersonVendor):
    """Charges each user that it returns, including those that the vendor vaguely promises to repeat for free.

    An id that is not from the client's own records says nothing about a name, so somebody is drawn for it.
    """

    name = "twitter"
    price = Money.parse("0.01")
    knows = 0.60
    refusals: ClassVar[Refusals] = {
        "no key": (401, "Unauthorized"),
        "401": (401, "Unauthorized"),
        "402": (402, "credits-depleted"),
        "403": (403, "client-forbidden"),
        "404path": (404, ""),
        "429": (429, "Too Many Requests"),
        "credit": (402, "credits"),
        "500": (500, "Internal Server Error"),
    }

    def build_routes(self) -> dict[tuple[str, str], Route]:
        return {
            ("GET", "/2/users/by"): self._several,
            ("GET", "/2/users/search"): self._search,
            ("GET", "/2/usage/tweets"): self._usage,
        }

    def route_of(self, call: Call) -> Route | None:
        if call.method == "GET" and _BY_HANDLE.fullmatch(call.path):
            return self._one
        if call.method == "GET" and _BY_ID.fullmatch(call.path):
            return self._one_by_id
        return super().route_of(call)

    def key_of(self, call: Call) -> str:
        return call.bearer

    def error(self, status: int, words: str) -> Reply:
        return as_json(status, problem(status, words), _headers(status)) if words else Reply(status, b"", {})

    def _one(self, call: Call) -> Reply:
        fields = _fields(call)
        handle = call.path.rpartition("/")[2]
        _check_handles([handle], "username")
        return self._answer(_subject(handle), handle, "username", fields)

    def _one_by_id(self, call: Call) -> Reply:
        number = call.path.rpartition("/")[2]
        return self._answer(Subject(key=f"id {number}"), number, "id", _fields(call))

    def _several(self, call: Call) -> Reply:
        fields = _fields(call)
        handles = call.query.get("usernames", "").split(",")
        _check_handles(handles, "usernames")
        users, errors = [], []
        for handle in dict.fromkeys(map(str.lower, handles)):
            if (found := self._user(_subject(handle), handle, "username")) is None:
                errors.append(self._missing(handle, "usernames"))
            else:
                users.append(_only(found, fields))
        body: dict[str, Any] = {"data": users[::-1]} if users else {}
        return as_json(200, {**body, "errors": errors} if errors else body, _headers(200))

    def _answer(self, subject: Subject, asked: str, parameter: str, fields: frozenset[str]) -> Reply:
        found = self._user(subject, asked, parameter)
        draw = Draw(self.seed, self.name, "shape", subject.key)
        if found is None:
            error = self._missing(asked, parameter)
            if draw.chance(0.2):
                return as_json(404, {**error, "status": 404}, _headers(404))
            return as_json(200, {"errors": [error]}, _headers(200))
        body: dict[str, Any] = {"data": _only(found, fields)}
        if not subject.marks and draw.chance(0.03):
            body["errors"] = [partial_failure(draw)]
        return as_json(200, body, _headers(200))

    def _user(self, subject: Subject, asked: str, parameter: str) -> dict[str, Any] | None:
        """Look up and charge one user; None if there is none."""
        finding = self.find(subject)
        self.account.book(subject.key, finding is not None, ONE if finding else NOTHING)
        if finding is None:
            return None
        if parameter == "id":
            return user(finding, finding.person.twitter, finding.person.full_name, asked)
        is_named = bool(subject.given) or finding.mistaken
        name = finding.person.full_name if is_named else asked
        return user(finding, asked, name, str(finding.person.twitter_id))

    def _missing(self, asked: str, parameter: str) -> dict[str, Any]:
        is_suspended = Draw(self.seed, self.name, "suspended", asked.lower()).chance(0.15)
        return missing(asked, parameter, is_suspended=is_suspended)

    def _search(self, _call: Call) -> Reply:
        raise Refused(self.error(403, "unsupported-authentication"))

    def _usage(self, _call: Call) -> Reply:
        usage = {"project_id": "1234567890", "project_cap": "10000", "project_usage": "0", "cap_reset_day": 1}
        return as_json(200, {"data": usage}, _headers(200))


def _subject(handle: str) -> Subject:
    return replace(by_handle(handle), twitter=handle.lower())


def _fields(call: Call) -> frozenset[str]:
    """The requested fields; raises Refused for one that does not exist."""
    asked = [field for field in call.query.get("user.fields", "").split(",") if field]
    if unknown := [field for field in asked if field not in _FIELDS]:
        raise Refused(_invalid("user.fields", unknown, "is not one of the fields that there are"))
    return _DEFAULT_FIELDS.union(asked)


def _only(found: dict[str, Any], fields: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name in fields}


def _check_handles(handles: list[str], parameter: str) -> None:
    if bad := [handle for handle in handles if not _HANDLE.fullmatch(handle)]:
        raise Refused(_invalid(parameter, bad, "does not match ^[A-Za-z0-9_]{1,15}$"))
    if len(handles) > _MOST_HANDLES:
        raise Refused(_invalid(parameter, handles, f"has more than {_MOST_HANDLES} values"))


def _invalid(parameter: str, values: list[str], trouble: str) -> Reply:
    message = f"The `{parameter}` query parameter value [{','.join(values)}] {trouble}"
    error = {"parameters": {parameter: values}, "message": message}
    return as_json(400, {"errors": [error], **problem(400, "invalid-request")}, _headers(400))


def _headers(status: int) -> dict[str, str]:
    is_limited = status == 429
    return {
        **JSON,
        "x-rate-limit-limit": "300",
        "x-rate-limit-remaining": "0" if is_limited else "299",
        "x-rate-limit-reset": str(int(time.time()) + (2 if is_limited else 900)),
    }
