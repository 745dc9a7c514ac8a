"""What a run would do and cost: nothing is sent, nothing written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known, content_of
from enrich_cli.domain.expectation import Expectation
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.outcomes import NotFound
from enrich_cli.domain.rejection import Rejection, Rejections
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Rejected, SourceRow
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.crowd import NO_BOUNDS, Bounds
from enrich_cli.engine.dry_run import Forecast, forecast
from enrich_cli.providers.base import Provider
from enrich_cli.providers.lookup import Choose, Lookup, Request
from enrich_cli.store.plan import Plan, Standing, Wish
from enrich_cli.store.track_record import Costs, TrackRecord

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
    on_disk: set[bytes] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def plan(self, wishes: Sequence[Wish], now: datetime) -> list[Plan]:
        named = {wish.customer.id.shown: self.plans.get(wish.customer.id.shown, LOOK_UP) for wish in wishes}
        return [replace(named[wish.customer.id.shown], customer_id=wish.customer.id.shown) for wish in wishes]

    def to_buy(self, questions: Sequence[bytes], now: datetime, *, bought: bool) -> list[bool]:
        new = []
        for question in questions:
            new.append(question not in self.on_disk)
            if bought:
                self.on_disk.add(question)
        return new

    def refuse(self, customer_ids: Iterable[str]) -> None:
        self.refused.update(customer_ids)


def expected(
    make: Make,
    rows: Sequence[SourceRow],
    *vendors: str,
    books: Books | None = None,
    records: Mapping[str, TrackRecord] | None = None,
    bounds: Bounds = NO_BOUNDS,
) -> Forecast:
    links = [make.link(name, lookup=one_question) for name in vendors or ("clearbit",)]
    chains = {PERSON: Chain(PERSON, links)}
    return forecast(rows, chains, books or Books(), NOW, records=records or {}, concurrency=50, bounds=bounds)


def one_question(self: Provider, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
    yield Request(method="GET", path="/find", params={"email": customer.email or ""})
    return NotFound()


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
        counts = ("cached", "to_look_up", "over_quota", "suppressed")
        assert {name: getattr(said, name) for name in counts} == {**dict.fromkeys(counts, 0), count: 1}

    def test_a_row_that_holds_no_customer_is_rejected(self, make: Make) -> None:
        said = expected(make, [Rejected(2, [""], "empty"), make.row(3)])
        assert said.rejections == Rejections(1, [Rejection(2, "empty")])


class TestCosts:
    def test_at_most_every_provider_of_the_chain_is_asked_at_its_highest_price(self, make: Make) -> None:
        said = expected(make, some(make, 10), "clearbit", "hunter")
        assert said.cost.most == Money(10 * 2 * PRICE)

    def test_what_is_not_looked_up_costs_nothing(self, make: Make) -> None:
        books = Books({"ada": CACHED, "hedy": SUPPRESSED})
        said = expected(make, [make.row(2, name) for name in books.plans], books=books)
        assert said.cost == Expectation()

    def test_who_is_over_the_quota_may_cost_something_as_long_as_others_may_leave_a_place(self, make: Make) -> None:
        rows, books = some(make, 10), Books({"customer11": OVER_QUOTA})
        assert expected(make, rows, books=books, bounds=Bounds(places=9)).cost.most == Money(10 * PRICE)
        assert expected(make, rows, books=books, bounds=Bounds(places=0)).cost == Expectation()

    def test_what_several_customers_ask_alike_is_expected_to_be_bought_once(self, make: Make) -> None:
        alike = [make.row(line, f"ada{line}", email="ada@example.com") for line in range(2, 12)]
        said = expected(make, alike).cost
        assert (said.expected, said.most) == (Money(PRICE), Money(10 * PRICE))

    def test_what_is_on_disk_is_expected_to_cost_nothing(self, make: Make) -> None:
        books = Books()
        expected(make, some(make, 3), books=books)
        assert expected(make, some(make, 3), books=books).cost.expected == ZERO

    def test_a_data_type_that_waits_for_the_person_is_planned_with_what_is_known_of_them(self, make: Make) -> None:
        """Twitter can be asked for nobody without a handle; the person's, who is fresh, has one."""
        known = Enrichment(
            data_type=PERSON, status=Known.FOUND, cached_at=NOW, expires_at=NOW, content=content_of({"twitter": "ada"})
        )
        told: list[Wish] = []

        class Asking(Books):
            def plan(self, wishes: Sequence[Wish], now: datetime) -> list[Plan]:
                told.extend(wishes)
                standing = [Standing.HINTED if wish.hinted else Standing.RESERVED for wish in wishes]
                return [Plan(standing=one, fresh={PERSON: known}, look_up=_types(one)) for one in standing]

        handle = frozenset({"twitter"})
        link = make.link("twitter", needs=(handle,), reads=handle, lookup=one_question)
        chains = {PERSON: make.chain("clearbit"), DataType.SOCIAL: Chain(DataType.SOCIAL, [link])}
        said = forecast([make.row(2, "ada")], chains, Asking(), NOW, records={}, concurrency=50)
        assert (said.to_look_up, said.cost.most) == (1, Money(PRICE))
        assert [wish.again for wish in told] == [False, True]

    def test_who_costs_more_than_a_cap_has_room_for_is_over_quota_and_costs_nothing(self, make: Make) -> None:
        said = expected(make, some(make, 3), bounds=Bounds(cap=Money(PRICE - 1)))
        assert (said.to_look_up, said.over_quota, said.cost, said.to_reach) == (0, 3, Expectation(), 3)
        paid = expected(make, some(make, 3), bounds=Bounds(cap=Money(PRICE)))
        assert (paid.to_look_up, paid.over_quota, paid.cost.most, paid.to_reach) == (1, 2, Money(PRICE), 3)

    def test_who_comes_once_a_cap_is_used_up_is_over_quota(self, make: Make) -> None:
        said = expected(make, some(make, 100), bounds=Bounds(cap=Money(12 * PRICE)))
        assert (said.to_look_up, said.over_quota) == (12, 88)

    def test_a_cap_with_room_for_one_pays_for_one_though_two_providers_may_have_to_be_asked(self, make: Make) -> None:
        said = expected(make, some(make, 10), "clearbit", "hunter", bounds=Bounds(cap=Money(PRICE)))
        assert (said.to_look_up, said.over_quota, said.reach.cost) == (1, 9, 1)

    @pytest.mark.parametrize("plan", [OVER_QUOTA, replace(LOOK_UP, standing=Standing.FULL)])
    def test_who_has_no_place_in_the_quota_is_not_counted_again_for_a_cap(self, make: Make, plan: Plan) -> None:
        full = {f"customer{line}": plan for line in range(22, 102)}
        pays_for_50, pays_for_12 = (
            expected(make, some(make, 100), books=Books(full), bounds=Bounds(cap=Money(number * PRICE)))
            for number in (50, 12)
        )
        assert (pays_for_50.to_look_up, pays_for_50.over_quota) == (20, 80)
        assert (pays_for_12.to_look_up, pays_for_12.over_quota) == (12, 88)

    def test_what_a_cap_has_no_room_for_is_bought_for_no_other_customer_either(self, make: Make) -> None:
        alike = [make.row(line, f"ada{line}", email="ada@example.com") for line in range(2, 5)]
        said = expected(make, alike, bounds=Bounds(cap=Money(0)))
        assert (said.to_look_up, said.over_quota) == (0, 3)

    def test_nor_is_what_takes_a_hint_that_there_is_no_room_for(self, make: Make) -> None:
        """Free as it is, it can be asked only by what is learned of the person."""
        handle = frozenset({"twitter"})
        free = make.link("facebook", price=ZERO, needs=(handle,), reads=handle, lookup=one_question)
        chains = {
            PERSON: Chain(PERSON, [make.link("clearbit", lookup=one_question)]),
            DataType.SOCIAL: Chain(DataType.SOCIAL, [free]),
        }
        books = Books({"ada": replace(LOOK_UP, look_up=(PERSON, DataType.SOCIAL))})
        bounds = Bounds(cap=Money(0))
        said = forecast([make.row(2, "ada")], chains, books, NOW, records={}, concurrency=50, bounds=bounds)
        assert (said.to_look_up, said.over_quota) == (0, 1)

    def test_later_rows_of_who_is_refused_by_a_cap_are_over_quota_too(self, make: Make) -> None:
        books = Books({"later": Plan(standing=Standing.REPEATED)})
        alone = expected(make, [make.row(2, "ada"), make.row(3, "later")], books=books, bounds=Bounds(cap=Money(0)))
        assert (alone.cached, alone.over_quota, books.refused) == (1, 1, {"ada"})

    def test_what_is_on_disk_needs_no_room_under_a_cap(self, make: Make) -> None:
        bought, asked = Books(), some(make, 2)
        expected(make, asked, books=bought)
        said = expected(make, asked, books=bought, bounds=Bounds(cap=Money(0)))
        assert (said.to_look_up, said.over_quota) == (2, 0)
        beside = expected(make, some(make, 100), books=bought, bounds=Bounds(cap=Money(12 * PRICE)))
        assert (beside.to_look_up, beside.over_quota) == (2 + 12, 86)


