"""The truth about an invented parcel of land, the same whichever property vendor is asked."""

from __future__ import annotations

from dataclasses import dataclass

from enrich_cli.sandbox.addresses import Address
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.words import COMPANIES, FAMILY_NAMES, GIVEN_NAMES, PERMITS

_CHECK = 97
_HALF = 5_000
_SQUARE_FEET_PER_ACRE = 43_560


@dataclass(frozen=True, slots=True)
class Owner:
    """A person, or a company whose name is `family`."""

    given: str
    initial: str
    family: str

    @property
    def is_corporate(self) -> bool:
        return not self.given

    @property
    def first_last(self) -> str:
        return " ".join(filter(None, (self.given, self.initial, self.family)))

    @property
    def last_first(self) -> str:
        return " ".join(filter(None, (self.family, self.given, self.initial)))


@dataclass(frozen=True, slots=True)
class Permit:
    """A building permit; the value in dollars, None if nobody recorded it."""

    number: str
    date: str
    kind: str
    description: str
    value: int | None
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Everything there is to know about a parcel. Money in whole dollars, 0 if undisclosed; areas in square feet."""

    serial: int
    """Identifies the parcel; odd if nothing may be left out."""
    owners: tuple[Owner, ...]
    absentee: bool
    year_built: int
    living_area: int
    beds: int | None
    full_baths: int
    half_baths: int
    lot_area: int
    zoning: str
    market_value: int
    assessed_value: int
    tax: int
    sale_date: str
    sale_price: int
    estimate: int | None
    """What a model estimates it to be worth; None if there is no model for it."""
    score: int
    """How sure the model is, 0..100."""
    permits: tuple[Permit, ...]

    @property
    def full(self) -> bool:
        return self.serial % 2 == 1

    @property
    def acres(self) -> float:
        """The area of the lot."""
        return round(self.lot_area / _SQUARE_FEET_PER_ACRE, 4)

    @property
    def apn(self) -> str:
        """Its number with the county."""
        digits = f"{self.serial:09}"
        return f"{digits[:2]}-{digits[2:4]}-{digits[4]}-{digits[5:]}"

    def identifier(self, check: int) -> int:
        """Its number at a vendor, at most ten digits; `check` is the vendor's own, below 97."""
        return self.serial * _CHECK + check


def parcel_at(seed: int, address: Address) -> Parcel:
    """The parcel of an address."""
    draw = Draw(seed, "address", address.key)
    half = draw.number(0, 2 * _HALF - 1) * _HALF + draw.number(0, _HALF - 1)
    return parcel_numbered(seed, 2 * half + ("hit" in address.marks))


def parcel_of(seed: int, identifier: str, check: int) -> Parcel | None:
    """The parcel with a vendor's number; None if the vendor gave out no such number."""
    if not (identifier.isascii() and identifier.isdecimal()):
        return None
    serial, rest = divmod(int(identifier), _CHECK)
    return parcel_numbered(seed, serial) if rest == check and serial < 4 * _HALF * _HALF else None


def parcel_numbered(seed: int, serial: int) -> Parcel:
    """The parcel with this serial number, from which all of it follows, so that no vendor need remember it."""
    draw, full = Draw(seed, "parcel", serial), serial % 2 == 1
    owners = _owners(draw, corporate=not full and draw.chance(0.08))
    living, market = draw.number(80, 380) * 10, draw.number(90, 900) * 1000
    estimate = market * draw.number(98, 140) // 100
    return Parcel(
        serial=serial,
        owners=owners,
        absentee=owners[0].is_corporate or (not full and draw.chance(0.25)),
        year_built=draw.number(1905, 2021),
        living_area=living,
        beds=draw.number(1, 5) if full or draw.chance(0.85) else None,
        full_baths=draw.number(1, 3),
        half_baths=draw.number(0, 1),
        lot_area=living * draw.number(2, 6),
        zoning=draw.pick(("R-1", "R-2", "RS-3", "C-1", "MU-2")),
        market_value=market,
        assessed_value=market // 10 if draw.chance(0.3) else market * 9 // 10,
        tax=market // 90,
        sale_date=draw.day(draw.number(1995, 2025)),
        sale_price=market * draw.number(40, 105) // 100 if full or draw.chance(0.9) else 0,
        estimate=estimate if full or draw.chance(0.85) else None,
        score=draw.number(60, 97),
        permits=_permits(draw, draw.number(1, 3) if full or draw.chance(0.65) else 0),
    )


def _owners(draw: Draw, *, corporate: bool) -> tuple[Owner, ...]:
    if corporate:
        return (Owner("", "", f"{draw.pick(COMPANIES)} LLC".upper()),)
    family, initials = draw.pick(FAMILY_NAMES).upper(), "ABCDEFGHJKLM"
    names = [draw.pick(GIVEN_NAMES).upper() for _ in range(2 if draw.chance(0.4) else 1)]
    return tuple(Owner(given, draw.pick(initials), family) for given in dict.fromkeys(names))


def _permits(draw: Draw, count: int) -> tuple[Permit, ...]:
    return tuple(_permit(draw) for _ in range(count))


def _permit(draw: Draw) -> Permit:
    kind, description = draw.pick(PERMITS)
    year = draw.number(2008, 2025)
    return Permit(
        number=f"{year}-{kind[:4].upper()}-{draw.number(1, 999):03}",
        date=draw.day(year, months=9),
        kind=kind,
        description=description,
        value=draw.number(5, 400) * 100 if draw.chance(0.7) else None,
        done=draw.chance(0.8),
    )
