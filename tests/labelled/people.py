"""People in two files, with slips, missing and swapped fields; and people who are easily taken for one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity, Place
from tests.labelled.corruption import kept, phone_text, shout, slip, street_line
from tests.labelled.pair import Draw, Half, Pair, customer
from tests.labelled.words import (
    DIRECTIONS,
    ESTATES,
    FIRST,
    FREE_MAIL,
    GENERATIONS,
    LAST,
    MIDDLE,
    NICKNAMES,
    OWN,
    STREETS,
    TOWNS,
    TYPES,
)

_House = tuple[str, str, str, str, str]
_Town = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Somebody:
    """The truth about one invented person."""

    first: str
    last: str
    company: str
    house: _House
    town: _Town
    code: str
    phone: str
    email: str
    generation: str
    """Father or son, of those who say so."""
    estate: str
    """A second line of the address."""


def people(half: Half, seed: int, count: int) -> Iterator[Pair]:
    """`count` pairs, half of them of one person."""
    draw = Draw(half, Random(seed))
    for number in range(count):
        person, same = somebody(draw), number % 2 == 0
        by_key = draw.often(0.4)
        told_of = later(person, draw) if same else another(person, draw, by_key)
        yield Pair(same, DataType.PERSON, _customer(person, draw, by_key), _identity(told_of, draw, by_key))


def somebody(draw: Draw) -> Somebody:
    first, last, town = draw.word(FIRST), draw.word(LAST), draw.word(TOWNS)
    return Somebody(
        first=first,
        last=last,
        company=draw.word(OWN),
        house=house(draw),
        town=town,
        code=code(town, draw),
        phone=phone(draw),
        email=email(first, last, draw),
        generation=draw.random.choice(GENERATIONS) if draw.often(0.04) else "",
        estate=draw.word(ESTATES) if draw.often(0.1) else "",
    )


def house(draw: Draw) -> _House:
    direction = draw.random.choice(tuple(DIRECTIONS)) if draw.often(0.25) else ""
    unit = str(draw.random.randrange(1, 60)) if draw.often(0.3) else ""
    kind = draw.random.choice(tuple(TYPES))
    return (str(draw.random.randrange(1, 3000)), direction, draw.word(STREETS), kind, unit)


def code(town: _Town, draw: Draw) -> str:
    return f"{town[3]}{draw.random.randrange(100):02}"


def phone(draw: Draw) -> str:
    random = draw.random
    return f"{random.choice((212, 312, 404, 503, 415))}{random.randrange(200, 999)}{random.randrange(10_000):04}"


def email(first: str, last: str, draw: Draw) -> str:
    names = "".join(letter for letter in f"{first}.{last}".lower() if letter.isascii() and letter not in " '")
    return f"{names}{draw.random.randrange(100)}@{draw.random.choice(FREE_MAIL)}"


def later(person: Somebody, draw: Draw) -> Somebody:
    """The same one, who may have moved, or changed job, phone or surname: never all at once."""
    if draw.often(0.02):
        return replace(person, last=draw.word(LAST))
    changes = {
        "company": replace(person, company=draw.word(OWN)),
        "phone": replace(person, phone=phone(draw)),
        "house": replace(person, house=house(draw)),
    }
    return changes[draw.random.choice(tuple(changes))] if draw.often(0.25) else person


def another(person: Somebody, draw: Draw, by_key: bool = False) -> Somebody:
    """Father or son, of the family, of the office, anybody; or a namesake elsewhere, whom no key leads to."""
    if person.generation:
        return replace(person, generation=other_generation(person.generation))
    stranger = somebody(draw)
    while stranger.first[0] == person.first[0] or stranger.last == person.last:
        stranger = somebody(draw)
    forms = [
        replace(person, first=stranger.first, email=stranger.email),
        replace(stranger, company=person.company, town=person.town),
        replace(stranger, first=person.first, town=person.town),
        stranger,
    ]
    if not by_key:
        forms.append(replace(stranger, first=person.first, last=person.last))
    return draw.random.choice(forms)


def other_generation(generation: str) -> str:
    return next(other for other in GENERATIONS if other != generation)


def _customer(person: Somebody, draw: Draw, by_key: bool) -> Customer:
    known = {
        "email": person.email if by_key else kept(draw, 0.5, person.email),
        "phone": kept(draw, 0.6, phone_text(person.phone, draw)),
        "company": kept(draw, 0.3, person.company),
        "address": kept(draw, 0.85, _address(person, draw)),
        "city": kept(draw, 0.9, person.town[0]),
        "state": kept(draw, 0.8, person.town[2]),
        "postal_code": kept(draw, 0.8, person.code),
    }
    if draw.often(0.5):
        return customer(name=_with_generation(f"{person.first} {person.last}", person), **known)
    swapped = draw.often(0.1)
    own = _with_generation(person.last, person)
    first, last = (own, person.first) if swapped else (person.first, own)
    return customer(first_name=first, last_name=last, **known)


def _identity(person: Somebody, draw: Draw, by_key: bool) -> Identity:
    town = person.town
    place = Place(
        address=kept(draw, 0.85, maybe_slip(_address(person, draw), draw)),
        city=kept(draw, 0.9, maybe_slip(town[0], draw)),
        state=kept(draw, 0.8, town[1]),
        postal_code=kept(draw, 0.8, person.code),
    )
    mail = () if by_key else tuple(filter(None, [kept(draw, 0.5, person.email)]))
    return Identity(
        asked_by=frozenset({"email"}) if by_key else frozenset({"name", "address"}) if draw.often(0.5) else frozenset(),
        names=(shout(_with_generation(_name(person, draw), person), draw),),
        emails=mail,
        phones=tuple(filter(None, [kept(draw, 0.6, phone_text(person.phone, draw))])),
        companies=tuple(filter(None, [kept(draw, 0.3, person.company)])),
        places=(place,),
    )


def _name(person: Somebody, draw: Draw) -> str:
    first, last = person.first, person.last
    form = draw.random.random()
    if form < 0.15:
        first = NICKNAMES.get(first, first)
    elif form < 0.35:
        first = slip(first, draw.random)
    elif form < 0.4:
        first = f"{first[0]}."
    elif form < 0.5:
        first = f"{first} {draw.random.choice(MIDDLE)}"
    if draw.often(0.2):
        last = slip(last, draw.random)
    return f"{last}, {first}" if draw.often(0.15) else f"{last} {first}" if draw.often(0.1) else f"{first} {last}"


def _with_generation(name: str, person: Somebody) -> str:
    return f"{name} {person.generation}".rstrip()


def _address(person: Somebody, draw: Draw) -> str:
    """The street line, and an estate's where there is one, now and then before it or left out."""
    street = street_line(person.house, draw)
    if not person.estate or draw.often(0.2):
        return street
    number, line = street.split(" ", maxsplit=1)
    return f"{number} {person.estate}, {line}" if draw.often(0.2) else f"{street}, {person.estate}"


def maybe_slip(text: str, draw: Draw) -> str:
    return slip(text, draw.random) if draw.often(0.12) else text
