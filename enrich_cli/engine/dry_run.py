"""`--dry-run`: what a run would do and cost, at most and as a forecast from how the providers did so far."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any, Protocol

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.hints import EVERY_HINT, HINTED, with_hints
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Rejected, SourceRow
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.wishes import knowing, wish
from enrich_cli.gateway.account import Account
from enrich_cli.store.dry_books import History
from enrich_cli.store.plan import Plan, Standing, Wish

PRIOR_LOOKUPS = 4
"""How much the prior weighs: as much as so many lookups of our own."""
PRIOR_HIT_RATE = Fraction(1, 2)
PRIOR_SHARE_OF_PRICE = Fraction(3, 4)
"""Of its highest price, what a lookup is thought to cost before there is history."""
_NORMAL_80_PER_CENT = Fraction(128, 100)
"""Standard deviations to either side that hold 80 % of a normal distribution."""


@dataclass(slots=True)
class Forecast:
    """Each customer read is in one of the counts."""

    cached: int = 0
    to_look_up: int = 0
    over_quota: int = 0
    rejected: int = 0
    suppressed: int = 0
    cost_max: Money = ZERO
    cost_expected: Money = ZERO
    interval: tuple[Money, Money] = field(default=(ZERO, ZERO))
    """80 % of such runs cost between these."""
    unpriced: list[str] = field(default_factory=list)
    """Providers that may be asked, and whose price is not known: they are in none of the costs."""


class Planning(Protocol):
    """The books, as a dry run sees them."""

    def plan(self, wishes: Sequence[Wish], now: datetime) -> list[Plan]: ...

    def history(self) -> dict[str, History]: ...


def forecast(
    rows: Iterable[SourceRow],
    chains: Mapping[DataType, Chain],
    books: Planning,
    now: datetime,
    *,
    cap: Money | None,
) -> Forecast:
    """Plan every row and add up. Nothing is ever expected to cost more than the cap."""
    result = Forecast()
    ways: Counter[tuple[tuple[str, int], ...]] = Counter()
    for row in rows:
        if isinstance(row, Rejected):
            result.rejected += 1
            continue
        wished = wish(row, chains)
        (plan,) = books.plan([wished], now)
        if plan.standing is Standing.HINTED:
            (plan,) = books.plan([knowing(wished, _hints(plan), chains)], now)
        _count(result, plan)
        if plan.standing in (Standing.RESERVED, Standing.CLAIMED):
            hinted = with_hints(row.customer, _hints(plan))
            for data_type in plan.look_up:
                customer = hinted if data_type in HINTED else row.customer
                ways[_way(chains[data_type], customer)] += 1
                _note_unpriced(result, chains[data_type].usable(customer))
    _price(result, ways, books.history(), cap)
    return result


def _hints(plan: Plan) -> Mapping[str, Any]:
    """What is known of the person; all that may become known while the person is to be looked up; else nothing."""
    if DataType.PERSON in plan.look_up:
        return EVERY_HINT
    person = plan.fresh.get(DataType.PERSON)
    return (person.data if person else None) or {}


def _count(result: Forecast, plan: Plan) -> None:
    if plan.landed is Count.SUPPRESSED:
        result.suppressed += 1
    elif plan.landed is Count.OVER_QUOTA:
        result.over_quota += 1
    elif plan.standing in (Standing.RESERVED, Standing.CLAIMED) or (
        plan.standing is Standing.SERVED and not plan.fresh
    ):
        result.to_look_up += 1
    else:
        result.cached += 1


def _note_unpriced(result: Forecast, accounts: Iterable[Account]) -> None:
    names = (account.provider.name for account in accounts if account.price is None)
    result.unpriced += [name for name in names if name not in result.unpriced]


def _way(chain: Chain, customer: Customer) -> tuple[tuple[str, int], ...]:
    """The providers that may be asked in turn, with the most (micro-dollars) that each lookup can cost."""
    about = chain.about(customer)
    return tuple(
        (account.provider.name, account.costs(account.provider.most(about, chain.required)).micros)
        for account in chain.usable(customer)
    )


def _price(
    result: Forecast, ways: Counter[tuple[tuple[str, int], ...]], history: Mapping[str, History], cap: Money | None
) -> None:
    """Adds up mean and variance of what each customer's way through its chain costs.

    A provider is reached when those before it missed. Its hit rate and its mean cost come from the ledger, drawn
    towards the prior while there is little of it; how little there is widens the interval.
    """
    most = mean = variance = Fraction(0)
    for way, customers in ways.items():
        reached = Fraction(1)
        for provider, price in way:
            past = history.get(provider, History(0, 0, 0, 0))
            hit_rate = (past.found + PRIOR_LOOKUPS * PRIOR_HIT_RATE) / (past.answered + PRIOR_LOOKUPS)
            a_lookup = (past.costs + PRIOR_LOOKUPS * PRIOR_SHARE_OF_PRICE * price) / (past.lookups + PRIOR_LOOKUPS)
            share = reached * min(a_lookup, Fraction(price))
            most += customers * price
            mean += customers * share
            variance += customers * (share * price - share**2)
            variance += (customers * share) ** 2 / (past.lookups + PRIOR_LOOKUPS)
            reached *= 1 - hit_rate
    deviation = _NORMAL_80_PER_CENT * math.isqrt(math.ceil(variance))
    highest = most if cap is None else min(most, Fraction(cap.micros))
    result.cost_max = _money(highest)
    result.cost_expected = _money(min(mean, highest))
    result.interval = (_money(min(max(Fraction(0), mean - deviation), highest)), _money(min(mean + deviation, highest)))


def _money(micros: Fraction) -> Money:
    return Money(math.ceil(micros))
