"""Two people of one name in one town, or one who moved there: names are as common as they are in the United States."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import exp
from random import Random

from faker.providers.person.en_US import Provider as Names

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity, Place
from tests.labelled.pair import Pair, customer

_TOWN = 30_000
"""People with one postal code."""
_LISTED = 0.4
"""Share of the people whose surname is one of the thousand that are listed."""
_RARE = 1e-6, 3e-6, 1e-5, 3e-5
"""Shares of the people that a surname of the others has."""
_MOVED, _NAMESAKE = 0.02, 0.3
"""Of those looked up: found at another address in town; not known, so that a namesake is found if there is one."""
_STREETS = "Oak St", "Maple Ave", "Mill Rd", "Church St", "Elm Dr", "Hill Ct"


def namesakes(seed: int, count: int) -> Iterator[Pair]:
    """`count` pairs of one name in one town and in two streets."""
    random = Random(seed)
    given = _shares(Names.first_names_female, 0.5) + _shares(Names.first_names_male, 0.5)
    family = _shares(Names.last_names, _LISTED)
    while count:
        first, share = _drawn(given, random)
        last, of_surname = _drawn(family, random) if random.random() < _LISTED else _rare(random)
        another = _NAMESAKE * (1 - exp(-_TOWN * share * of_surname))
        drawn = random.random()
        if drawn < _MOVED + another:
            count -= 1
            yield _pair(f"{first} {last}", random, same=drawn < _MOVED)


def _pair(name: str, random: Random, *, same: bool) -> Pair:
    ours, theirs = (f"{random.randrange(1, 900)} {street}" for street in random.sample(_STREETS, 2))
    town = {"city": "Springfield", "state": "IL", "postal_code": "62704"}
    identity = Identity(
        asked_by=random.choice((frozenset({"name", "address"}), frozenset())),
        names=(name,),
        places=(Place(address=theirs, **town),),
    )
    return Pair(same, DataType.PERSON, customer(name=name, address=ours, **town), identity)


def _shares(weights: Mapping[str, float], of_all: float) -> list[tuple[str, float]]:
    total = sum(weights.values())
    return [(name, of_all * weight / total) for name, weight in weights.items()]


def _drawn(shares: list[tuple[str, float]], random: Random) -> tuple[str, float]:
    return random.choices(shares, [share for _, share in shares])[0]


def _rare(random: Random) -> tuple[str, float]:
    syllables = (random.choice("bdfgklmnprstv") + random.choice("aeiou") for _ in range(3))
    return "".join(syllables).title() + "nd", random.choice(_RARE)
