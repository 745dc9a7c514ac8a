"""The truth about an invented company's Facebook Page, and about the Pages that look like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.subject import by_company, slug
from enrich_cli.sandbox.words import TOWNS, Town

Kind = Literal["own", "namesake", "fans"]
KINDS: tuple[Kind, ...] = ("own", "namesake", "fans")
_PLACES = {str(place): kind for place, kind in enumerate(KINDS, start=1)}
_ZIPS = {
    "Springfield": "62701", "Portland": "97201", "Austin": "78701", "Denver": "80202", "Boston": "02108",
    "Atlanta": "30303", "Madison": "53703", "Tucson": "85701",
}  # fmt: skip
_STREETS = ("Main St", "Oak Ave", "Mill Rd", "Station St", "Harbor Blvd")
_CATEGORIES = ("Industrial Company", "Local Business", "Company", "Product/Service")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A Page of a company that does not exist."""

    id: str
    kind: Kind
    name: str
    username: str
    category: str
    street: str
    town: Town
    zip: str
    phone: str
    domain: str
    """Of its website; empty when it has none."""
    founded: int
    followers: int
    verified: bool


def page_of(seed: int, asked: str, kind: Kind = "own") -> Page:
    """The Page of the company asked for (`by_company`); a namesake's, in another town; or one of its fans."""
    subject = by_company(asked)
    draw = Draw(seed, "company", subject.key, *(() if kind == "own" else (kind,)))
    town = draw.pick(TOWNS if kind == "own" else [town for town in TOWNS if town != page_of(seed, asked).town])
    suffix = {"own": "", "namesake": f"-{slug(town.city)}", "fans": "-fans"}[kind]
    label = f"{slug(subject.company) or 'company'}{suffix}"
    mark = ".hit" if "hit" in subject.marks and kind == "own" else ""
    return Page(
        id=page_id(asked, kind),
        kind=kind,
        name=f"{subject.company} Fans" if kind == "fans" else subject.company,
        username=f"{label.replace('-', '.')}{mark}",
        category="Community" if kind == "fans" else draw.pick(_CATEGORIES),
        street=f"{draw.number(1, 990)} {draw.pick(_STREETS)}",
        town=town,
        zip=_ZIPS[town.city],
        phone=f"+1 {town.area_code}-555-01{draw.number(0, 99):02}",
        domain="" if kind == "fans" else f"{label}.example",
        founded=draw.number(1950, 2020),
        followers=draw.number(20, 60_000),
        verified=kind == "own" and draw.chance(0.3),
    )


def page_id(asked: str, kind: Kind) -> str:
    """What was asked for, in digits, so that a Page can be asked for by its id alone, at another time and place."""
    return str(int.from_bytes(f"{KINDS.index(kind) + 1}{asked[:_LONGEST_NAME]}".encode(errors="replace")))


def read_page_id(number: str) -> tuple[str, Kind] | None:
    """What was asked for, and the kind of Page; None for a number that is no Page's id."""
    if len(number) > 10 * _LONGEST_NAME:
        return None
    value = int(number)
    text = value.to_bytes((value.bit_length() + 7) // 8).decode(errors="ignore")
    place, asked = text[:1], text[1:]
    if place not in _PLACES or not asked.strip() or not asked.isprintable():
        return None
    return asked, _PLACES[place]
