"""A postal address in the United States, split up as the property vendors do it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from enrich_cli.sandbox.states import State, state_called, state_near
from enrich_cli.sandbox.subject import MARKS

_SUFFIXES = {
    "STREET": "ST", "AVENUE": "AVE", "ROAD": "RD", "LANE": "LN", "DRIVE": "DR", "BOULEVARD": "BLVD", "COURT": "CT",
    "PLACE": "PL", "TERRACE": "TER", "CIRCLE": "CIR", "HIGHWAY": "HWY", "PARKWAY": "PKWY", "WAY": "WAY",
}  # fmt: skip
_SHORT_SUFFIXES = frozenset((*_SUFFIXES.values(), "TRL", "SQ", "LOOP"))
_DIRECTIONS = {"NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W"}
_SHORT_DIRECTIONS = frozenset((*_DIRECTIONS.values(), "NE", "NW", "SE", "SW"))
_UNIT = re.compile(r"(?P<rest>.+?) (?:(?P<kind>APARTMENT|APT|UNIT|SUITE|STE) #? ?|# ?)(?P<unit>\w+)")
_UNIT_KINDS = {"APARTMENT": "APT", "SUITE": "STE"}
_BOX = re.compile(r"P ?O BOX\b")
_ZIP = re.compile(r"(?P<zip>\d{5})(?:-?\d{4})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A standardised address, in capitals. Missing parts are empty."""

    number: str
    direction: str
    street: str
    """The name of the street alone."""
    suffix: str
    unit_kind: str
    unit: str
    city: str
    state: State
    postal_code: str
    """Five digits."""

    @property
    def marks(self) -> frozenset[str]:
        """Words in the street's name that decide what vendors know: `12 Miss St`."""
        return MARKS.intersection(self.street.lower().split())

    @property
    def key(self) -> str:
        """Identifies an address, whether or not the question gives the ZIP."""
        return f"{self.line1}, {self.city}, {self.state.code}"

    @property
    def building(self) -> str:
        """The street line without the unit."""
        return " ".join(filter(None, (self.number, self.direction, self.street, self.suffix)))

    @property
    def next_door(self) -> Address:
        """Somebody else's address on the same side of the street."""
        return replace(self, number=str(int("".join(filter(str.isdigit, self.number))) + 2))

    @property
    def line1(self) -> str:
        return " ".join(filter(None, (self.building, self.unit_kind, self.unit)))

    @property
    def line2(self) -> str:
        return f"{self.city}, {self.state.code} {self.postal_code}"

    @property
    def one_line(self) -> str:
        return f"{self.line1}, {self.line2}"


def read_address(line1: str, *, city: str = "", state: str = "", postal_code: str = "") -> Address | None:
    """Standardise an address; None if it can't be a parcel's: it has no house number, is a box, or has neither state
    nor ZIP.

    What the question leaves out is taken from the state's own city.
    """
    street = " ".join(re.sub(r"[.,]", " ", line1.upper().replace("#", " # ")).split())
    zip_match = _ZIP.fullmatch(postal_code.strip())
    within = state_called(state) or (state_near(zip_match["zip"]) if zip_match else None)
    if _BOX.match(street) or within is None or not street[:1].isdigit():
        return None
    kind, unit = "", ""
    if match := _UNIT.fullmatch(street):
        street, unit = match["rest"], match["unit"]
        kind = _UNIT_KINDS.get(match["kind"] or "", match["kind"] or "APT")
    number, *words = street.split()
    words = [_DIRECTIONS.get(word, word) if place == 0 else word for place, word in enumerate(words)]
    direction = words.pop(0) if len(words) > 1 and words[0] in _SHORT_DIRECTIONS else ""
    last = _SUFFIXES.get(words[-1], words[-1]) if words else ""
    suffix = last if len(words) > 1 and last in _SHORT_SUFFIXES else ""
    if suffix:
        words.pop()
    return Address(
        number=number,
        direction=direction,
        street=" ".join(words),
        suffix=suffix,
        unit_kind=kind,
        unit=unit,
        city=" ".join(city.upper().split()) or within.city.upper(),
        state=within,
        postal_code=zip_match["zip"] if zip_match else within.postal_code,
    )


def read_line2(text: str) -> dict[str, str]:
    """City, state and ZIP from `City, ST ZIP`, `City, ST` or `ZIP`: the further arguments of `read_address`."""
    city, comma, rest = text.strip().rpartition(",")
    if not comma and _ZIP.fullmatch(rest):
        return {"postal_code": rest}
    state, _, postal_code = rest.strip().rpartition(" ")
    if not state:
        state, postal_code = postal_code, ""
    return {"city": city, "state": state, "postal_code": postal_code}
