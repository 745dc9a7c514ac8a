"""A whole store passes; every way to break one is seen, and the line names what is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Finding
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Tier
from enrich_cli.store.errors import MasterKeyError, StoreError
from enrich_cli.store.invariants import check_store
from enrich_cli.store.master_key import MasterKey

if TYPE_CHECKING:
    from tests.store.conftest import Bench

OPEN_LOOKUP_OF_NOBODY = """
INSERT INTO open_lookups (run_id, lookup, company_id, customer_id, data_type, provider, question, busy, in_air, aside,
    at, fields) VALUES ('nine', 7, 'acme', 'ada', 'person', 'hunter', x'00', 1, 0, 0, '', '')
"""


@pytest.fixture
def whole(bench: Bench) -> Bench:
    """A store in which two companies enriched somebody, and one found nothing for somebody else."""
    with bench.run(run_id="one") as run:
        run.enrich(bench.customer("ada"), cost=40)
        run.plan(bench.customer("bob"))
        run.finish(bench.customer("bob"), bench.nothing(), lookups=[])
        run.end()
    with bench.run(run_id="two", company="rival") as run:
        run.enrich(bench.customer("carl"), cost=60)
        run.end()
    return bench


def broken(bench: Bench) -> list[str]:
    return check_store(bench.path, bench.master, bench.now)


def test_a_whole_store_passes_and_is_left_as_it_is(whole: Bench) -> None:
    before = whole.files()
    assert broken(whole) == []
    assert whole.files() == before


@pytest.mark.parametrize(
    ("harm", "lines"),
    [
        (
            "UPDATE customer_enrichment_usage SET api_costs = 41 WHERE company_id = 'acme'",
            ["costs of acme in 2026-11: usage says $0.000041, the ledger $0.00004"],
        ),
        (
            "DELETE FROM customer_enrichment_usage WHERE company_id = 'acme'",
            [
                "costs of acme in 2026-11: usage says $0.00, the ledger $0.00004",
                "count of acme in 2026-11: usage says 0, run_customers 1",
            ],
        ),
        (
            "DELETE FROM provider_lookups WHERE company_id = 'rival'",
            [
                "costs of rival in 2026-11: usage says $0.00006, the ledger $0.00",
                "costs of run two: the run says $0.00006, the ledger $0.00",
            ],
        ),
        (
            "UPDATE provider_lookups SET at = '2026-10-31T23:59:59.999Z' WHERE company_id = 'acme'",
            [
                "costs of acme in 2026-10: usage says $0.00, the ledger $0.00004",
                "costs of acme in 2026-11: usage says $0.00004, the ledger $0.00",
            ],
        ),
        (
            "UPDATE customer_enrichment_usage SET enrichments_count = 3 WHERE company_id = 'rival'",
            ["count of rival in 2026-11: usage says 3, run_customers 1"],
        ),
        (
            "UPDATE runs SET in_doubt = 5 WHERE run_id = 'one'",
            ["doubt of run one: the run says $0.000005, the ledger $0.00"],
        ),
        (
            "UPDATE provider_lookups SET cost = 0, in_doubt = cost WHERE run_id = 'one'",
            [
                "costs of run one: the run says $0.00004, the ledger $0.00",
                "doubt of run one: the run says $0.00, the ledger $0.00004",
            ],
        ),
        (
            "UPDATE customer_enrichment_data SET enrichment_data = NULL WHERE customer_id = 'ada'",
            ["person of customer ada is found, with no data"],
        ),
        (
            "UPDATE customer_enrichment_data SET source = 'clearbit,hunter' WHERE customer_id = 'ada'",
            ["person of customer ada: source disagrees with who gave its fields"],
        ),
        (
            "UPDATE customer_enrichment_data SET source = CAST(x'ff' AS TEXT) WHERE customer_id = 'ada'",
            ["person of customer ada: source disagrees with who gave its fields"],
        ),
        (
            "UPDATE customer_enrichment_data SET status = 'found' WHERE customer_id = 'bob'",
            [
                "run one saved data for customer bob, who was never counted",
                "person of customer bob is found, with no data",
                "person of customer bob is found, with no source",
                "person of customer bob has a confidence of none",
            ],
        ),
        (
            "UPDATE customer_enrichment_data SET cached_at = 'yesterday' WHERE customer_id = 'bob'",
            ["person of customer bob has an invalid time"],
        ),
        (
            "UPDATE customer_enrichment_data SET expires_at = '2020-01-01T00:00:00.000Z' WHERE customer_id = 'ada'",
            ["person of customer ada has an invalid time"],
        ),
        (
            "UPDATE customer_enrichment_data SET source = '' WHERE customer_id = 'ada'",
            ["person of customer ada is found, with no source"],
        ),
        (
            "UPDATE customer_enrichment_data SET source = 'hunter' WHERE customer_id = 'bob'",
            ["person of customer bob is not_found, with a source"],
        ),
        (
            "UPDATE run_customers SET outcome = 'lost' WHERE customer_id = 'ada'",
            ["run one has customer ada as lost, which is no outcome"],
        ),
        (
            "DELETE FROM customers WHERE customer_id = 'bob'",
            ["person is saved for customer bob, who is not in customers"],
        ),
        (
            "DELETE FROM customer_enrichment_data WHERE customer_id = 'ada'",
            ["run one counted customer ada, but nothing is saved"],
        ),
        (
            "DELETE FROM customer_enrichment_data WHERE customer_id = 'carl'",
            ["run two counted customer carl, but nothing is saved"],
        ),
        (
            "UPDATE run_customers SET counted = 0 WHERE customer_id = 'ada'",
            [
                "count of acme in 2026-11: usage says 1, run_customers 0",
                "run one saved data for customer ada, who was never counted",
            ],
        ),
        (
            "UPDATE run_customers SET outcome = NULL WHERE customer_id = 'ada'",
            ["run_customers of run one, which has ended: ada is still open"],
        ),
        (
            OPEN_LOOKUP_OF_NOBODY,
            ["open_lookups of run nine, which has ended: 7 is still open"],
        ),
        (
            "UPDATE customers SET email_hash = zeroblob(16), phone_hash = zeroblob(16) WHERE customer_id = 'ada'",
            [
                "customers: email_hash of ada disagrees with the fields",
                "customers: phone_hash of ada disagrees with the fields",
            ],
        ),
        (
            "UPDATE customers SET fingerprint = CAST(fingerprint AS TEXT) WHERE customer_id = 'carl'",
            ["customers: fingerprint of carl disagrees with the fields"],
        ),
        (
            "INSERT INTO objections (company_id, identity, at) VALUES ('acme', 'bob', '')",
            ["objections: of acme, 1 are not keyed hashes"],
        ),
        (
            "UPDATE customer_enrichment_usage SET tier = 'pro' WHERE company_id = 'acme'",
            [
                "usage of acme in 2026-11: tier pro with a limit of 50",
                "usage of acme in 2026-11: tier pro, but the company has free",
            ],
        ),
        (
            "UPDATE customer_enrichment_usage SET tier = 'pro', enrichments_limit = 500 WHERE company_id = 'acme'",
            ["usage of acme in 2026-11: tier pro, but the company has free"],
        ),
        (
            "INSERT INTO companies (company_id, tier) VALUES ('other', 'gold')",
            ["company other has tier gold, which does not exist"],
        ),
        (
            "UPDATE customer_enrichment_data SET confidence_score = 1.5 WHERE customer_id = 'ada'",
            ["person of customer ada has a confidence of 1.5"],
        ),
        (
            "UPDATE customer_enrichment_data SET confidence_score = NULL WHERE customer_id = 'ada'",
            ["person of customer ada has a confidence of none"],
        ),
        (
            "UPDATE customer_enrichment_data SET refused_confidence = -0.1 WHERE customer_id = 'bob'",
            ["person of customer bob has a confidence of -0.1"],
        ),
        (
            "UPDATE customers SET fields = zeroblob(40) WHERE customer_id = 'ada'",
            ["customers: row 1 of acme does not open"],
        ),
        (
            "UPDATE customer_enrichment_data SET data_type = 'business' WHERE customer_id = 'ada'",
            ["customer_enrichment_data: row 1 of acme does not open"],
        ),
        (
            "UPDATE answers SET body = (SELECT body FROM answers WHERE company_id = 'acme') WHERE company_id = 'rival'",
            ["answers: row 2 of rival does not open"],
        ),
        (
            "UPDATE company_keys SET sealing_key = zeroblob(60) WHERE company_id = 'rival'",
            ["company_keys: the keys of company rival do not open"],
        ),
        (
            "DELETE FROM company_keys WHERE company_id = 'rival'",
            [
                "customers: the keys of company rival are gone",
                "customer_enrichment_data: the keys of company rival are gone",
                "answers: the keys of company rival are gone",
            ],
        ),
    ],
)
def test_what_is_broken_is_named(whole: Bench, harm: str, lines: list[str]) -> None:
    whole.sql(harm)
    assert broken(whole) == lines


def test_two_customers_whose_data_were_swapped_are_both_named(whole: Bench) -> None:
    (ada,), (bob,) = whole.sql("SELECT fields FROM customers WHERE company_id = 'acme' ORDER BY id")
    for row, fields in ((1, bob), (2, ada)):
        whole.sql("UPDATE customers SET fields = ? WHERE id = ?", fields, row)
    assert broken(whole) == ["customers: row 1 of acme does not open", "customers: row 2 of acme does not open"]


def test_damage_to_the_file_itself_is_named(whole: Bench) -> None:
    ((page,),) = whole.sql("SELECT rootpage FROM sqlite_master WHERE name = 'enrichment_of'")
    ((size,),) = whole.sql("PRAGMA page_size")
    with whole.path.open("r+b") as file:
        file.seek((page - 1) * size + 3)
        file.write(b"\x00\x00")
    assert any(line.startswith("SQLite: ") and "enrichment_of" in line for line in broken(whole))


def test_damage_that_stops_the_reading_is_named_too(whole: Bench) -> None:
    ((page,),) = whole.sql("SELECT rootpage FROM sqlite_master WHERE name = 'provider_lookups'")
    ((size,),) = whole.sql("PRAGMA page_size")
    with whole.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))
    assert any("is damaged" in line for line in broken(whole))


def test_a_dead_run_is_recovered_first(bench: Bench) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.ask(bench.question(most=100))
    assert broken(bench) == []
    assert bench.sql("SELECT state, in_doubt FROM runs") == [("crashed", 100)]


@pytest.mark.parametrize("resumed", [False, True])
def test_that_nothing_is_found_any_more_since_the_fields_changed_breaks_no_rule(bench: Bench, *, resumed: bool) -> None:
    ada, moved = bench.customer("ada"), bench.customer("ada", email="ada@new.example")
    with bench.run(run_id="first") as run:
        run.plan(ada)
        run.finish(ada, bench.found(), None if resumed else Count.ENRICHED, lookups=[])
        run.end("interrupted" if resumed else "done")
    bench.later(hours=1)
    with bench.run(resume="first" if resumed else None) as run:
        run.plan(moved)
        bench.later(seconds=1)
        run.finish(moved, bench.nothing(), Count.NOT_FOUND, lookups=[])
        run.end()
    assert bench.sql("SELECT status FROM customer_enrichment_data") == [("not_found",)]
    assert broken(bench) == []


def test_that_nothing_was_found_of_one_type_is_no_excuse_for_another_that_is_gone(bench: Bench) -> None:
    with bench.run(run_id="one") as run:
        ada = bench.customer("ada")
        run.plan(ada, types=(DataType.PERSON, DataType.BUSINESS))
        run.finish(ada, bench.found(), lookups=[])
        bench.later(seconds=1)
        run.finish(ada, Finding(data_type=DataType.BUSINESS), Count.ENRICHED, lookups=[])
        run.end()
    bench.sql("DELETE FROM customer_enrichment_data WHERE status = 'found'")
    assert broken(bench) == ["run one counted customer ada, but nothing is saved"]


def test_a_live_run_breaks_no_rule(bench: Bench) -> None:
    with bench.run() as run:
        run.enrich(bench.customer("bob"))
        run.plan(bench.customer())
        run.ask(bench.question(2))
        assert broken(bench) == []


def test_without_a_store_there_is_nothing_to_check(no_store: Bench) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        broken(no_store)


def test_with_the_wrong_key_nothing_can_be_said(whole: Bench) -> None:
    whole.key = MasterKey(bytes(32))
    with pytest.raises(MasterKeyError):
        broken(whole)


class TestNoFalseAlarm:
    def test_where_a_later_run_came_with_other_fields_and_nothing_came_of_it(self, bench: Bench) -> None:
        """However it ended, the data are those of the fields before."""
        moved = bench.customer("ada", email="ada@new.example", phone="+1 503 555 0100")
        for command in ("first", "failed", "interrupted", "died", "lives"):
            bench.later(seconds=1)
            with bench.run() as run:
                if command == "first":
                    run.enrich(bench.customer("ada"))
                else:
                    run.plan(moved)
                if command == "failed":
                    run.finish(moved, landed=Count.FAILED, lookups=[])
                if command == "lives":
                    assert broken(bench) == []
                if command != "died":
                    run.end("interrupted" if command == "interrupted" else "done")
            assert broken(bench) == []

    @pytest.mark.parametrize("only", [None, "acme"])
    def test_nor_where_the_clock_was_set_back_meanwhile(self, bench: Bench, only: str | None) -> None:
        with bench.run() as run:
            run.enrich(bench.customer("ada"))
            run.end()
        bench.later(hours=-1)
        with bench.run() as run:
            moved = bench.customer("ada", email="ada@new.example")
            run.plan(moved)
            run.finish(moved, landed=Count.FAILED, lookups=[])
            run.end()
        assert check_store(bench.path, bench.master, bench.now, only=only) == []

    @pytest.mark.parametrize("number", ["+1 503 555 0100 ext. 7", "call me", "503-555-0100"])
    def test_of_a_phone_as_stores_held_it_before(self, bench: Bench, number: str) -> None:
        with bench.run() as run:
            run.enrich(bench.customer("ada", phone=number, name="Ada Sample", address="1 Main St"))
            run.end()
        assert broken(bench) == []

    def test_where_the_tier_was_changed_in_another_month(self, bench: Bench) -> None:
        with bench.run() as run:
            run.enrich(bench.customer("ada"))
            run.end()
        bench.later(days=30)
        bench.set_tier(Tier.PRO)
        assert broken(bench) == []
        with bench.run() as run:
            run.enrich(bench.customer("bob"))
            run.end()
        bench.later(days=-30)
        assert broken(bench) == []
