"""The truth about an invented company's Facebook Page, and about the Pages that look like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from enrich_cli.sandbox.companies import Place, business_behind, completed, invented_street
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.states import STATES, fictional_phone
from enrich_cli.sandbox.subject import by_company, slug

Kind = Literal["own", "namesake", "fans"]
KINDS: tuple[Kind, ...] = ("own", "namesake", "fans")
_PLACES = {str(place): kind for place, kind in enumerate(KINDS, start=1)}
_CATEGORIES = ("Industrial Company", "Local Business", "Company", "Product/Service")
_LONGEST_NAME = 100
_TLD = ".example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A Page of a company that does not exist."""

    id: str
    kind: Kind
    name: str
    username: str
    category: str
    place: Place
    phone: str
    """E.164."""
    domain: str
    """The host of its website; empty if it has none."""
    founded: str
    """The year."""
    followers: int
    verified: bool


def page_of(seed: int, asked: str, kind: Kind = "own") -> Page:
    """The Page of the company asked for (`by_company`); that of a namesake in another state; or a fan's."""
    subject = by_company(asked)
    business = business_behind(seed, subject.company)
    draw = Draw(seed, "page", subject.key, kind)
    home = draw.pick([state for state in STATES if state.code != business.place.state])
    elsewhere = completed(Place(), home, invented_street(draw))
    place = business.place if kind == "own" else elsewhere
    suffix = {"own": "", "namesake": f"-{slug(place.city)}", "fans": "-fans"}[kind]
    mark = ".hit" if "hit" in subject.marks and kind == "own" else ""
    return Page(
        id=page_id(asked, kind),
        kind=kind,
        name=f"{business.name} Fans" if kind == "fans" else business.name,
        username=f"{slug(subject.company) or 'company'}{suffix}".replace("-", ".") + mark,
        category="Community" if kind == "fans" else draw.pick(_CATEGORIES),
        place=place,
        phone=business.phone if kind == "own" else fictional_phone(home.area_code, draw.number(0, 99)),
        domain="" if kind == "fans" else f"{business.domain.removesuffix(_TLD)}{suffix}{_TLD}",
        founded=business.founded[:4] if kind == "own" else str(draw.number(1985, 2022)),
        followers=draw.number(20, 60_000),
        verified=kind == "own" and draw.chance(0.3),
    )


def page_id(asked: str, kind: Kind) -> str:
    """What was asked for, in digits, so that a Page can be asked for by its id alone, at another time and place."""
    return str(int.from_bytes(f"{KINDS.index(kind) + 1}{asked[:_LONGEST_NAME]}".encode(errors="replace")))


def read_page_id(number: str) -> tuple[str, Kind] | None:
    """What was asked for, and the kind of Page; None for a number that is not a Page's id."""
    if len(number) > 10 * _LONGEST_NAME:
        return None
    value = int(number)
    text = value.to_bytes((value.bit_length() + 7) // 8).decode(errors="ignore")
    place, asked = text[:1], text[1:]
    if place not in _PLACES or not asked.strip() or not asked.isprintable():
        return None
    return asked, _PLACES[place]
