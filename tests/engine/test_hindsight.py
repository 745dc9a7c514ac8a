"""What a run cost against what was expected, what a cap refused, and what the cheapest order saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.outcomes import Failed, NotFound
from enrich_cli.domain.report import Count
from enrich_cli.engine.chains import cheapest_first
from enrich_cli.engine.hindsight import compare, savings
from enrich_cli.store.track_record import Costs, TrackRecord

if TYPE_CHECKING:
    from tests.engine.conftest import Make, Office

PERSON = DataType.PERSON
PRICE = 100_000
REFUSED = Failed("does not fit", refused=True)


def record(found: int, missed: int, price: int = PRICE) -> TrackRecord:
    return TrackRecord(Costs(found, found * price, found * price**2), Costs(missed, missed * price, missed * price**2))


async def test_a_run_is_compared_with_what_its_customers_should_have_cost(make: Make, office: Office) -> None:
    run = await office.run(make.chains(person="clearbit"), {"clearbit": make.found()}, [make.row(2), make.row(3)])
    compare(run.tally, {}, cap=None)
    expected = run.report.expectation
    assert expected is not None
    assert run.report.cost == expected.expected == expected.most == Money(2 * PRICE)


async def test_what_came_from_disk_was_not_expected_to_be_paid(make: Make, office: Office) -> None:
    chains, rows = make.chains(person="clearbit"), [make.row(2), make.row(3)]
    await office.run(chains, {"clearbit": make.found()}, rows)
    office.sql("DELETE FROM customer_enrichment_data")
    run = await office.run(chains, {"clearbit": make.found()}, rows)
    compare(run.tally, {}, cap=None)
    assert (run.report.providers[0].from_disk, run.report.cost) == (2, ZERO)
    assert run.report.expectation is not None
    assert run.report.expectation.expected == ZERO


async def test_who_was_served_from_the_store_was_expected_to_cost_nothing(make: Make, office: Office) -> None:
    chains = make.chains(person="clearbit")
    await office.run(chains, {"clearbit": make.found()}, [make.row(2)])
    run = await office.run(chains, {"clearbit": make.found()}, [make.row(2)])
    compare(run.tally, {}, cap=None)
    assert run.report.expectation is not None
    assert run.report.expectation.most == ZERO


async def test_a_run_that_was_interrupted_is_not_compared(make: Make, office: Office) -> None:
    run = await office.run(make.chains(person="clearbit"), {"clearbit": make.found()}, [make.row(2)])
    run.report.interrupted = True
    compare(run.tally, {}, cap=None)
    assert run.report.expectation is None


class TestRefusals:
    async def test_the_rest_is_what_was_refused_where_nothing_was_found(self, make: Make, office: Office) -> None:
        """Of one customer only the second vendor was refused, of the other the first, and the second found nobody."""
        is_refused = {("hunter", "ada"), ("clearbit", "bob")}
        run = await office.run(
            make.chains(person="clearbit hunter"),
            lambda provider, customer: REFUSED if (provider, customer.id.shown) in is_refused else NotFound(),
            [make.row(2, "ada"), make.row(3, "bob")],
        )
        compare(run.tally, {}, cap=None)
        refusals = run.report.refusals
        assert (refusals.customers, refusals.lookups, refusals.rest.most) == (2, 2, Money(2 * PRICE))

    async def test_what_was_found_all_the_same_needs_nothing_more(self, make: Make, office: Office) -> None:
        chains = make.chains(person="clearbit hunter")
        run = await office.run(chains, {"clearbit": REFUSED, "hunter": make.found()}, [make.row(2)])
        compare(run.tally, {}, cap=None)
        assert run.counts == {Count.ENRICHED: 1}
        assert (run.report.refusals.lookups, run.report.refusals.rest.most) == (1, ZERO)

    async def test_without_a_cap_there_is_none(self, make: Make, office: Office) -> None:
        run = await office.run(make.chains(person="clearbit"), {"clearbit": Failed("down")}, [make.row(2)])
        compare(run.tally, {}, cap=None)
        assert (run.report.refusals.customers, run.report.refusals.lookups) == (0, 0)


class TestCheapestOrder:
    def test_who_finds_for_the_least_money_comes_first(self, make: Make) -> None:
        records = {"dear": record(90, 10), "rare": record(1, 99, price=PRICE // 10), "good": record(80, 20, price=50)}
        chain = cheapest_first(make.chain("dear", "rare", "good"), records)
        assert [link.provider.name for link in chain.links] == ["good", "dear", "rare"]

    def test_one_that_was_hardly_ever_asked_is_tried_where_it_is_cheap(self, make: Make) -> None:
        chain = make.chain("known", "new")
        assert cheapest_first(chain, {"known": record(20, 80)}).links[0].provider.name == "new"
        assert cheapest_first(chain, {"known": record(20, 80), "new": record(0, 1)}).links[0].provider.name == "new"
        assert cheapest_first(chain, {"known": record(95, 5)}).links[0].provider.name == "known"

    async def test_it_is_told_what_was_saved_against_the_default_order(self, make: Make, office: Office) -> None:
        """The first of the default order never finds anybody, the other one always does."""
        records = {"clearbit": record(0, 10**6), "hunter": record(10**6, 0)}
        default = make.chain("clearbit", "hunter")
        chains = {PERSON: cheapest_first(default, records)}
        rows = [make.row(line) for line in range(2, 12)]
        run = await office.run(chains, {"clearbit": NotFound(), "hunter": make.found()}, rows)
        order = savings(run.tally, records, {PERSON: ["clearbit", "hunter"]})
        assert run.report.cost == Money(10 * PRICE)
        assert order.default.micros == pytest.approx(20 * PRICE, rel=0.001)
        assert order.saved == order.default - run.report.cost

    async def test_nothing_spent_is_nothing_saved(self, make: Make, office: Office) -> None:
        run = await office.run(make.chains(person="clearbit"), {}, [])
        assert savings(run.tally, {}, {PERSON: ["clearbit"]}).saved == ZERO
