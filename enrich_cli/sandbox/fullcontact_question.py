"""Reads and checks the question of FullContact's `person.enrich`, according to its sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import orjson

from enrich_cli.sandbox.subject import Subject, by_email, by_handle, split_name
from enrich_cli.sandbox.words import Town

_IDENTIFIERS = ("email", "emails", "phone", "phones", "profiles", "name", "location")
_OTHERS = frozenset({"confidence", "dataFilter", "infer", "webhookUrl", "maxMaids", "recordId", "personId", "maids"})
_LOCATION = frozenset({"addressLine1", "addressLine2", "city", "region", "regionCode", "postalCode", "country"})
_CONFIDENCES = ("LOW", "MED", "HIGH", "MAX")
_SERVICES = {"linkedin.com": "linkedin", "twitter.com": "twitter", "x.com": "twitter"}
_MOST_VALUES = 25
_PHONE = re.compile(r"\+[1-9]\d{6,14}|\d{10}")


class BadQuestion(Exception):
    """A question that the vendor refuses; `member` is the member of the error body that holds the status."""

    def __init__(self, status: int, message: str, member: str = "status") -> None:
        super().__init__(message)
        self.status, self.message, self.member = status, message, member


@dataclass(frozen=True, slots=True)
class Question:
    """Who is asked about, and what the question says about them."""

    text: str
    """The same for the same identifiers in another order or case."""
    subject: Subject
    location: Mapping[str, str]

    def place(self, town: Town, *, asked: bool) -> dict[str, str]:
        """Where the person lives: as in the question if it says so, else in the town. Always has `formatted`."""
        if not self.location or not asked:
            return {
                "label": "home",
                "city": town.city,
                "region": town.state,
                "regionCode": town.state_code,
                "country": "United States",
                "countryCode": "US",
                "formatted": town.label,
            }
        said = {part: text for part, text in self.location.items() if not part.startswith("address")}
        parts = (said.get("city"), said.get("region") or said.get("regionCode"), said.get("country"))
        return {"label": "home", **said, "formatted": ", ".join(filter(None, parts)) or said.get("postalCode", "")}


def read_question(raw: bytes) -> Question:
    """Read a request's body; raises BadQuestion."""
    body = _checked(raw)
    emails, phones = _values(body, "email"), _values(body, "phone")
    owners = [owner for email in emails if (owner := by_email(email))]
    if len(owners) < len(emails) or not all(map(_PHONE.fullmatch, phones)):
        raise BadQuestion(400, "Bad email or phone")
    given, family = _name(body["name"]) if "name" in body else ("", "")
    location = _location(body["location"]) if "location" in body else {}
    phone, handles = next(iter(phones), ""), _handles(body.get("profiles", []))
    if owners:
        subject = owners[0]
    elif phone or handles:
        subject = by_handle(handles.get("linkedin") or next(iter(handles.values()), ""))
        subject = replace(subject, key=phone or subject.key)
    else:
        subject = Subject(key=_by_address(given, family, location))
    subject = replace(
        subject,
        given=given or subject.given,
        family=family or subject.family,
        phone=phone,
        linkedin=handles.get("linkedin", ""),
        twitter=handles.get("twitter", ""),
    )
    asked = {member: body[member] for member in _IDENTIFIERS if member in body}
    return Question(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS).decode().lower(), subject, location)


def _checked(raw: bytes) -> dict[str, Any]:
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        raise BadQuestion(400, "Unable to process JSON")
    for member, value in body.items():
        if member not in _IDENTIFIERS and member not in _OTHERS:
            raise BadQuestion(422, f"Invalid parameter: {member}")
        if value is None or value in ("", [], {}):
            raise BadQuestion(400, f"Empty field: {member}")
        if isinstance(value, list) and len(value) > _MOST_VALUES:
            raise BadQuestion(400, f"More than {_MOST_VALUES} values: {member}", member="code")
    if body.get("confidence", "HIGH") not in _CONFIDENCES:
        raise BadQuestion(422, "Invalid parameter: confidence")
    return body


def _values(body: dict[str, Any], member: str) -> list[str]:
    """The values of `email` and `emails`, or of `phone` and `phones`."""
    plural = body.get(f"{member}s", [])
    values = [body[member]] if member in body else []
    values += plural if isinstance(plural, list) else [plural]
    if not all(isinstance(value, str) for value in values):
        raise BadQuestion(400, f"Bad field: {member}")
    return values


def _texts(value: object, member: str) -> dict[str, str]:
    """An object whose members are all non-empty texts."""
    if not isinstance(value, dict) or not all(isinstance(text, str) and text for text in value.values()):
        raise BadQuestion(400, f"Bad field: {member}")
    return value


def _name(value: object) -> tuple[str, str]:
    """Given and family name; two empty texts for half a name, which does not count."""
    name = _texts(value, "name")
    if "full" in name:
        return split_name(name["full"])
    return (name["given"], name["family"]) if name.keys() >= {"given", "family"} else ("", "")


def _location(value: object) -> dict[str, str]:
    location = _texts(value, "location")
    if unknown := location.keys() - _LOCATION:
        raise BadQuestion(422, f"Invalid parameter: location.{min(unknown)}")
    if not re.fullmatch(r"[A-Z]{2}", location.get("regionCode", "XX")):
        raise BadQuestion(400, "Bad field: location.regionCode")
    return location


def _handles(profiles: object) -> dict[str, str]:
    """Service → handle."""
    if not isinstance(profiles, list):
        raise BadQuestion(400, "Bad field: profiles")
    return dict(_handle(_texts(profile, "profiles")) for profile in profiles)


def _handle(profile: dict[str, str]) -> tuple[str, str]:
    if "url" in profile:
        url = urlsplit(profile["url"])
        host = (url.hostname or "").removeprefix("www.")
        return _SERVICES.get(host, host), url.path.rstrip("/").rpartition("/")[2].lower()
    if "service" in profile and (handle := profile.get("username") or profile.get("userid")):
        return profile["service"], handle.lower()
    raise BadQuestion(400, "Incomplete field: profiles")


def _by_address(given: str, family: str, location: Mapping[str, str]) -> str:
    if not given and not location:
        raise BadQuestion(422, "Missing parameter: no identifier")
    region = location.get("region") or location.get("regionCode")
    placed = "addressLine1" in location and ("postalCode" in location or ("city" in location and region))
    if not given or not placed:
        raise BadQuestion(400, "Incomplete fields: a name needs an address, and an address a name")
    return f"{given} {family}, {location['addressLine1']}".lower()