def _types(standing: Standing) -> tuple[DataType, ...]:
    return (DataType.SOCIAL,) if standing is Standing.RESERVED else ()


class TestReach:
    def test_who_is_not_found_takes_no_place_so_that_a_quota_reaches_further(self, make: Make) -> None:
        half = TrackRecord(found=Costs(5_000, 0, 0), missed=Costs(5_000, 0, 0))
        said = expected(make, some(make, 100), records={"clearbit": half}, bounds=Bounds(places=20))
        assert (said.to_reach, said.reach.quota, said.reach.cost) == (100, 40, None)

    def test_a_cap_reaches_as_many_as_it_can_pay_for(self, make: Make) -> None:
        said = expected(make, some(make, 100), bounds=Bounds(cap=Money(12 * PRICE)))
        assert (said.reach.quota, said.reach.cost) == (None, 12)


def test_a_type_that_nobody_can_be_asked_for_costs_nothing(make: Make) -> None:
    chains = {PERSON: Chain(PERSON, [])}
    unasked = Plan(standing=Standing.SERVED, landed=Count.NOT_FOUND)
    said = forecast([make.row(2, "ada")], chains, Books({"ada": unasked}), NOW, records={}, concurrency=50)
    assert (said.to_look_up, said.cost) == (1, Expectation())


def test_a_provider_without_a_known_price_is_named(make: Make) -> None:
    links = [make.link("clearbit", price=None, lookup=one_question), make.link("hunter", lookup=one_question)]
    chains = {PERSON: Chain(PERSON, links)}
    said = forecast(some(make, 2), chains, Books(), NOW, records={}, concurrency=50)
    assert (said.unpriced, said.cost.most) == (["clearbit"], Money(2 * PRICE))
    assert forecast([], chains, Books(), NOW, records={}, concurrency=50).unpriced == []


@pytest.mark.parametrize("rows", [1, 100, 101, 250])
def test_every_row_is_in_it_however_they_fall_into_batches(make: Make, rows: int) -> None:
    assert expected(make, some(make, rows)).to_look_up == rows
