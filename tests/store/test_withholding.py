"""A person objects: what is stored goes, what was paid stays, and only keyed hashes remember who it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.report import Count
from enrich_cli.providers.lookup import Response
from enrich_cli.store.invariants import check_store
from enrich_cli.store.ledger import LookupOutcome
from enrich_cli.store.plan import Standing

if TYPE_CHECKING:
    from tests.store.conftest import Bench

FIELDS = {
    "name": "Ada King",
    "phone": "+44 20 7946 0000",
    "address": "12 St James's Square",
    "linkedin_url": "https://www.linkedin.com/in/ada-king",
    "twitter": "analyst",
}


@pytest.fixture
def withheld(bench: Bench) -> Bench:
    """`ada` was enriched once, and objected when she was looked up again; `bob` had shared an answer with her."""
    ada, bob = bench.customer("ada", **FIELDS), bench.customer("bob")
    with bench.run() as run:
        run.enrich(ada, lookup=1, cost=40)
        run.plan(bob)
        run.recall(bench.question(lookup=2, text="who is ada?", customer_id="bob"))
        run.enrich(bob, lookup=3, cost=40)
        run.end()
    with bench.run(refresh=True) as run:
        run.plan(ada)
        run.ask(bench.question())
        run.answered(cost=10)
        run.finish(ada, None, Count.SUPPRESSED, outcome=LookupOutcome.FAILED, withheld=True)
        run.end()
    return bench


@pytest.mark.parametrize("table", ["customers", "customer_enrichment_data", "answers"])
def test_everything_stored_of_the_person_is_gone_and_of_others_is_not(withheld: Bench, table: str) -> None:
    assert withheld.sql(f"SELECT DISTINCT customer_id FROM {table}") == [("bob",)]


def test_an_answer_that_served_the_person_is_gone_whoever_asked_for_it_first(bench: Bench) -> None:
    with bench.run() as run:
        run.ask(bench.question(customer_id="bob"))
        run.answered(answer=Response(200))
        run.recall(bench.question(lookup=2, customer_id="ada"))
        run.plan(bench.customer("ada"))
        run.finish(bench.customer("ada"), None, Count.SUPPRESSED, lookups=[], withheld=True)
    assert bench.sql("SELECT * FROM answers") == []


def test_so_is_one_that_was_asked_again_for_somebody_else(bench: Bench) -> None:
    with bench.run() as run:
        run.ask(bench.question(customer_id="ada"))
        run.answered(answer=Response(200))
        run.end()
    with bench.run(refresh=True) as run:
        run.ask(bench.question(customer_id="bob"))
        run.answered(answer=Response(200))
        run.plan(bench.customer("ada"))
        run.finish(bench.customer("ada"), None, Count.SUPPRESSED, lookups=[], withheld=True)
    assert bench.sql("SELECT * FROM answers") == []


def test_who_was_saved_since_the_last_objection_is_found_by_the_profile(bench: Bench) -> None:
    ada, bob = (bench.customer(name, linkedin_url=f"linkedin.com/in/{name}") for name in ("ada", "bob"))
    with bench.run() as run:
        run.enrich(ada, lookup=1)
        run.plan(ada, again=True)
        run.finish(ada, None, Count.SUPPRESSED, lookups=[], withheld=True)
        run.enrich(bench.customer("crm-7", linkedin_url="linkedin.com/in/Bob"), lookup=2)
        run.plan(bob)
        run.finish(bob, None, Count.SUPPRESSED, lookups=[], withheld=True)
    assert bench.sql("SELECT customer_id FROM customers") == []


def test_what_is_stored_of_the_person_under_another_id_is_gone_too(bench: Bench) -> None:
    with bench.run() as run:
        run.enrich(bench.customer("crm-7", email="ada@example.com"))
        run.enrich(bench.customer("bob"), lookup=2)
        run.plan(bench.customer("ada"))
        run.finish(bench.customer("ada"), None, Count.SUPPRESSED, lookups=[], withheld=True)
        run.end()
    for table in ("customers", "customer_enrichment_data", "answers"):
        assert bench.sql(f"SELECT customer_id FROM {table}") == [("bob",)]
    assert check_store(bench.path, bench.master, bench.now) == []


def test_the_money_and_the_count_stay_under_an_id_that_says_nothing(withheld: Bench) -> None:
    ids = {customer for (customer,) in withheld.sql("SELECT customer_id FROM provider_lookups WHERE id <> 2")}
    assert len(ids) == 1
    assert ids.pop().startswith("forgotten_")
    assert withheld.sql("SELECT SUM(cost) FROM provider_lookups") == [(90,)]
    assert withheld.sql("SELECT enrichments_count, api_costs FROM customer_enrichment_usage") == [(2, 90)]
    assert withheld.sql("SELECT outcome FROM run_customers ORDER BY rowid DESC LIMIT 1") == [("suppressed",)]


def test_the_store_is_whole_afterwards(withheld: Bench) -> None:
    assert check_store(withheld.path, withheld.master, withheld.now) == []


def test_only_hashes_remember_the_person(withheld: Bench) -> None:
    identities = [identity for (identity,) in withheld.sql("SELECT identity FROM objections")]
    # Id, e-mail, LinkedIn, name with address as written and abbreviated; phone and Twitter, each with each word of the
    # name and alone.
    assert len(identities) == 5 + 2 * 3
    assert all(isinstance(identity, bytes) and len(identity) == 16 for identity in identities)


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "ADA@example.com"},
        {"phone": "+44 (20) 7946-0000"},
        {"name": "ada  KING", "address": "12 st james's square"},
        {"name": "Ada King", "address": "12, St. James’s Sq"},
        {"name": "Countess Lovelace", "linkedin_url": "uk.linkedin.com/in/Ada-King/?trk=x"},
        {"twitter": "https://x.com/Analyst"},
        {"name": "A. King", "twitter": "@analyst"},
    ],
    ids=[
        "email",
        "phone",
        "name and address",
        "name and abbreviated address",
        "LinkedIn",
        "Twitter",
        "Twitter and name",
    ],
)
def test_under_another_id_it_is_the_same_person(withheld: Bench, fields: dict[str, str]) -> None:
    with withheld.run() as run:
        assert run.plan(withheld.customer("somebody", **fields)).standing is Standing.SUPPRESSED


@pytest.mark.parametrize("fields", [{"name": "Ada King"}, {"address": "12 St James's Square"}])
def test_a_namesake_or_a_neighbour_is_somebody_else(withheld: Bench, fields: dict[str, str]) -> None:
    with withheld.run() as run:
        assert run.plan(withheld.customer("somebody", **fields)).standing is Standing.RESERVED


@pytest.mark.parametrize(
    "address", ["12 St James's Square Apt 4", "14 St James's Square", "12 St James's Street", "Apt"]
)
def test_a_namesake_in_another_house_is_somebody_else(withheld: Bench, address: str) -> None:
    with withheld.run() as run:
        fields = {"name": "Ada King", "address": address}
        assert run.plan(withheld.customer("somebody", **fields)).standing is Standing.RESERVED


def test_what_is_no_profile_tells_nothing(bench: Bench) -> None:
    with bench.run() as run:
        run.plan(bench.customer(linkedin_url="yes"))
        run.finish(bench.customer(linkedin_url="yes"), None, Count.SUPPRESSED, lookups=[], withheld=True)
        assert run.plan(bench.customer("bob", linkedin_url="yes")).standing is Standing.RESERVED


def test_a_colleague_at_the_company_s_handle_is_somebody_else(withheld: Bench) -> None:
    with withheld.run() as run:
        colleague = withheld.customer("bob", name="Bob Brown", twitter="analyst")
        assert run.plan(colleague).standing is Standing.RESERVED


def test_other_companies_have_objections_of_their_own(withheld: Bench) -> None:
    assert withheld.standing("ada", company="rival") is Standing.RESERVED


def test_the_answer_that_came_last_is_booked_and_not_kept(bench: Bench) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.ask(bench.question())
        run.answered(cost=40, answer=Response(200, b"{}"))
        run.finish(bench.customer(), None, Count.SUPPRESSED, withheld=True)
    assert bench.sql("SELECT cost FROM provider_lookups") == [(40,)]
    assert bench.sql("SELECT * FROM answers") == []


def test_a_later_row_of_the_person_lands_in_suppressed(bench: Bench) -> None:
    customer = bench.customer()
    with bench.run() as run:
        run.plan(customer)
        run.finish(customer, None, Count.SUPPRESSED, lookups=[], withheld=True)
        assert run.plan(customer).landed is Count.SUPPRESSED


def test_what_comes_of_a_lookup_under_way_is_booked_and_dropped(bench: Bench) -> None:
    twin = bench.customer("crm-7", email="ada@example.com")
    with bench.run() as run:
        run.plan(twin)
        run.ask(bench.question(1, customer_id="crm-7"))
        run.plan(bench.customer("ada"))
        run.finish(bench.customer("ada"), None, Count.SUPPRESSED, lookups=[], withheld=True)
        run.answered(1, cost=40, answer=Response(200))
        assert run.finish(twin, bench.found(), Count.ENRICHED, lookups=[1]).dropped is Count.SUPPRESSED
        run.end()
    assert bench.sql("SELECT * FROM customer_enrichment_data") == []
    assert bench.sql("SELECT * FROM answers") == []
    assert bench.sql("SELECT api_costs, enrichments_count FROM customer_enrichment_usage") == [(40, 0)]
    assert check_store(bench.path, bench.master, bench.now) == []
