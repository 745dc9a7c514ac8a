"""`--dry-run`: what a run would do, cost and take, at most and as a forecast from how the providers did so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Protocol

import msgspec
from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.expectation import Expectation
from enrich_cli.domain.money import Money
from enrich_cli.domain.rejection import Rejections
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Rejected, Row, SourceRow
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.chains import accounts_of
from enrich_cli.engine.crowd import NO_BOUNDS, Bounds, Crowd, Reach
from enrich_cli.engine.duration import Duration, duration
from enrich_cli.engine.ways import Step, Way, Ways, step_to, sure_steps, ways
from enrich_cli.engine.wishes import to_plan_again, wish
from enrich_cli.gateway.journal import question_text
from enrich_cli.store.plan import Plan, Standing, Wish
from enrich_cli.store.track_record import TrackRecord

_ROWS_A_BATCH = 100


class Forecast(msgspec.Struct):
    """What a dry run predicts; each customer read is in one of the counts."""

    cached: int = 0
    to_look_up: int = 0
    over_quota: int = 0
    """Customers for whom no place would be left if all before them were found, whom a cap has no room for, or for whom
    nothing of it is expected to be left.
    """
    rejections: Rejections = msgspec.field(default_factory=Rejections)
    suppressed: int = 0
    cost: Expectation = msgspec.field(default_factory=Expectation)
    """The cost for `to_look_up`, and for `over_quota` as far as customers who are not found leave places
    in the quota.
    """
    to_reach: int = 0
    """How many customers have to be looked up, whether the bounds allow it or not."""
    reach: Reach = msgspec.field(default_factory=Reach)
    duration: Duration = msgspec.field(default_factory=Duration)
    unpriced: list[str] = []
    """Providers that may be asked and have no known price: no cost includes them."""


class Planning(Protocol):
    """The books, as a dry run sees them."""

    def plan(self, wishes: Sequence[Wish], now: datetime) -> list[Plan]: ...

    def to_buy(self, questions: Sequence[bytes], now: datetime, *, bought: bool) -> list[bool]:
        """For each question, whether it would have to be bought: no answer on disk serves it, and no equal question was
        bought before.

        `bought`: remember these as bought.
        """

    def refuse(self, customer_ids: Collection[str]) -> None:
        """Nothing is sent for these: others may have their places in the quota, and their later rows are over quota."""


def forecast(
    rows: Iterable[SourceRow],
    chains: Mapping[DataType, Chain],
    books: Planning,
    now: datetime,
    *,
    records: Mapping[str, TrackRecord],
    concurrency: int,
    bounds: Bounds = NO_BOUNDS,
) -> Forecast:
    """Plan every row and add up. Nothing is ever expected to cost more than the cap.

    `concurrency`: how many customers the run would have in flight.
    """
    result = Forecast()
    customers: Counter[Ways] = Counter()
    lookups: Counter[Way] = Counter()
    free = placeless = 0
    for batch in _batches(rows):
        good = [row for row in batch if isinstance(row, Row)]
        for row in batch:
            if isinstance(row, Rejected):
                result.rejections.add(row.line, row.reason)
        wishes, plans = _plans(good, chains, books, now)
        refused = set[str]()
        asking = [(row.customer, plan) for row, plan in zip(good, plans, strict=True) if plan.look_up]
        for (customer, plan), on_disk in zip(asking, _served(asking, chains, books, now, bounds.cap), strict=True):
            result.to_reach += 1
            taken = ways(customer, plan, chains)
            if not _fits(bounds.cap, bought := [way.served(on_disk) for way in taken]):
                refused.add(plan.customer_id)
                continue
            customers[taken] += 1
            lookups.update(bought)
            free += all(way.is_free for way in bought)
        books.refuse(refused)
        if refused:
            _plan_again(wishes, plans, refused, books, now)
        full = {plan.customer_id for plan in plans if plan.standing is Standing.FULL}
        books.refuse(full - refused)
        placeless += sum(_lacks_place(plan) for plan in plans if plan.customer_id not in refused)
        for plan in plans:
            _count(result, plan, refused | full)
    crowd = Crowd(lookups, records, customers)
    result.cost, result.reach = crowd.expectation(bounds), crowd.reach(bounds)
    beyond = max(0, crowd.beyond(bounds.cap, free) - placeless)
    result.to_look_up, result.over_quota = result.to_look_up - beyond, result.over_quota + beyond
    result.duration = duration(crowd, chains.values(), concurrency, bounds)
    unpriced = [account.provider.name for account in accounts_of(chains.values()) if account.price is None]
    result.unpriced = [provider for provider in unpriced if provider in crowd.providers]
    return result


def _fits(cap: Money | None, ways: Sequence[Way]) -> bool:
    """Does a cap allow anything to be asked? A lookup that needs a hint comes after the one that gives it."""
    if cap is None:
        return True
    steps = (step for way in ways for step in way.steps if not step.hinted)
    return any(not step.bought or step.most <= cap.micros for step in steps)


def _lacks_place(plan: Plan) -> bool:
    return bool(plan.look_up) and (plan.landed is Count.OVER_QUOTA or plan.standing is Standing.FULL)


def _batches(rows: Iterable[SourceRow]) -> Iterator[list[SourceRow]]:
    rows = iter(rows)
    while batch := list(islice(rows, _ROWS_A_BATCH)):
        yield batch


def _plans(
    rows: Sequence[Row], chains: Mapping[DataType, Chain], books: Planning, now: datetime
) -> tuple[list[Wish], list[Plan]]:
    wishes = [wish(row, chains) for row in rows]
    plans = books.plan(wishes, now)
    if again := to_plan_again(wishes, plans, chains):
        for (place, known), plan in zip(again.items(), books.plan(list(again.values()), now), strict=True):
            wishes[place], plans[place] = known, plan
    return wishes, plans


def _plan_again(
    wishes: Sequence[Wish], plans: list[Plan], refused: Collection[str], books: Planning, now: datetime
) -> None:
    """Give the places of customers whom a cap refused to those who found no place."""
    places = [
        place for place, plan in enumerate(plans) if plan.standing is Standing.FULL and plan.customer_id not in refused
    ]
    again = books.plan([replace(wishes[place], again=True) for place in places], now)
    for place, plan in zip(places, again, strict=True):
        plans[place] = plan


def _served(
    asking: Sequence[tuple[Customer, Plan]],
    chains: Mapping[DataType, Chain],
    books: Planning,
    now: datetime,
    cap: Money | None,
) -> list[set[str]]:
    """For each customer, the providers whose first answer is, or will be, on disk: equal questions are bought once.

    What costs more than the cap has room for is bought for nobody.
    """
    questions = [
        (place, step, text)
        for place, (customer, plan) in enumerate(asking)
        for step, text in _first_questions(customer, plan, chains)
    ]
    served: list[set[str]] = [set() for _ in asking]
    for bought in (True, False):
        some = [one for one in questions if bought is (cap is None or one[1].most <= cap.micros)]
        to_buy = books.to_buy([text for _, _, text in some], now, bought=bought)
        for (place, step, _), buy in zip(some, to_buy, strict=True):
            if not buy:
                served[place].add(step.provider)
    return served


def _first_questions(customer: Customer, plan: Plan, chains: Mapping[DataType, Chain]) -> Iterator[tuple[Step, bytes]]:
    """What each provider would be asked first, if that is known beforehand."""
    for account, chain, known in sure_steps(customer, plan, chains):
        about = chain.about(known)
        lookup = account.provider.lookup(about, chain.required, lambda _: None)
        if request := next(lookup, None):
            yield step_to(account, about, chain.required), question_text(account.provider.name, request)
        lookup.close()


def _count(result: Forecast, plan: Plan, refused: Collection[str]) -> None:
    """`refused`: the customers of these rows whom a cap or the quota refuses."""
    if plan.landed is Count.SUPPRESSED:
        result.suppressed += 1
    elif plan.landed is Count.OVER_QUOTA or plan.customer_id in refused:
        result.over_quota += 1
    elif plan.standing in (Standing.RESERVED, Standing.CLAIMED) or (
        plan.standing is Standing.SERVED and not plan.fresh
    ):
        result.to_look_up += 1
    else:
        result.cached += 1
