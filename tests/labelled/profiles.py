"""Profiles that a handle or a search led to: the person's, the company's page, and others'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity, Place
from tests.labelled.businesses import Somewhere, somewhere, written
from tests.labelled.businesses import another as another_business
from tests.labelled.corruption import kept, slip
from tests.labelled.pair import Draw, Half, Pair, customer
from tests.labelled.people import Somebody, another, later, somebody
from tests.labelled.words import NICKNAMES


def profiles(half: Half, seed: int, count: int) -> Iterator[Pair]:
    """`count` pairs, half of them of the customer or its company."""
    draw = Draw(half, Random(seed))
    for number in range(count):
        person, business, same = replace(somebody(draw), generation=""), somewhere(draw), number % 2 == 0
        if draw.often(0.5):
            told_of = later(person, draw) if same else another(person, draw, by_key=True)
            identity = _member(told_of, draw)
        else:
            page = business if same else another_business(business, draw)
            while not same and page.domain == business.domain:  # a branch: the page is that of the whole chain
                page = another_business(business, draw)
            identity = _page(page, draw)
        yield Pair(same, DataType.SOCIAL, _customer(person, business, draw), identity)


def _customer(person: Somebody, business: Somewhere, draw: Draw) -> Customer:
    return customer(
        name=f"{person.first} {person.last}",
        company=written(business, draw),
        domain=kept(draw, 0.5, business.domain),
        city=business.town[0],
        state=business.town[2],
        linkedin_url="https://www.linkedin.com/in/somebody",
        twitter="somebody",
    )


def _member(person: Somebody, draw: Draw) -> Identity:
    first = NICKNAMES.get(person.first, person.first) if draw.often(0.2) else person.first
    name = f"{first} {slip(person.last, draw.random) if draw.often(0.05) else person.last}"
    return Identity(
        asked_by=frozenset({draw.random.choice(("linkedin_url", "twitter"))}),
        names=(f"{name}, MBA" if draw.often(0.1) else name,),
    )


def _page(page: Somewhere, draw: Draw) -> Identity:
    return Identity(
        asked_by=frozenset({"company"}),
        names=(written(page, draw),),
        domains=tuple(filter(None, [kept(draw, 0.6, page.domain)])),
        places=(Place(city=page.town[0], state=page.town[1]),),
    )
