"""Parcels and their owners; and the neighbour's, the other flat's, and the same number in another town."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity, Place
from tests.labelled.corruption import street_line
from tests.labelled.pair import Draw, Half, Pair, customer
from tests.labelled.people import Somebody, code, somebody
from tests.labelled.words import STREETS, TOWNS


def parcels(half: Half, seed: int, count: int) -> Iterator[Pair]:
    """`count` pairs, half of them of one parcel."""
    draw = Draw(half, Random(seed))
    for number in range(count):
        person, same = somebody(draw), number % 2 == 0
        told_of = person if same else _elsewhere(person, draw)
        yield Pair(same, DataType.PROPERTY, _customer(person, draw), _identity(told_of, draw))


def _elsewhere(person: Somebody, draw: Draw) -> Somebody:
    number, direction, name, kind, unit = person.house
    neighbour = str(int(number) + draw.random.choice((2, 4, 10, 100)))
    town = draw.other(TOWNS, person.town)
    forms = (
        replace(person, house=(neighbour, direction, name, kind, unit)),
        replace(person, house=(number, direction, draw.other(STREETS, name), kind, unit)),
        replace(somebody(draw), house=person.house, town=town, code=code(town, draw)),
        somebody(draw),
    )
    return draw.random.choice(forms)


def _customer(person: Somebody, draw: Draw) -> Customer:
    return customer(
        name=f"{person.first} {person.last}",
        address=street_line(person.house, draw),
        city=person.town[0],
        state=person.town[2],
        postal_code=person.code if draw.often(0.8) else None,
    )


def _identity(person: Somebody, draw: Draw) -> Identity:
    owner = person if draw.often(0.6) else somebody(draw)
    place = Place(
        address=street_line(person.house, draw).upper(),
        city=person.town[0].upper(),
        state=person.town[2],
        postal_code=f"{person.code}-1234" if draw.often(0.3) else person.code,
    )
    return Identity(
        asked_by=frozenset({"address", "city", "state"}),
        names=(f"{owner.last} {owner.first} M".upper(),),
        places=(place,),
    )
