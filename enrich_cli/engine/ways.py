"""The ways that the lookups of a customer may take: which providers may be asked in turn, and the most
they may cost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum, auto
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.hints import EVERY_HINT, HINTED, with_hints
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.engine.chain import Chain
from enrich_cli.gateway.account import Account
from enrich_cli.providers.lookup import NOTHING
from enrich_cli.store.plan import Plan


class Step(msgspec.Struct, frozen=True):
    """A provider that may be asked. Money in micro-dollars; a provider without a known price costs nothing."""

    provider: str
    most: int
    """The most that the lookup can cost."""
    miss: int
    """What it costs if nothing is found, according to the vendor's sheet."""
    hinted: bool = False
    """It can be asked only if the person is found, and enough is learned about them."""
    bought: bool = True
    """False: an answer on disk serves."""
    follow_up: int = 0
    """What is bought in addition to that answer, for required fields, if it found somebody."""


class GoesOn(Enum):
    """Does a chain go on after somebody was found?"""

    NO = auto()
    """No: any answer is enough."""
    YES = auto()
    """Usually: no provider alone has all that is wanted."""
    PERHAPS = auto()
    """Unknown: fields are required, and nobody knows who has them."""


class Way(msgspec.Struct, frozen=True):
    """A customer's way through one chain."""

    data_type: DataType
    steps: tuple[Step, ...]
    goes_on: GoesOn

    @property
    def most(self) -> int:
        return sum(step.most for step in self.steps)

    @property
    def is_free(self) -> bool:
        """Is nothing on it paid for, neither an answer nor what is bought in addition to one on disk?"""
        return not any(step.most if step.bought else step.follow_up for step in self.steps)

    @property
    def is_person(self) -> bool:
        return self.data_type is DataType.PERSON

    def served(self, providers: Collection[str]) -> Way:
        """The same way, with answers of these providers on disk."""
        return replace(self, steps=tuple(replace(s, bought=s.provider not in providers) for s in self.steps))

    def only(self, providers: Collection[str]) -> Way:
        """The rest of it, with only these providers."""
        return replace(self, steps=tuple(step for step in self.steps if step.provider in providers))

    def in_order(self, providers: Sequence[str]) -> Way:
        """The same way, with the providers in this order."""
        return replace(self, steps=tuple(sorted(self.steps, key=lambda step: providers.index(step.provider))))


Ways: TypeAlias = tuple[Way, ...]
"""The ways of one customer, one for each data type that is looked up."""


EVERY_FIELD = Customer(
    id=CustomerId(shown="ada"),
    email="ada@acme.com",
    phone="+12125550123",
    company="Acme",
    domain="acme.com",
    name="Ada Lovelace",
    address="1 Main St",
    city="Albany",
    state="NY",
    postal_code="12207",
    country="US",
    linkedin_url="https://www.linkedin.com/in/ada",
    twitter="ada",
)
"""A customer whom every provider can be asked about, to compare what providers cost."""


def ways(customer: Customer, plan: Plan, chains: Mapping[DataType, Chain]) -> Ways:
    """The ways of everything that has to be looked up according to the plan."""
    return tuple(
        way_through(chains[kind], *_with_and_without_hints(customer, chains[kind], plan)) for kind in plan.look_up
    )


def way_through(chain: Chain, customer: Customer, hinted: Customer | None = None) -> Way:
    """The customer's way. `hinted`: the customer with everything that may yet be learned about the person."""
    own = {account.provider.name for account in chain.usable(customer)} if hinted else frozenset[str]()
    about = chain.about(hinted or customer)
    steps = tuple(
        step_to(account, about, chain.required, hinted=hinted is not None and account.provider.name not in own)
        for account in chain.usable(hinted or customer)
    )
    goes_on = GoesOn.PERHAPS if chain.required else GoesOn.YES if chain.wanted else GoesOn.NO
    return Way(chain.data_type, steps, goes_on)


def sure_steps(
    customer: Customer, plan: Plan, chains: Mapping[DataType, Chain]
) -> Iterator[tuple[Account, Chain, Customer]]:
    """Which providers each chain may ask without a hint, and with which customer: their first questions are known
    beforehand.
    """
    for kind in plan.look_up:
        known, _ = _with_and_without_hints(customer, chains[kind], plan)
        for account in chains[kind].usable(known):
            yield account, chains[kind], known


def _with_and_without_hints(customer: Customer, chain: Chain, plan: Plan) -> tuple[Customer, Customer | None]:
    """The customer as a chain surely knows it, and as it may come to know it, if that makes a difference."""
    if chain.data_type not in HINTED:
        return customer, None
    if DataType.PERSON in plan.look_up:
        hinted = with_hints(customer, EVERY_HINT)
        helps = any(getattr(hinted, field) != getattr(customer, field) for field in chain.reads)
        return customer, hinted if helps else None
    return with_hints(customer, (plan.person and plan.person.data) or {}), None


def step_to(account: Account, about: Customer, required: frozenset[str], *, hinted: bool = False) -> Step:
    """Asking this provider about a customer."""
    provider = account.provider
    most = provider.most(about, required)
    follow_up = most - provider.most(about, frozenset()) if required else NOTHING
    return _step(provider.name, account.price or ZERO, most, provider.miss, hinted=hinted, follow_up=follow_up)


@lru_cache(maxsize=256)
def _step(provider: str, price: Money, most: Fraction, miss: Fraction, *, hinted: bool, follow_up: Fraction) -> Step:
    most_micros = price.times(most).micros
    return Step(
        provider,
        most_micros,
        min(most_micros, price.times(miss).micros),
        hinted,
        follow_up=price.times(follow_up).micros,
    )
