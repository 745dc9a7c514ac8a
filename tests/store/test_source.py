"""The stored customers as a source: all, or those that a refresh names or selects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.customer import FIELDS, customer_from
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Finding, State
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Tier
from enrich_cli.store.errors import MasterKeyError, StoreError
from enrich_cli.store.ledger import LookupOutcome
from enrich_cli.store.master_key import MasterKey
from enrich_cli.store.plan import Wish
from enrich_cli.store.source import Selection, StoredCustomers

if TYPE_CHECKING:
    from tests.store.conftest import Bench

PERSON, BUSINESS = DataType.PERSON, DataType.BUSINESS


def names(bench: Bench, company: str = "acme", **selection: object) -> list[str]:
    chosen = Selection(**selection)  # type: ignore[arg-type]
    return [row.customer.id.shown for row in StoredCustomers(bench.path, company, bench.master, chosen)]


@pytest.fixture
def stored(bench: Bench) -> Bench:
    """`zoe` was enriched ten days ago, `ada` today; the lookups of `bob` failed at first, those of `carl` in part."""
    with bench.run() as run:
        run.enrich(bench.customer("zoe", name="Zoe Quinn"), lookup=1)
        for lookup, name in ((2, "bob"), (3, "carl")):
            run.plan(bench.customer(name))
            run.finish(bench.customer(name), None, Count.FAILED if name == "bob" else Count.PARTIAL, lookups=[lookup])
        run.end()
    bench.later(days=10)
    with bench.run() as run:
        run.enrich(bench.customer("ada"))
        run.end()
    return bench


def test_all_stand_in_the_order_in_which_they_were_first_saved(stored: Bench) -> None:
    assert names(stored) == ["zoe", "bob", "carl", "ada"]


def test_a_row_holds_the_fields_as_they_were_stored(stored: Bench) -> None:
    source = StoredCustomers(stored.path, "acme", stored.master, Selection(customers=["zoe"]))
    (row,) = source
    assert source.columns == ("customer_id", *FIELDS)
    assert row.customer == stored.customer("zoe", name="Zoe Quinn")
    assert {column: cell for column, cell in zip(source.columns, row.cells, strict=True) if cell} == {
        "customer_id": "zoe",
        "name": "Zoe Quinn",
        "email": "zoe@example.com",
    }


def test_fields_are_those_of_the_last_time(stored: Bench) -> None:
    with stored.run() as run:
        run.plan(stored.customer("bob", name="Bob Bobson"))
        run.end()
    (row,) = StoredCustomers(stored.path, "acme", stored.master, Selection(customers=["bob"]))
    assert row.customer.name == "Bob Bobson"
    assert names(stored) == ["zoe", "bob", "carl", "ada"]


@pytest.mark.parametrize("called", ["zoe", "zoe@example.com", "ZOE@Example.com", "zoe  QUINN"])
def test_a_customer_is_named_by_id_email_or_name(stored: Bench, called: str) -> None:
    assert names(stored, customers=[called]) == ["zoe"]


def test_several_are_named_each_stands_once(stored: Bench) -> None:
    assert names(stored, customers=["ada", "zoe", "ada@example.com"]) == ["ada", "zoe"]


def test_a_derived_id_is_found_by_what_it_was_derived_from(bench: Bench) -> None:
    derived = customer_from({"name": "Ada King", "company": "Analytical Engines"})
    assert derived is not None
    with bench.run() as run:
        run.plan(derived)
        run.end()
    assert names(bench, customers=["ada king, analytical engines"]) == ["Ada King, Analytical Engines"]


def test_a_name_that_nobody_bears_is_said_without_repeating_it(stored: Bench) -> None:
    with pytest.raises(StoreError, match="no stored customer has this id") as refused:
        names(stored, customers=["ada", "eve"])
    assert "eve" not in str(refused.value).split()


def test_saved_before_are_those_with_data_of_that_age(stored: Bench) -> None:
    assert names(stored, saved_before=stored.now - timedelta(days=10)) == ["zoe"]
    assert names(stored, saved_before=stored.now - timedelta(days=10, seconds=1)) == []


def test_failed_are_those_that_landed_in_failed_or_partial(stored: Bench) -> None:
    assert names(stored, failed=True) == ["bob", "carl"]


def test_and_no_longer_when_they_were_enriched_since(stored: Bench) -> None:
    with stored.run() as run:
        run.enrich(stored.customer("bob"))
        run.end()
    assert names(stored, failed=True) == ["carl"]


def test_a_type_that_failed_is_not_forgotten_when_another_is_found_since(stored: Bench) -> None:
    dave = stored.customer("dave")
    with stored.run() as run:
        run.plan(dave)
        run.ask(stored.question(4, "who is dave?", customer_id="dave"))
        run.answered(4)
        run.finish(dave, None, Count.FAILED, lookups=[4], outcome=LookupOutcome.FAILED)
        run.end()
    stored.later(minutes=1)
    with stored.run() as run:
        run.plan(dave, types=(DataType.BUSINESS,))
        run.finish(dave, stored.found_of(DataType.BUSINESS), Count.ENRICHED, lookups=[])
        run.end()
    assert names(stored, failed=True) == ["bob", "carl", "dave"]
    assert names(stored, failed=True, customers=["dave", "ada"]) == ["dave"]
    assert names(stored, failed=True, data_types=[DataType.BUSINESS]) == []
    with stored.run() as run:
        run.enrich(dave, lookup=5)
        run.end()
    assert names(stored, failed=True) == ["bob", "carl"]


def test_a_crash_since_does_not_hide_that_a_lookup_failed(stored: Bench) -> None:
    with stored.run(refresh=True) as run:
        run.plan(stored.customer("bob"))
    stored.standing("ada")
    assert names(stored, failed=True) == ["bob", "carl"]


def test_selections_narrow_each_other(stored: Bench) -> None:
    assert names(stored, failed=True, saved_before=stored.now) == []
    assert names(stored, customers=["zoe", "bob"], failed=True) == ["bob"]
    yesterday = stored.now - timedelta(days=1)
    assert names(stored, customers=["ada", "zoe"], saved_before=yesterday) == ["zoe"]


def test_old_data_of_a_type_that_is_not_looked_up_selects_nobody(stored: Bench) -> None:
    yesterday = stored.now - timedelta(days=1)
    assert names(stored, saved_before=yesterday, data_types=[DataType.PERSON, DataType.SOCIAL]) == ["zoe"]
    assert names(stored, saved_before=yesterday, data_types=[DataType.SOCIAL]) == []


def test_whom_a_resumed_run_looked_up_is_still_selected(stored: Bench) -> None:
    yesterday = stored.now - timedelta(days=1)
    with stored.run(refresh=True) as run:
        run.enrich(stored.customer("zoe"), lookup=4)
        run.enrich(stored.customer("bob"), lookup=5)
    assert names(stored, saved_before=yesterday, resume="last") == ["zoe", "bob"]
    with stored.run(refresh=True, resume="last") as run:
        run.enrich(stored.customer("carl"), lookup=6)
    assert names(stored, failed=True) == names(stored, saved_before=yesterday) == []
    assert names(stored, failed=True, resume=run.run_id) == ["zoe", "bob", "carl"]
    assert names(stored, saved_before=yesterday, resume="last", customers=["bob", "ada"]) == ["bob"]
    chosen = Selection(failed=True, resume="last")
    assert {row.renewed for row in StoredCustomers(stored.path, "acme", stored.master, chosen)} == {frozenset()}


def test_a_run_that_ended_selects_nobody_again(stored: Bench) -> None:
    with pytest.raises(StoreError, match="nothing to resume"):
        names(stored, failed=True, resume="last")


def test_companies_have_customers_of_their_own(stored: Bench) -> None:
    with stored.run(company="rival") as run:
        run.plan(stored.customer("eve"))
        run.end()
    assert names(stored, "rival") == ["eve"]
    with pytest.raises(StoreError):
        names(stored, "rival", customers=["ada"])


def test_many_are_read_page_by_page_and_none_is_lost(bench: Bench) -> None:
    bench.set_tier(Tier.ENTERPRISE, "big")
    everybody = [f"customer-{number}" for number in range(1_001)]
    with bench.run(company="big") as run, run.books.transaction():
        wishes = [
            Wish(customer=bench.customer(name), line=2, types=(DataType.PERSON,), usable=frozenset(DataType))
            for name in everybody
        ]
        run.books.plan(wishes, bench.now)
    assert names(bench, "big") == everybody


def test_an_empty_store_and_none_hold_nobody(no_store: Bench) -> None:
    assert names(no_store) == []
    no_store.standing()
    assert names(no_store, "rival") == []
    with pytest.raises(StoreError, match="no stored customer has this id"):
        names(no_store, "rival", customers=["ada"])


def test_the_wrong_key_opens_nobody(stored: Bench) -> None:
    stored.key = MasterKey(bytes(32))
    with pytest.raises(MasterKeyError):
        names(stored)


class TestWhatFailed:
    """It alone is looked up again, for as long as it is not saved: whatever became of other data types since."""

    PERSON_FAILED = {PERSON: State.FAILED, BUSINESS: State.FOUND}  # noqa: RUF012
    BOTH_FAILED = {PERSON: State.FAILED, BUSINESS: State.FAILED}  # noqa: RUF012

    def land(self, bench: Bench, finding: Finding | None, count: Count, states: Mapping[DataType, State]) -> None:
        """A run in which nothing was sent, as a cap or a closed vendor may have it."""
        with bench.run(refresh=True) as run:
            run.plan(bench.customer(), types=(PERSON, BUSINESS))
            run.finish(bench.customer(), finding, count, lookups=[], states=states)
            run.end()
        bench.later(minutes=1)

    def renewed(self, bench: Bench, *types: DataType) -> list[set[DataType]]:
        selection = Selection(failed=True, data_types=types or tuple(DataType))
        rows = list(StoredCustomers(bench.path, "acme", bench.master, selection))
        return [set(row.renewed or ()) for row in rows]

    def test_a_type_that_did_not_fail_is_left_alone(self, bench: Bench) -> None:
        self.land(bench, bench.found_of(BUSINESS), Count.PARTIAL, self.PERSON_FAILED)
        assert self.renewed(bench) == [{PERSON}]
        assert self.renewed(bench, BUSINESS) == []

    def test_what_was_refused_is_not_forgotten_when_what_failed_is_found(self, bench: Bench) -> None:
        with bench.run() as run:
            run.plan(bench.customer(), types=(PERSON, BUSINESS))
            run.ask(bench.question())
            run.answered()
            run.finish(bench.customer(), None, outcome=LookupOutcome.FAILED)
            run.finish(bench.customer(), None, Count.FAILED, lookups=[], states=self.BOTH_FAILED)
            run.end()
        bench.later(minutes=1)
        assert self.renewed(bench) == [{PERSON, BUSINESS}]
        self.land(bench, bench.found(), Count.ENRICHED, {PERSON: State.FOUND})
        assert self.renewed(bench) == [{BUSINESS}]
        self.land(bench, bench.found_of(BUSINESS), Count.ENRICHED, {BUSINESS: State.FOUND})
        assert self.renewed(bench) == []

    def test_that_there_is_nothing_is_an_answer(self, bench: Bench) -> None:
        self.land(bench, None, Count.FAILED, {PERSON: State.FAILED})
        self.land(bench, bench.nothing(), Count.NOT_FOUND, {PERSON: State.NOT_FOUND})
        assert self.renewed(bench) == []

    def test_a_failure_after_a_success_counts(self, bench: Bench) -> None:
        self.land(bench, bench.found(), Count.ENRICHED, {PERSON: State.FOUND})
        self.land(bench, None, Count.PARTIAL, {PERSON: State.FAILED})
        assert self.renewed(bench) == [{PERSON}]
