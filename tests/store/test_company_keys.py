"""A company key opens one company, whatever is asked; revoked, it opens nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from enrich_cli.domain.tier import Lifetimes
from enrich_cli.store.access import issue_key, list_keys, revoke_key
from enrich_cli.store.books import open_books
from enrich_cli.store.company_key import CompanyKey, refuse_other_companies
from enrich_cli.store.errors import CompanyKeyError, MasterKeyError, StoreError
from enrich_cli.store.forgetting import Objector, forget_people
from enrich_cli.store.invariants import check_store
from enrich_cli.store.key_place import KeyPlace
from enrich_cli.store.master_key import MasterKey
from enrich_cli.store.showing import stored_customers
from enrich_cli.store.subject import report_on

if TYPE_CHECKING:
    from tests.store.conftest import Bench

EVERYTHING = ("customers", "customer_enrichment_data", "answers", "provider_lookups", "run_customers", "objections")


@pytest.fixture
def shared(bench: Bench) -> Bench:
    """Two companies in one store."""
    for company, name in (("acme", "ada"), ("rival", "dan")):
        with bench.run(company=company) as run:
            run.enrich(bench.customer(name))
            run.end()
    return bench


@pytest.fixture
def key(shared: Bench) -> CompanyKey:
    return issue_key(shared.path, "acme", lambda _create: shared.key, shared.now)


def rows_of(bench: Bench, company: str) -> list[Any]:
    return [bench.sql(f"SELECT * FROM {table} WHERE company_id = ?", company) for table in EVERYTHING]


class TestText:
    def test_it_is_read_as_it_was_written(self) -> None:
        key = CompanyKey.new()
        assert CompanyKey.parse(f" {key.text}\n") == key
        assert key.text.startswith("ck_")

    @pytest.mark.parametrize("text", ["", "ck_", "secret", "ck_" + "A" * 42, "ck_" + "A" * 44, "ck_" + "é" * 43])
    def test_what_is_none_is_refused_without_repeating_it(self, text: str) -> None:
        with pytest.raises(CompanyKeyError, match="ENRICHMENT_COMPANY_KEY holds no company key") as refused:
            CompanyKey.parse(text)
        assert refused.value.exit_code == 5
        assert len(text) < 4 or text not in str(refused.value)

    def test_it_shows_nothing_of_itself(self) -> None:
        key = CompanyKey(bytes(range(32)))
        assert key.text not in repr(key) + repr(KeyPlace(None, Path("x"), key.text))
        assert key.id not in key.text


class TestOwnCompany:
    def test_a_run_works_with_it_alone_and_what_it_saves_opens_with_the_master_key(
        self, shared: Bench, key: CompanyKey
    ) -> None:
        with open_books(shared.path, lambda _create: key, shared.run_plan(run_id="mine"), shared.now):
            pass
        own = stored_customers(shared.path, "acme", "ada", keys=lambda _: key, lifetimes=Lifetimes(), now=shared.now)
        masters = stored_customers(
            shared.path, "acme", "ada", keys=shared.master, lifetimes=Lifetimes(), now=shared.now
        )
        assert own == masters

    def test_forgetting_reporting_and_checking_need_no_more(self, shared: Bench, key: CompanyKey) -> None:
        assert len(report_on(shared.path, "acme", "ada", keys=lambda _: key, now=shared.now).records) == 1
        assert check_store(shared.path, lambda _: key, shared.now, only="acme") == []
        receipt = forget_people(shared.path, "acme", [Objector("ada")], keys=lambda _: key, now=shared.now)
        assert receipt.gone.customers == 1

    def test_a_company_that_is_new_gets_its_keys_with_its_first_company_key(self, bench: Bench) -> None:
        key = issue_key(bench.path, "new", lambda _: bench.key, bench.now)
        with open_books(bench.path, lambda _create: key, bench.run_plan(company="new"), bench.now):
            pass
        assert bench.sql("SELECT company_id FROM company_keys") == [("new",)]


class TestWall:
    @pytest.mark.parametrize("company", ["rival", "nobody"])
    def test_no_way_into_another_company_opens(self, shared: Bench, key: CompanyKey, company: str) -> None:
        before = rows_of(shared, "rival")

        def keys(_create: bool) -> CompanyKey:
            return key

        with pytest.raises(CompanyKeyError):
            refuse_other_companies(shared.path, key, company)
        with (
            pytest.raises(CompanyKeyError, match="does not open company"),
            open_books(shared.path, keys, shared.run_plan(company=company), shared.now),
        ):
            pass
        with pytest.raises(CompanyKeyError):
            stored_customers(shared.path, company, "dan", keys=keys, lifetimes=Lifetimes(), now=shared.now)
        with pytest.raises(CompanyKeyError):
            report_on(shared.path, company, "dan", keys=keys, now=shared.now)
        with pytest.raises(CompanyKeyError):
            forget_people(shared.path, company, [Objector("dan@example.com")], keys=keys, now=shared.now)
        assert rows_of(shared, "rival") == before
        assert shared.sql("SELECT company_id FROM company_keys ORDER BY 1") == [("acme",), ("rival",)]

    def test_a_check_looks_at_no_row_of_another(self, shared: Bench, key: CompanyKey) -> None:
        shared.sql("UPDATE customer_enrichment_usage SET api_costs = 7 WHERE company_id = 'rival'")
        shared.sql("UPDATE customers SET fields = x'00' WHERE company_id = 'rival'")
        assert check_store(shared.path, lambda _: key, shared.now, only="acme") == []
        shared.sql("UPDATE customers SET fields = x'00' WHERE company_id = 'acme'")
        assert check_store(shared.path, lambda _: key, shared.now, only="acme") == [
            "customers: row 1 of acme does not open"
        ]

    def test_nor_does_a_check_close_another_s_dead_runs(self, shared: Bench, key: CompanyKey) -> None:
        with shared.run(company="rival"):
            pass
        check_store(shared.path, lambda _: key, shared.now, only="acme")
        assert shared.sql("SELECT state FROM runs WHERE company_id = 'rival' ORDER BY rowid") == [
            ("done",),
            ("running",),
        ]

    def test_its_row_written_over_to_another_company_opens_nothing(self, shared: Bench, key: CompanyKey) -> None:
        shared.sql("UPDATE company_access SET company_id = 'rival'")
        with pytest.raises(CompanyKeyError):
            stored_customers(shared.path, "rival", "dan", keys=lambda _: key, lifetimes=Lifetimes(), now=shared.now)

    def test_rows_forged_with_it_for_another_company_are_detected(self, shared: Bench) -> None:
        shared.sql("UPDATE customers SET fields = (SELECT fields FROM customers WHERE company_id = 'acme')")
        assert check_store(shared.path, shared.master, shared.now) == ["customers: row 2 of rival does not open"]

    def test_it_is_no_master_key(self, shared: Bench, key: CompanyKey) -> None:
        place = KeyPlace(None, shared.path.with_name("master.key"), key.text)
        assert place(True) == key
        with pytest.raises(CompanyKeyError, match="needs the master key"):
            place.master(True)
        with pytest.raises(MasterKeyError):
            issue_key(shared.path, "rival", lambda _: MasterKey(key.secret), shared.now)


class TestRevoked:
    def test_it_opens_nothing_and_the_others_still_do(self, shared: Bench, key: CompanyKey) -> None:
        other = issue_key(shared.path, "acme", lambda _: shared.key, shared.now)
        revoke_key(shared.path, "acme", key.id, lambda _: shared.key)
        with pytest.raises(CompanyKeyError, match="opens nothing"):
            refuse_other_companies(shared.path, key, "acme")
        with pytest.raises(CompanyKeyError):
            report_on(shared.path, "acme", "ada", keys=lambda _: key, now=shared.now)
        assert report_on(shared.path, "acme", "ada", keys=lambda _: other, now=shared.now).records
        assert [one.id for one in list_keys(shared.path, "acme")] == [other.id]

    def test_what_it_opened_is_gone_from_the_disk(self, shared: Bench, key: CompanyKey) -> None:
        ((wrapped,),) = shared.sql("SELECT sealing_key FROM company_access")
        revoke_key(shared.path, "acme", key.id, lambda _: shared.key)
        assert wrapped not in b"".join(shared.files().values())

    @pytest.mark.parametrize(("company", "key_id"), [("acme", "0000000000000000"), ("rival", None)])
    def test_what_the_company_does_not_have_can_t_be_revoked(
        self, shared: Bench, key: CompanyKey, company: str, key_id: str | None
    ) -> None:
        with pytest.raises(StoreError, match="has no key with this id"):
            revoke_key(shared.path, company, key_id or key.id, lambda _: shared.key)
        assert len(list_keys(shared.path, "acme")) == 1

    def test_only_the_master_key_revokes(self, shared: Bench, key: CompanyKey) -> None:
        with pytest.raises(MasterKeyError):
            revoke_key(shared.path, "acme", key.id, lambda _: MasterKey(bytes(32)))
        assert len(list_keys(shared.path, "acme")) == 1


def test_neither_key_nor_data_of_a_key_is_readable_in_the_store(shared: Bench, key: CompanyKey) -> None:
    everything = b"".join(shared.files().values())
    assert key.id.encode() in everything
    assert key.secret not in everything
    assert key.text.encode() not in everything


def test_listing_works_without_any_key_on_a_store_that_can_t_be_written(
    shared: Bench, key: CompanyKey, denied: Any
) -> None:
    assert [one.id for one in denied(list_keys, "acme")] == [key.id]
