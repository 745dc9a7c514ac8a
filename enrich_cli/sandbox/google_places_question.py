"""What a text search asks for: a business and a place in one line, or only a phone number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import orjson

from enrich_cli.sandbox.companies import LEGAL_FORMS, Place
from enrich_cli.sandbox.states import state_called

_PHONE = re.compile(r"\+?\d[\d ().-]{5,}\d")
_STATE_AND_ZIP = re.compile(r"(?:(?P<state>[A-Za-z .]+) )?(?P<postal_code>\d{5})(?:-\d{4})?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")
_COUNTRIES = {
    "us": "US", "usa": "US", "united states": "US", "united states of america": "US",
    "uk": "GB", "gb": "GB", "united kingdom": "GB", "canada": "CA", "germany": "DE", "france": "FR", "ireland": "IE",
}  # fmt: skip
_MOST = 20


class BadQuestion(Exception):
    """The body is not one that the sheet allows; the text says why, in the vendor's style."""


@dataclass(frozen=True, slots=True)
class Question:
    """One text search. `text` identifies the question."""

    text: str
    company: str
    place: Place
    phone: str
    size: int
    """The most places to return."""
    wants_service_areas: bool


def read_question(body: bytes) -> Question:
    """Read a request's body. Raises BadQuestion."""
    fields = _loaded(body)
    text = fields.get("textQuery")
    if not isinstance(text, str) or not text.strip():
        raise BadQuestion("Empty text_query.")
    language, size = fields.get("languageCode", "en"), fields.get("pageSize", _MOST)
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise BadQuestion("Invalid language_code.")
    if not isinstance(size, int) or size < 0:
        raise BadQuestion("page_size must not be negative.")
    region = fields.get("regionCode", "")
    if not isinstance(region, str) or (region and not re.fullmatch(r"[A-Za-z]{2}", region)):
        raise BadQuestion("Invalid region_code.")
    plain = " ".join(text.split())
    is_phone = bool(_PHONE.fullmatch(plain))
    company, place = ("", Place(country=region.upper() or "US")) if is_phone else _read_line(plain, region)
    return Question(
        text=plain.casefold(),
        company=company,
        place=place,
        phone=f"+{re.sub(r'[^0-9]', '', plain)}" if is_phone else "",
        size=min(size or _MOST, _MOST),
        wants_service_areas=fields.get("includePureServiceAreaBusinesses") is True,
    )


def _loaded(body: bytes) -> dict[str, Any]:
    try:
        fields = orjson.loads(body)
    except orjson.JSONDecodeError:
        fields = None
    if not isinstance(fields, dict):
        raise BadQuestion("Invalid JSON payload received.")
    return fields


def _read_line(line: str, region: str) -> tuple[str, Place]:
    """Split `company, address, city, state postal_code, country`, from its end; any part may be missing."""
    company, *parts = [part.strip() for part in line.split(",") if part.strip()] or [line]
    if parts and parts[0].split()[0].casefold().replace(".", "") in LEGAL_FORMS:
        company = f"{company} {parts.pop(0)}"
    country = region.upper()
    if parts and (said := _country_called(parts[-1], region)):
        country, _ = said, parts.pop()
    country = country or "US"
    state, postal_code = "", ""
    if parts and country == "US":
        if match := _STATE_AND_ZIP.fullmatch(parts[-1]):
            state, postal_code = match["state"] or "", match["postal_code"]
            parts.pop()
        elif state_called(parts[-1]):
            state = parts.pop()
        if postal_code and not state and parts and state_called(parts[-1]):
            state = parts.pop()
    elif parts and any(map(str.isdigit, parts[-1])) and not parts[-1][0].isdigit():
        postal_code = parts.pop()
    city = parts.pop() if parts and not any(map(str.isdigit, parts[-1])) else ""
    return company, Place(street=", ".join(parts), city=city, state=state, postal_code=postal_code, country=country)


def _country_called(text: str, region: str) -> str:
    folded = text.casefold()
    return region.upper() if folded == region.casefold() else _COUNTRIES.get(folded, "")
