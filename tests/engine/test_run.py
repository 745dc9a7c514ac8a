"""A whole pass over a source, on the real store: every row lands in one count, and nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import anyio
import pytest

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import State
from enrich_cli.domain.outcomes import Failed, NotFound, Objected, Outcome
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Rejected, SourceRow
from enrich_cli.domain.tier import Tier
from enrich_cli.engine.batches import ROWS_A_BATCH
from enrich_cli.engine.chain import Chain, Link
from enrich_cli.engine.room import TIMES_THE_SLOTS
from enrich_cli.sources.errors import SourceError

if TYPE_CHECKING:
    from tests.engine.conftest import Make, Office

PERSON = DataType.PERSON
NOBODY = NotFound()
BROKEN = Failed("out of order")


async def test_every_row_is_finished_once_with_its_count(make: Make, office: Office) -> None:
    outcomes: dict[str, Outcome] = {"1": make.found(), "2": NOBODY, "3": BROKEN, "4": Objected()}

    def says(_: str, customer: Customer) -> Outcome:
        return outcomes[customer.id.shown]

    rows: list[SourceRow] = [make.row(int(name) + 1, name) for name in outcomes]
    rows.append(Rejected(6, ["?"], "nothing to look up by"))
    run = await office.run(make.chains(person="clearbit"), says, rows)
    counts = [Count.ENRICHED, Count.NOT_FOUND, Count.FAILED, Count.SUPPRESSED, Count.REJECTED]
    assert [run.finished[number].count for number in range(5)] == counts
    assert (run.complete, run.report.read, run.counts) == (True, 5, dict.fromkeys(counts, 1))
    assert [run.finished[number].customer_id for number in (0, 4)] == ["1", ""]


async def test_a_second_run_is_served_from_the_store_and_needs_no_provider(make: Make, office: Office) -> None:
    def says(_: str, customer: Customer) -> Outcome:
        return make.found() if customer.id.shown == "ada" else NOBODY

    rows = [make.row(2, "ada"), make.row(3, "grace")]
    await office.run(make.chains(person="clearbit"), says, rows)
    unconfigured = {PERSON: Chain(PERSON, [Link(make.provider("clearbit"), None, "not configured")])}
    again = await office.run(unconfigured, {}, rows)
    assert (again.counts, again.desk.asked, again.report.wanted_lookups) == ({Count.CACHED: 2}, [], False)
    assert [again.finished[number].results[PERSON].state for number in (0, 1)] == [State.FOUND, State.NOT_FOUND]


async def test_with_nobody_to_ask_all_is_skipped_and_nothing_reserved_or_kept(make: Make, office: Office) -> None:
    unconfigured = {PERSON: Chain(PERSON, [Link(make.provider("clearbit"), None, "not configured")])}
    run = await office.run(unconfigured, {}, [make.row(2, "ada")])
    assert (run.counts, run.report.wanted_lookups) == ({Count.NOT_FOUND: 1}, True)
    assert run.finished[0].results[PERSON].state is State.SKIPPED
    for table in ("run_customers", "customer_enrichment_data"):
        assert office.sql(f"SELECT COUNT(*) FROM {table}") == [(0,)]


class TestQuota:
    async def test_the_count_ends_at_the_limit_and_later_rows_that_are_fresh_are_still_served(
        self, make: Make, office: Office
    ) -> None:
        chains = make.chains(person="clearbit")
        await office.run(chains, {"clearbit": make.found()}, [make.row(2, "early")])
        rows = [make.row(line) for line in range(2, 56)]
        run = await office.run(chains, {"clearbit": make.found()}, [*rows, make.row(56, "early")])
        assert run.counts == {Count.ENRICHED: 49, Count.OVER_QUOTA: 5, Count.CACHED: 1}
        assert (run.finished[54].count, len(run.desk.asked)) == (Count.CACHED, 49)
        assert office.broken() == []

    async def test_a_place_that_comes_to_nothing_goes_to_the_next(self, make: Make, office: Office) -> None:
        office.use_quota(48)

        def says(_: str, customer: Customer) -> Outcome:
            return make.found() if customer.id.shown >= "e" else NOBODY

        run = await office.run(make.chains(person="clearbit"), says, [make.row(2, name) for name in "abcdefg"])
        assert run.counts == {Count.NOT_FOUND: 4, Count.ENRICHED: 2, Count.OVER_QUOTA: 1}
        assert office.broken() == []


class TestTheSameCustomerTwice:
    async def test_it_is_sent_once_and_later_rows_get_its_result(self, make: Make, office: Office) -> None:
        rows = [make.row(2, "ada"), make.row(3, "grace"), make.row(4, "ada")]
        run = await office.run(make.chains(person="clearbit"), {"clearbit": make.found(city="Paris")}, rows)
        assert (run.counts, len(run.desk.asked)) == ({Count.ENRICHED: 2, Count.CACHED: 1}, 2)
        first, later = (run.finished[number].results[PERSON].enrichment for number in (0, 2))
        assert later is not None
        assert later == first

    @pytest.mark.parametrize(
        ("said", "count"), [(NOBODY, Count.CACHED), (BROKEN, Count.FAILED), (Objected(), Count.SUPPRESSED)]
    )
    async def test_later_rows_land_where_the_first_did_and_in_cached_when_nothing_was_found(
        self, make: Make, office: Office, said: Outcome, count: Count
    ) -> None:
        run = await office.run(make.chains(person="clearbit"), {"clearbit": said}, [make.row(2, "ada")] * 3)
        assert [run.finished[number].count for number in (1, 2)] == [count, count]
        states = [{kind: one.state for kind, one in row.results.items()} for _, row in sorted(run.finished.items())]
        assert states == [states[0]] * 3
        assert len(run.desk.asked) == 1

    async def test_of_one_over_quota_as_the_tier_was_lowered_meanwhile_later_rows_show_what_is_fresh_as_the_first_does(
        self, make: Make, office: Office
    ) -> None:
        await office.run(make.chains(person="clearbit"), {"clearbit": make.found()}, [make.row(2, "ada")])
        office.sql("UPDATE customer_enrichment_usage SET enrichments_count = 50")
        office.set_tier(Tier.PRO)

        def says(_: str, __: Customer) -> Outcome:
            office.set_tier(Tier.FREE)
            return make.found()

        run = await office.run(make.chains(person="clearbit", business="places"), says, [make.row(2, "ada")] * 2)
        states = [{kind: one.state for kind, one in row.results.items()} for _, row in sorted(run.finished.items())]
        assert run.counts == {Count.OVER_QUOTA: 2}
        assert states == [{PERSON: State.FOUND, DataType.BUSINESS: State.SKIPPED}] * 2

    async def test_other_fields_are_warned_of_with_both_lines(self, make: Make, office: Office) -> None:
        rows = [make.row(2, "ada"), make.row(3, "ada", email="ADA@example.com"), make.row(4, "ada", city="Paris")]
        run = await office.run(make.chains(person="clearbit"), {"clearbit": make.found()}, rows)
        (warning,) = run.report.warnings
        assert "line 4" in warning
        assert "line 2" in warning
        assert "Paris" not in warning


class TestTwoRunsAtOnce:
    async def test_the_second_takes_what_the_first_looks_up_last_and_uses_what_it_saved(
        self, make: Make, office: Office
    ) -> None:
        office.set_tier(Tier.ENTERPRISE)
        chains = make.chains(person="clearbit")
        async with office.store() as one, office.store() as two:
            first = await office.new_pass(one, chains, {"clearbit": make.found(city="Paris")})
            second = await office.new_pass(two, chains, {"clearbit": make.found(city="Rome")})
            first.desk.hold = anyio.Event()
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(office.go, one, chains, first, [make.row(2, "ada")])
                await first.desk.began.wait()
                tasks.start_soon(office.go, two, chains, second, [make.row(2, "ada"), make.row(3, "grace")])
                await second.desk.began.wait()
                first.desk.hold.set()
        assert second.desk.asked == [("clearbit", "grace")]
        assert (first.counts, second.counts) == ({Count.ENRICHED: 1}, {Count.CACHED: 1, Count.ENRICHED: 1})
        shown = second.finished[0].results[PERSON].enrichment
        assert shown is not None
        assert shown.data is not None
        assert shown.data["city"] == "Paris"


class TestBounds:
    async def test_no_more_customers_are_in_flight_than_allowed(self, make: Make, office: Office) -> None:
        office.set_tier(Tier.PRO)
        rows = [make.row(line) for line in range(2, 60)]
        run = await office.run(make.chains(person="clearbit hunter"), _miss_then_hit(make), rows, concurrency=3)
        assert (run.desk.most_in_flight, run.counts) == (3, {Count.ENRICHED: 58})

    async def test_the_source_is_read_a_bounded_number_of_rows_ahead(self, make: Make, office: Office) -> None:
        office.set_tier(Tier.ENTERPRISE)
        read: list[int] = []
        ahead: list[int] = []

        def rows() -> Iterator[SourceRow]:
            for line in range(2, 2 + 2 * ROWS_A_BATCH):
                read.append(line)
                yield make.row(line)

        async with office.store() as store:
            chains = make.chains(person="clearbit")
            run = await office.new_pass(store, chains, {})

            def says(_: str, __: Customer) -> Outcome:
                ahead.append(len(read) - len(run.finished))
                return NOBODY

            run.desk.says = says
            await office.go(store, chains, run, rows(), concurrency=2)
        assert run.counts == {Count.NOT_FOUND: 2 * ROWS_A_BATCH}
        assert max(ahead) <= ROWS_A_BATCH + 2 * TIMES_THE_SLOTS + 1


class TestInterrupt:
    async def test_what_is_in_flight_is_finished_and_saved_and_the_rest_is_in_no_count(
        self, make: Make, office: Office
    ) -> None:
        chains = make.chains(person="clearbit")
        async with office.store() as store:
            run = await office.new_pass(store, chains, {"clearbit": make.found()})

            run.desk.hold = anyio.Event()
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(partial(office.go, concurrency=1), store, chains, run, map(make.row, range(2, 9)))
                await run.desk.began.wait()
                run.stop.ask()
                run.desk.hold.set()
        assert (run.complete, run.counts, list(run.finished)) == (False, {Count.ENRICHED: 1}, [0])
        assert office.sql("SELECT customer_id FROM customer_enrichment_data") == [("customer2",)]
        assert office.broken() == []

    async def test_asked_before_anything_began_nothing_is_asked(self, make: Make, office: Office) -> None:
        chains = make.chains(person="clearbit")
        async with office.store() as store:
            run = await office.new_pass(store, chains, {"clearbit": make.found()})
            run.stop.ask()
            await office.go(store, chains, run, [make.row(2)])
        assert (run.complete, run.desk.asked, run.finished) == (False, [], {})


async def test_a_source_that_breaks_off_is_told_of_when_all_rows_before_are_finished(
    make: Make, office: Office
) -> None:
    office.set_tier(Tier.ENTERPRISE)

    def rows() -> Iterator[SourceRow]:
        yield from map(make.row, range(2, 2 + ROWS_A_BATCH + 3))
        raise SourceError("the file is truncated")

    async with office.store() as store:
        chains = make.chains(person="clearbit")
        run = await office.new_pass(store, chains, {"clearbit": make.found()})
        await office.go(store, chains, run, rows())
    assert run.broken_off == "the file is truncated"
    assert run.counts == {Count.ENRICHED: ROWS_A_BATCH + 3}
    assert office.broken() == []


def _miss_then_hit(make: Make) -> dict[str, Outcome]:
    return {"clearbit": NOBODY, "hunter": make.found()}
