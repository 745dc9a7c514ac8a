"""Places that two directories write differently; and branches, namesakes and neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity, Place
from tests.labelled.corruption import kept, phone_text, shout, slip, street_line
from tests.labelled.pair import Draw, Half, Pair, customer
from tests.labelled.people import code, house, maybe_slip, phone
from tests.labelled.words import KINDS, LEGAL, OWN, QUARTERS, SHORTER, TOWNS


@dataclass(frozen=True, slots=True)
class Somewhere:
    """The truth about one invented business."""

    own: str
    kind: str
    house: tuple[str, str, str, str, str]
    town: tuple[str, str, str, str]
    code: str
    phone: str

    @property
    def domain(self) -> str:
        return "".join(letter for letter in f"{self.own}{self.kind}".lower() if letter.isalnum()) + ".com"


def businesses(half: Half, seed: int, count: int) -> Iterator[Pair]:
    """`count` pairs, half of them of one business."""
    draw = Draw(half, Random(seed))
    for number in range(count):
        business, same = somewhere(draw), number % 2 == 0
        told_of = business if same else another(business, draw)
        yield Pair(same, DataType.BUSINESS, _customer(business, draw), _identity(told_of, draw))


def somewhere(draw: Draw) -> Somewhere:
    town = draw.word(TOWNS)
    return Somewhere(draw.word(OWN), draw.word(KINDS), house(draw), town, code(town, draw), phone(draw))


def another(business: Somewhere, draw: Draw) -> Somewhere:
    """A branch, a namesake of another trade, a neighbour, the next tenant of the phone, or any other."""
    stranger = replace(somewhere(draw), own=draw.other(OWN, business.own))
    near = replace(stranger, town=business.town, code=business.code)
    forms = (
        replace(stranger, own=business.own, kind=business.kind),
        replace(stranger, own=business.own, kind=business.kind, town=business.town),
        replace(near, own=business.own, kind=draw.other(KINDS, business.kind)),
        replace(near, kind=business.kind, house=business.house),
        replace(near, kind=business.kind),
        stranger,
    )
    return draw.random.choice(forms)


def written(business: Somewhere, draw: Draw) -> str:
    """The name as a directory has it."""
    own, kind = business.own, business.kind
    if draw.often(0.3):
        kind = SHORTER.get(kind, kind)
    if draw.often(0.5):
        own = own.replace(" & ", " and ")
    if draw.often(0.1):
        own = slip(own, draw.random)
    name = f"{kind} {own}" if draw.often(0.07) else own if draw.often(0.2) else f"{own} {kind}"
    name = f"The {name}" if draw.often(0.06) else name
    aside = f" ({QUARTERS.get(business.town[0], business.town[0])})" if draw.often(0.06) else ""
    return shout(f"{name}{draw.random.choice(LEGAL)}{aside}", draw, 0.15)


def _customer(business: Somewhere, draw: Draw) -> Customer:
    return customer(
        company=written(business, draw),
        address=street_line(business.house, draw),
        city=business.town[0],
        state=kept(draw, 0.6, business.town[2]),
        postal_code=kept(draw, 0.5, business.code),
        phone=kept(draw, 0.7, phone_text(business.phone, draw)),
        domain=kept(draw, 0.2, business.domain),
    )


def _identity(business: Somewhere, draw: Draw) -> Identity:
    city = QUARTERS.get(business.town[0], business.town[0]) if draw.often(0.2) else business.town[0]
    number = phone(draw) if draw.often(0.06) else business.phone
    place = Place(
        address=maybe_slip(street_line(business.house, draw), draw),
        city=city,
        state=kept(draw, 0.6, business.town[1]),
        postal_code=kept(draw, 0.6, business.code),
    )
    return Identity(
        asked_by=frozenset({"company", "address", "city"}),
        companies=(written(business, draw),),
        phones=tuple(filter(None, [kept(draw, 0.85, phone_text(number, draw))])),
        domains=tuple(filter(None, [kept(draw, 0.4, f"www.{business.domain}")])),
        places=(place,),
    )
