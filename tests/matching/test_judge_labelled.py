"""Several hundred invented pairs of which we know the truth: few right ones may be missed, hardly a wrong one taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.matching.judge import judge

PERSON = DataType.PERSON

PAIRS = 800
NICKNAMES = {
    "Robert": "Bob", "William": "Bill", "Elizabeth": "Liz", "Margaret": "Peggy", "Richard": "Rick", "Katherine": "Kate",
    "Michael": "Mike", "Jennifer": "Jenny", "Thomas": "Tom", "Patricia": "Pat", "Edward": "Ted", "Susan": "Sue",
}  # fmt: skip
FIRST = [
    *NICKNAMES, "Ada", "Olga", "Jürgen", "Chloé", "Priya", "Hiroshi", "Fatima", "Carlos", "Ingrid", "Wei", "Tomasz",
    "Amara", "Leila", "Marcus",
]  # fmt: skip
MIDDLE = ["Maria", "James", "Lee", "Anne", "Joseph"]
LAST = [
    "Sample", "Andersson", "Rodriguez", "Schneider", "Nakamura", "O'Brien", "Kowalski", "Okafor", "Fitzgerald", "Patel",
    "Moreau", "Castellano", "Whitaker", "Bergström", "Lindqvist", "Hoffmann", "Delacroix", "Yamamoto", "Petrov",
    "Gallagher", "Santos", "McAllister", "Novotny", "Harrington",
]  # fmt: skip
COMPANIES = [
    "Northwind Bakery", "Example Pumps", "Globex", "Initech Software", "Blue Heron Logistics", "Sample & Sons",
    "Orchard Dental",
]  # fmt: skip
PLACES = [("Springfield", "Illinois"), ("Portland", "Oregon"), ("Austin", "Texas"), ("Bangor", "Maine")]
CODES = {"Illinois": "IL", "Oregon": "OR", "Texas": "TX", "Maine": "ME"}
SEARCHED = {"company": "companies", "domain": "domains", "address": "places"}
KEYS = [
    frozenset({"email"}), frozenset({"email"}), frozenset({"linkedin_url"}), frozenset({"phone"}),
    frozenset({"name", "company"}), frozenset({"name", "domain"}), frozenset({"name", "address"}),
]  # fmt: skip


@dataclass(frozen=True)
class Somebody:
    """The truth about one invented person."""

    first: str
    last: str
    company: str
    place: tuple[str, str]
    phone: str

    @property
    def domain(self) -> str:
        return "".join(filter(str.isalpha, self.company.lower())) + ".com"


def somebody(random: Random) -> Somebody:
    return Somebody(
        random.choice(FIRST),
        random.choice(LAST),
        random.choice(COMPANIES),
        random.choice(PLACES),
        f"+1212555{random.randrange(10_000):04}",
    )


def customer_of(person: Somebody, key: frozenset[str], random: Random) -> Customer:
    """What a customer list holds of a person: the key, and of the rest what somebody cared to type."""
    typed = {
        "company": person.company,
        "phone": person.phone,
        "domain": person.domain,
        "city": person.place[0],
        "state": CODES[person.place[1]],
        "email": f"{person.first[0]}{person.last}@{person.domain}".lower(),
    }
    needed = key | {"city", "state"} if "address" in key else key
    kept = {field: text for field, text in typed.items() if field in needed or random.random() < 0.6}
    return Customer(id=CustomerId("c1"), name=f"{person.first} {person.last}", **kept)


def identity_of(person: Somebody, key: frozenset[str], random: Random) -> Identity:
    """What a provider says: the name in some form, what it searched by, and part of the rest, spelled its own way."""
    city, state = person.place
    told: dict[str, Any] = {
        "companies": (f"{person.company}, {random.choice(('Inc.', 'LLC', 'Ltd'))}".upper(),),
        "domains": (f"www.{person.domain}",),
        "phones": (f"({person.phone[2:5]}) {person.phone[5:8]}-{person.phone[8:]}",),
        "places": (Place(city=city, state=state, country="United States"),),
    }
    searched = {SEARCHED[field] for field in key & set(SEARCHED)}
    kept = {field: value for field, value in told.items() if field in searched or random.random() < 0.6}
    return Identity(asked_by=key, names=(random.choice(FORMS)(person, random),), **kept)


def misspelt(word: str, random: Random) -> str:
    """With two letters swapped, one doubled, one left out, or one replaced; never the first."""
    at = random.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return random.choice(
        (before + after[0] + letter + after[1:], before + letter * 2 + after, before + after, f"{before}x{after}")
    )


FORMS: list[Callable[[Somebody, Random], str]] = [
    lambda who, _: f"{who.first} {who.last}",
    lambda who, _: f"{who.last}, {who.first}",
    lambda who, _: f"{who.last} {who.first}".upper(),
    lambda who, _: f"{NICKNAMES.get(who.first, who.first)} {who.last}",
    lambda who, _: f"{who.first[0]}. {who.last}",
    lambda who, _: who.first,
    lambda who, random: f"{who.first} {random.choice(MIDDLE)} {who.last}",
    lambda who, random: f"{who.first} {misspelt(who.last, random)}",
    lambda who, random: f"{misspelt(who.first, random)} {who.last}",
]


def later(person: Somebody, key: frozenset[str], random: Random) -> Somebody:
    """The same person, who may have changed job and town since, unless that is what the record was found by."""
    now = person
    if not key & {"company", "domain"} and random.random() < 0.15:
        now = replace(now, company=random.choice(COMPANIES))
    if "address" not in key and random.random() < 0.15:
        now = replace(now, place=random.choice(PLACES))
    return now


def another(person: Somebody, key: frozenset[str], random: Random) -> Somebody:
    """Somebody else who is easily taken for the person: of the family, the office, or of the same name elsewhere."""
    stranger = somebody(random)
    # Of another initial: of "R. Sample" nobody can say whether it is Robert or Richard.
    first = random.choice(
        [name for name in FIRST if name[0] != person.first[0] and name != NICKNAMES.get(person.first)]
    )
    last = random.choice([name for name in LAST if name != person.last])
    others = [
        replace(person, first=first),
        replace(person, first=first, last=last, phone=stranger.phone),
        replace(stranger, first=first, last=last),
    ]
    if "name" in key:
        company = random.choice([name for name in COMPANIES if name != person.company])
        place = random.choice([place for place in PLACES if place != person.place])
        others.append(replace(stranger, first=person.first, last=person.last, company=company, place=place))
    return random.choice(others)


def pairs(seed: int) -> Iterator[tuple[bool, Customer, Identity]]:
    """Whether both are the same person, a customer, and an identity."""
    random = Random(seed)
    for number in range(PAIRS):
        person, key, same = somebody(random), random.choice(KEYS), number % 2 == 0
        told_of = later(person, key, random) if same else another(person, key, random)
        yield same, customer_of(person, key, random), identity_of(told_of, key, random)


@pytest.mark.parametrize("seed", range(3))
def test_of_the_accepted_99_in_100_are_right_and_of_the_right_95_in_100_are_accepted(seed: int) -> None:
    judged = [(same, judge(PERSON, customer, identity).confidence >= 0.5) for same, customer, identity in pairs(seed)]
    right = judged.count((True, True))
    assert right / (right + judged.count((False, True))) >= 0.99
    assert right / (right + judged.count((True, False))) >= 0.95
