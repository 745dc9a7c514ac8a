"""What a run would do and cost: nothing is sent, nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Rejected, SourceRow
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.dry_run import Forecast, forecast
from enrich_cli.store.dry_books import History
from enrich_cli.store.plan import Plan, Standing, Wish

if TYPE_CHECKING:
    from tests.engine.conftest import Make

PERSON = DataType.PERSON
NOW = datetime(2026, 11, 3, tzinfo=UTC)
PRICE = 100_000
FRESH = {PERSON: Enrichment(data_type=PERSON, status=Known.NOT_FOUND, cached_at=NOW, expires_at=NOW)}
LOOK_UP = Plan(standing=Standing.RESERVED, look_up=(PERSON,))
CACHED = Plan(standing=Standing.SERVED, fresh=FRESH, landed=Count.CACHED)
OVER_QUOTA = Plan(standing=Standing.OVER_QUOTA, look_up=(PERSON,), landed=Count.OVER_QUOTA)
SUPPRESSED = Plan(standing=Standing.SUPPRESSED, landed=Count.SUPPRESSED)


@dataclass
class Books:
    """Says of each customer, by name, what it is told to; a customer without a plan is to be looked up."""

    plans: dict[str, Plan] = field(default_factory=dict)
    past: dict[str, History] = field(default_factory=dict)

    def plan(self, wishes: Sequence[Wish], now: datetime) -> list[Plan]:
        return [self.plans.get(wish.customer.id.shown, LOOK_UP) for wish in wishes]

    def history(self) -> dict[str, History]:
        return self.past


def expected(
    make: Make,
    rows: list[SourceRow],
    *vendors: str,
    books: Books | None = None,
    cap: Money | None = None,
) -> Forecast:
    chains = {PERSON: make.chain(*(vendors or ("clearbit",)))}
    return forecast(rows, chains, books or Books(), NOW, cap=cap)


def some(make: Make, count: int) -> list[SourceRow]:
    return [make.row(line) for line in range(2, 2 + count)]


class TestCounts:
    @pytest.mark.parametrize(
        ("plan", "count"),
        [
            (LOOK_UP, "to_look_up"),
            (replace(LOOK_UP, standing=Standing.CLAIMED), "to_look_up"),
            (CACHED, "cached"),
            (OVER_QUOTA, "over_quota"),
            (SUPPRESSED, "suppressed"),
            (Plan(standing=Standing.REPEATED), "cached"),
            (Plan(standing=Standing.REPEATED, landed=Count.CACHED), "cached"),
            (Plan(standing=Standing.REPEATED, landed=Count.OVER_QUOTA), "over_quota"),
            (Plan(standing=Standing.REPEATED, landed=Count.SUPPRESSED), "suppressed"),
        ],
    )
    def test_each_customer_is_in_one(self, make: Make, plan: Plan, count: str) -> None:
        said = expected(make, [make.row(2, "ada")], books=Books({"ada": plan}))
        counts = ("cached", "to_look_up", "over_quota", "rejected", "suppressed")
        assert {name: getattr(said, name) for name in counts} == {**dict.fromkeys(counts, 0), count: 1}

    def test_a_row_that_holds_no_customer_is_rejected(self, make: Make) -> None:
        assert expected(make, [Rejected(2, [""], "empty"), make.row(3)]).rejected == 1


class TestCosts:
    def test_at_most_every_provider_of_the_chain_is_asked_at_its_highest_price(self, make: Make) -> None:
        said = expected(make, some(make, 10), "clearbit", "hunter")
        assert said.cost_max == Money(10 * 2 * PRICE)

    def test_what_is_not_looked_up_costs_nothing(self, make: Make) -> None:
        books = Books({"ada": CACHED, "grace": OVER_QUOTA, "hedy": SUPPRESSED})
        said = expected(make, [make.row(2, name) for name in books.plans], books=books)
        assert (said.cost_max, said.cost_expected, said.interval) == (ZERO, ZERO, (ZERO, ZERO))

    def test_with_much_history_a_provider_is_expected_to_do_as_it_did(self, make: Make) -> None:
        """Of 1,000,000 lookups a quarter was found, at 40,000 micro-dollars each on average."""
        past = {
            "clearbit": History(1_000_000, 250_000, 1_000_000, 40_000_000_000),
            "hunter": History(10**6, 0, 10**6, 0),
        }
        said = expected(make, some(make, 100), "clearbit", "hunter", books=Books(past=past))
        assert said.cost_expected.micros == pytest.approx(100 * 40_000, rel=0.001)

    def test_a_later_provider_costs_only_where_those_before_it_missed(self, make: Make) -> None:
        past = {
            "clearbit": History(10**6, 750_000, 10**6, 0),
            "hunter": History(10**6, 0, 10**6, 10**6 * PRICE),
        }
        said = expected(make, some(make, 100), "clearbit", "hunter", books=Books(past=past))
        assert said.cost_expected.micros == pytest.approx(100 * PRICE * 0.25, rel=0.001)

    def test_without_history_it_is_said_with_less_certainty(self, make: Make) -> None:
        known = Books(past={"clearbit": History(10_000, 5_000, 10_000, int(10_000 * PRICE * Fraction(3, 4)))})
        unknown, sure = expected(make, some(make, 100)), expected(make, some(make, 100), books=known)
        assert unknown.cost_expected.micros == pytest.approx(sure.cost_expected.micros, rel=0.01)
        assert width(sure) < width(unknown)

    def test_a_cap_bounds_all_of_it(self, make: Make) -> None:
        cap = Money(3 * PRICE)
        said = expected(make, some(make, 100), cap=cap)
        assert (said.cost_max, said.cost_expected, said.interval[1]) == (cap, cap, cap)


def width(said: Forecast) -> int:
    low, high = said.interval
    return (high - low).micros


histories = st.builds(
    lambda lookups, found, answered, costs: History(lookups, min(found, answered), answered, costs),
    lookups=st.integers(100, 1_000),
    found=st.integers(0, 100),
    answered=st.integers(0, 100),
    costs=st.integers(0, 1_000 * PRICE),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 30), histories, histories, st.none() | st.integers(0, 60 * PRICE))
def test_low_expected_high_and_most_stand_in_this_order(
    make: Make, customers: int, one: History, other: History, cap: int | None
) -> None:
    books = Books(past={"clearbit": one, "hunter": other})
    most = None if cap is None else Money(cap)
    said = expected(make, some(make, customers), "clearbit", "hunter", books=books, cap=most)
    assert ZERO <= said.interval[0] <= said.cost_expected <= said.interval[1] <= said.cost_max
    assert said.cost_max <= (Money(customers * 2 * PRICE) if most is None else most)


def test_a_type_that_nobody_can_be_asked_for_costs_nothing(make: Make) -> None:
    chains = {PERSON: Chain(PERSON, [])}
    unasked = Plan(standing=Standing.SERVED, landed=Count.NOT_FOUND)
    said = forecast([make.row(2, "ada")], chains, Books({"ada": unasked}), NOW, cap=None)
    assert (said.to_look_up, said.cost_max) == (1, ZERO)


def test_a_provider_without_a_known_price_is_named(make: Make) -> None:
    chains = {PERSON: Chain(PERSON, [make.link("clearbit", price=None), make.link("hunter")])}
    said = forecast(some(make, 2), chains, Books(), NOW, cap=None)
    assert (said.unpriced, said.cost_max) == (["clearbit"], Money(2 * PRICE))
    assert forecast([], chains, Books(), NOW, cap=None).unpriced == []
