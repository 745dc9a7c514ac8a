"""What is stored of a customer is found by id, e-mail or name, and opened with the key alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.tier import Lifetimes
from enrich_cli.store.errors import MasterKeyError, StoreError
from enrich_cli.store.master_key import MasterKey
from enrich_cli.store.showing import StoredCustomer, stored_customers

if TYPE_CHECKING:
    from tests.store.conftest import Bench

NOBODY = "no stored customer has this id"


@pytest.fixture
def stocked(bench: Bench) -> Bench:
    with bench.run() as run:
        run.enrich(bench.customer("ada", name="Ada Sample"))
        run.enrich(bench.customer("bob", name="Ada Sample"), lookup=2)
        run.end()
    return bench


def shown(bench: Bench, text: str, company: str = "acme") -> list[StoredCustomer]:
    found, _ = stored_customers(bench.path, company, text, keys=bench.master, lifetimes=Lifetimes(), now=bench.now)
    return found


@pytest.mark.parametrize("text", ["ada", "ada@example.com", "ADA@Example.com"])
def test_by_id_or_mail_it_is_one_with_all_that_is_known(stocked: Bench, text: str) -> None:
    (ada,) = shown(stocked, text)
    assert ada.customer.email == "ada@example.com"
    (known,) = ada.enrichments
    assert (known.enrichment.data, known.in_time) == ({"job_title": "Countess"}, True)
    assert [(known.id,)] == stocked.sql("SELECT id FROM customer_enrichment_data WHERE customer_id = 'ada'")


def test_a_name_may_be_that_of_several(stocked: Bench) -> None:
    assert [one.customer.id.shown for one in shown(stocked, "ada  sample")] == ["ada", "bob"]


def test_beyond_the_lifetime_of_the_tier_it_is_shown_as_old(stocked: Bench) -> None:
    stocked.later(days=8)
    assert not shown(stocked, "ada")[0].enrichments[0].in_time


@pytest.mark.parametrize(("text", "company"), [("zoe", "acme"), ("ada", "rival")])
def test_who_is_not_there_is_an_error(stocked: Bench, text: str, company: str) -> None:
    with pytest.raises(StoreError, match=NOBODY):
        shown(stocked, text, company)


def test_without_a_store_nobody_is_there_and_none_is_made(no_store: Bench) -> None:
    with pytest.raises(StoreError, match=NOBODY):
        shown(no_store, "ada")
    assert not no_store.path.exists()


def test_another_key_opens_nothing(stocked: Bench) -> None:
    stocked.key = MasterKey(bytes(32))
    with pytest.raises(MasterKeyError):
        shown(stocked, "ada")


def test_looking_changes_nothing(stocked: Bench) -> None:
    before = stocked.path.read_bytes()
    shown(stocked, "ada")
    assert stocked.path.read_bytes() == before
