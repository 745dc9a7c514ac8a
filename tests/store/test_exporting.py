"""What is stored comes out as rows: filtered, in a fixed order, of one moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec import structs
from msgspec.structs import replace

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import State
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Row
from enrich_cli.store.errors import MasterKeyError, StoreError
from enrich_cli.store.exporting import Fresh, Wanted, stored_rows
from enrich_cli.store.ledger import LookupOutcome
from enrich_cli.store.master_key import MasterKey
from enrich_cli.store.source import STORED_COLUMNS

if TYPE_CHECKING:
    from tests.store.conftest import Bench

EVERYTHING = Wanted(types=tuple(DataType))


@pytest.fixture
def stocked(bench: Bench) -> Bench:
    """Zoe, of whom we are sure; Ada, of whom less; Bob, of whom nothing was found."""
    with bench.run() as run:
        run.enrich(bench.customer("zoe", name="Zoe Sample"), structs.replace(bench.found(), confidence=0.9))
        run.enrich(bench.customer("ada"), structs.replace(bench.found(), confidence=0.6), lookup=2)
        bob = bench.customer("bob")
        run.plan(bob)
        run.finish(bob, bench.nothing(), Count.NOT_FOUND, lookups=(), outcome=LookupOutcome.NOT_FOUND)
        run.end()
    return bench


def rows(bench: Bench, wanted: Wanted = EVERYTHING, company: str = "acme") -> list[Finished]:
    return list(stored_rows(bench.path, company, wanted, keys=bench.master))


def ids(finished: Sequence[Finished]) -> list[str]:
    return [row.customer_id for row in finished]


def test_everybody_stands_there_in_the_order_in_which_they_were_first_saved(stocked: Bench) -> None:
    found = rows(stocked)
    assert ids(found) == ["zoe", "ada", "bob"]
    assert [row.count for row in found] == [Count.CACHED, Count.CACHED, Count.NOT_FOUND]
    assert {data_type: result.state for data_type, result in found[2].results.items()} == {
        DataType.PERSON: State.NOT_FOUND
    }
    enrichment = found[0].results[DataType.PERSON].enrichment
    assert enrichment
    assert enrichment.data == {"job_title": "Countess"}


@pytest.mark.parametrize(("least", "state"), [(0.5, State.FOUND), (0.7, State.NOT_FOUND)])
def test_data_that_a_later_miss_left_in_place_is_fresh_as_a_run_would_serve_it(
    stocked: Bench, least: float, state: State
) -> None:
    ada, reads = stocked.customer("ada"), stocked.run_plan().reads
    with stocked.run(refresh=True, min_confidence=0.7) as run:
        run.plan(ada)
        run.finish(ada, stocked.nothing(refused=0.65), Count.NOT_FOUND, lookups=())
        run.end()
    fresh = Fresh(saved_after=stocked.now - timedelta(days=1), min_confidence=least, reads=reads)
    exported = {row.customer_id: row.results for row in rows(stocked, replace(EVERYTHING, fresh=fresh))}
    assert exported["ada"][DataType.PERSON].state is state


def test_a_row_holds_the_stored_fields(stocked: Bench) -> None:
    row = rows(stocked)[0].row
    assert isinstance(row, Row)
    cells = dict(zip(STORED_COLUMNS, row.cells, strict=True))
    assert {name: cell for name, cell in cells.items() if cell} == {
        "customer_id": "zoe",
        "name": "Zoe Sample",
        "email": "zoe@example.com",
    }


def test_who_has_nothing_of_the_wanted_types_is_left_out(stocked: Bench) -> None:
    assert rows(stocked, replace(EVERYTHING, types=(DataType.BUSINESS,))) == []


def test_only_what_is_sure_enough_and_nothing_that_was_not_found(stocked: Bench) -> None:
    assert ids(rows(stocked, replace(EVERYTHING, min_confidence=0.7))) == ["zoe"]
    assert ids(rows(stocked, replace(EVERYTHING, min_confidence=0.0))) == ["zoe", "ada"]


@pytest.mark.parametrize(
    ("days", "least", "reads", "left"),
    [
        (1, 0.5, {"email"}, ["zoe", "ada", "bob"]),
        (1, 0.7, {"email"}, ["zoe", "bob"]),
        (0, 0.5, {"email"}, []),
    ],
)
def test_only_what_would_serve_today(stocked: Bench, days: int, least: float, reads: set[str], left: list[str]) -> None:
    stocked.later(hours=1)
    fields = {kind: frozenset({"email", "name"}) for kind in DataType}
    fresh = Fresh(saved_after=stocked.now - timedelta(days=days), min_confidence=least, reads=fields)
    assert ids(rows(stocked, replace(EVERYTHING, fresh=fresh))) == left


def test_what_was_found_for_other_fields_would_not_serve(stocked: Bench) -> None:
    other = {kind: frozenset({"company"}) for kind in DataType}
    fresh = Fresh(saved_after=stocked.now - timedelta(days=1), min_confidence=0, reads=other)
    assert rows(stocked, replace(EVERYTHING, fresh=fresh)) == []


def test_customers_can_be_named_in_any_order(stocked: Bench) -> None:
    assert ids(rows(stocked, replace(EVERYTHING, customers=("bob", "zoe@example.com", "BOB@example.com")))) == [
        "bob",
        "zoe",
    ]


@pytest.mark.parametrize("company", ["acme", "rival"])
def test_a_name_that_nobody_has_is_refused_at_once(stocked: Bench, company: str) -> None:
    with pytest.raises(StoreError, match="--customer"):
        stored_rows(stocked.path, company, replace(EVERYTHING, customers=("nobody",)), keys=stocked.master)


def test_of_another_company_there_is_nothing(stocked: Bench) -> None:
    assert rows(stocked, company="rival") == []


def test_without_a_store_there_is_nothing_and_none_is_made(no_store: Bench) -> None:
    assert rows(no_store) == []
    assert not no_store.path.exists()


def test_another_key_opens_nothing(stocked: Bench) -> None:
    stocked.key = MasterKey(bytes(32))
    with pytest.raises(MasterKeyError):
        stored_rows(stocked.path, "acme", EVERYTHING, keys=stocked.master)


def test_what_is_saved_meanwhile_is_not_seen(stocked: Bench) -> None:
    reading = stored_rows(stocked.path, "acme", EVERYTHING, keys=stocked.master)
    assert next(reading).customer_id == "zoe"
    with stocked.run() as run:
        run.enrich(stocked.customer("new"), lookup=3)
        run.end()
    assert ids(list(reading)) == ["ada", "bob"]
    assert ids(rows(stocked)) == ["zoe", "ada", "bob", "new"]


@pytest.mark.parametrize(("least", "left"), [(0.8, ["cy"]), (0.7, [])])
def test_nor_would_a_miss_where_what_was_refused_is_sure_enough_today(
    bench: Bench, least: float, left: list[str]
) -> None:
    with bench.run() as run:
        run.plan(bench.customer("cy"))
        run.finish(bench.customer("cy"), bench.nothing(refused=0.7), Count.NOT_FOUND, lookups=())
        run.end()
    bench.later(hours=1)
    fields = {kind: frozenset({"email", "name"}) for kind in DataType}
    fresh = Fresh(saved_after=bench.now - timedelta(days=1), min_confidence=least, reads=fields)
    assert ids(rows(bench, replace(EVERYTHING, fresh=fresh))) == left
