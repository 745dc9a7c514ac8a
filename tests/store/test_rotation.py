"""New keys open what the old ones sealed, the old ones open nothing, and nothing is lost on the way."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from enrich_cli.domain.tier import Lifetimes
from enrich_cli.store import rotation
from enrich_cli.store.access import issue_key, revoke_key
from enrich_cli.store.cipher import SealBroken
from enrich_cli.store.company_key import CompanyKey
from enrich_cli.store.connection import open_for_writing, transaction
from enrich_cli.store.errors import MasterKeyError, StoreError
from enrich_cli.store.invariants import check_store
from enrich_cli.store.key_file import add_key, key_from_file
from enrich_cli.store.keys import KeySource, cipher_for_reading, company_ring
from enrich_cli.store.master_key import MasterKey
from enrich_cli.store.rotation import Resealed, is_resealing, reseal, rotate_master
from enrich_cli.store.showing import stored_customers

if TYPE_CHECKING:
    from tests.store.conftest import Bench

NEW = MasterKey(bytes(range(100, 132)))
SEALED = "SELECT fields FROM customers UNION SELECT enrichment_data FROM customer_enrichment_data"
KEYS = "SELECT company_id, sealing_key, index_key FROM company_keys ORDER BY company_id"


@pytest.fixture
def stocked(bench: Bench) -> Bench:
    """Two companies, of which one gave a key away."""
    for company, names in (("acme", ("ada", "bob", "cyd")), ("rival", ("dan",))):
        with bench.run(company=company) as run:
            for number, name in enumerate(names, 1):
                run.enrich(bench.customer(name), lookup=number)
            run.end()
    return bench


def title(bench: Bench, name: str = "ada", company: str = "acme", key: KeySource | None = None) -> Any:
    """What a command that reads finds."""
    found, _ = stored_customers(
        bench.path, company, name, keys=key or bench.master, lifetimes=Lifetimes(), now=bench.now
    )
    return (found[0].enrichments[0].enrichment.data or {})["job_title"]


def opened_by(key: CompanyKey) -> KeySource:
    return lambda _create: key


class TestMasterKey:
    def test_the_new_one_opens_every_company_and_the_old_one_none(self, stocked: Bench) -> None:
        rotate_master(stocked.path, stocked.key, lambda: NEW)
        for name, company in (("ada", "acme"), ("dan", "rival")):
            with pytest.raises(MasterKeyError):
                title(stocked, name, company)
            assert title(stocked, name, company, lambda _create: NEW) == "Countess"

    def test_nothing_but_the_wraps_changes(self, stocked: Bench) -> None:
        sealed, wraps = stocked.sql(SEALED), stocked.sql(KEYS)
        rotate_master(stocked.path, stocked.key, lambda: NEW)
        assert stocked.sql(SEALED) == sealed
        assert not {row[1:] for row in wraps} & {row[1:] for row in stocked.sql(KEYS)}

    def test_company_keys_stay_good(self, stocked: Bench) -> None:
        key = issue_key(stocked.path, "acme", lambda _create: stocked.key, stocked.now)
        rotate_master(stocked.path, stocked.key, lambda: NEW)
        assert title(stocked, key=opened_by(key)) == "Countess"

    def test_a_wrong_key_rotates_nothing_and_no_new_one_is_made(self, stocked: Bench) -> None:
        before = stocked.sql(KEYS)
        with pytest.raises(MasterKeyError):
            rotate_master(stocked.path, NEW, lambda: pytest.fail("a key was made"))
        assert stocked.sql(KEYS) == before

    def test_a_store_without_keys_has_none_to_rotate(self, bench: Bench) -> None:
        with pytest.raises(StoreError, match="no key to rotate"):
            rotate_master(bench.path, bench.key, lambda: pytest.fail("a key was made"))

    def test_for_a_store_that_may_not_be_written_no_new_one_is_made(
        self, stocked: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "access", lambda path, mode: mode == os.R_OK or Path(path) != stocked.path)
        with pytest.raises(StoreError, match="can't be opened for writing"):
            rotate_master(stocked.path, stocked.key, lambda: pytest.fail("a key was made"))

    def test_when_the_new_key_can_t_be_kept_the_old_one_stays_in_force(self, stocked: Bench) -> None:
        def full() -> MasterKey:
            raise MasterKeyError("no space")

        with pytest.raises(MasterKeyError, match="no space"):
            rotate_master(stocked.path, stocked.key, full)
        assert title(stocked) == "Countess"


class TestKeyFile:
    def test_a_new_key_comes_before_the_old_one_and_the_file_stays_its_owner_s_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "master.key"
        old = key_from_file(path, create=True)
        new = add_key(path)
        assert (new.before, key_from_file(path, create=False)) == (old.secrets, new)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [file.name for file in tmp_path.iterdir()] == ["master.key"]

    def test_killed_after_the_file_and_before_the_store_everything_opens(self, stocked: Bench, tmp_path: Path) -> None:
        path = tmp_path / "master.key"
        path.write_text(stocked.key.text)
        both = add_key(path)
        assert title(stocked, key=lambda _create: both) == "Countess"
        with stocked.run(company="new") as run:
            run.enrich(stocked.customer("eve"))
        assert title(stocked, "eve", "new") == "Countess"

    def test_another_store_with_the_old_key_opens_still(self, stocked: Bench, tmp_path: Path) -> None:
        path = tmp_path / "master.key"
        path.write_text(stocked.key.text)
        rotate_master(stocked.path, stocked.key, lambda: add_key(path))
        both = key_from_file(path, create=False)
        assert title(stocked, key=lambda _create: both) == "Countess"
        other = both.before[0]
        assert other == stocked.key.secret


class TestDeep:
    def test_everything_is_under_new_keys_and_opens_as_before(self, stocked: Bench) -> None:
        before, hashes = stocked.sql(SEALED), stocked.sql("SELECT email_hash FROM customers")
        old = _ring(stocked)
        result = reseal(stocked.path, stocked.key)
        assert result == Resealed(values=12, broken=0, erased=True)
        assert not set(before) & set(stocked.sql(SEALED))
        assert stocked.sql("SELECT email_hash FROM customers") == hashes
        assert title(stocked) == title(stocked, "dan", "rival") == "Countess"
        assert check_store(stocked.path, stocked.master, stocked.now) == []
        now = _ring(stocked)
        assert now.sealing != old.sealing
        assert (now.index, now.old_sealing) == (old.index, None)

    def test_nothing_sealed_with_the_old_keys_is_left_on_disk(self, stocked: Bench) -> None:
        before = [value for (value,) in stocked.sql(SEALED)]
        reseal(stocked.path, stocked.key)
        everything = b"".join(stocked.files().values())
        assert not any(value[:40] in everything for value in before)

    def test_a_company_key_stays_good_and_a_revoked_one_that_kept_the_old_sealing_key_does_not(
        self, stocked: Bench
    ) -> None:
        good, bad = (issue_key(stocked.path, "acme", lambda _: stocked.key, stocked.now) for _ in range(2))
        with closing(open_for_writing(stocked.path)) as connection:
            kept = cipher_for_reading(connection, "acme", opened_by(bad))
        revoke_key(stocked.path, "acme", bad.id, lambda _: stocked.key)
        reseal(stocked.path, stocked.key)
        assert title(stocked, key=opened_by(good)) == "Countess"
        ((fields,),) = stocked.sql("SELECT fields FROM customers WHERE customer_id = 'ada'")
        assert kept is not None
        with pytest.raises(SealBroken):
            kept.unseal(fields, "customers", "ada")

    def test_a_live_run_that_knows_the_old_keys_is_waited_for(self, stocked: Bench) -> None:
        before = stocked.sql(SEALED)
        with stocked.run(run_id="live") as run:
            with pytest.raises(StoreError, match="run live is under way"):
                reseal(stocked.path, stocked.key)
            run.end()
        assert stocked.sql(SEALED) == before
        assert not is_resealing(stocked.path)

    def test_what_does_not_open_is_left_with_the_key_that_it_may_need(self, stocked: Bench) -> None:
        stocked.sql("UPDATE customers SET fields = x'00' WHERE customer_id = 'bob'")
        old = _ring(stocked)
        assert reseal(stocked.path, stocked.key) == Resealed(values=11, broken=1, erased=True)
        assert _ring(stocked).old_sealing == old.sealing
        stocked.sql("DELETE FROM customers WHERE customer_id = 'bob'")
        assert reseal(stocked.path, stocked.key).broken == 0
        assert _ring(stocked).old_sealing is None


class TestKilled:
    """Between two transactions is every instant at which a kill can leave the store."""

    @pytest.fixture
    def _small_batches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rotation, "_ROWS_A_BATCH", 2)

    @pytest.fixture
    def commits(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
        """The number in it is how many transactions are let through before the process dies."""
        left = [0]

        def counted(connection: Any) -> Any:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            return transaction(connection)

        monkeypatch.setattr(rotation, "transaction", counted)
        yield left
        monkeypatch.undo()

    @pytest.mark.usefixtures("_small_batches")
    @pytest.mark.parametrize("survived", range(1, 12))
    def test_all_opens_runs_go_on_and_doing_it_again_finishes_it(
        self, stocked: Bench, commits: list[int], survived: int
    ) -> None:
        key = issue_key(stocked.path, "acme", lambda _: stocked.key, stocked.now)
        commits[0] = survived
        with pytest.raises(KeyboardInterrupt):
            reseal(stocked.path, stocked.key)
        assert is_resealing(stocked.path)
        assert (
            title(stocked, "cyd") == title(stocked, "dan", "rival") == title(stocked, key=opened_by(key)) == "Countess"
        )
        assert check_store(stocked.path, stocked.master, stocked.now) == []
        with stocked.run() as run:
            run.enrich(stocked.customer("new"), lookup=9)
            run.end()
        commits[0] = 99
        assert reseal(stocked.path, stocked.key).broken == 0
        assert not is_resealing(stocked.path)
        assert title(stocked, "new") == title(stocked, "ada", key=opened_by(key)) == "Countess"
        assert check_store(stocked.path, stocked.master, stocked.now) == []

    @pytest.mark.usefixtures("_small_batches")
    def test_a_run_that_began_meanwhile_is_no_hindrance(self, stocked: Bench, commits: list[int]) -> None:
        commits[0] = 3
        with pytest.raises(KeyboardInterrupt):
            reseal(stocked.path, stocked.key)
        commits[0] = 99
        with stocked.run() as run:
            run.enrich(stocked.customer("new"), lookup=9)
            assert reseal(stocked.path, stocked.key).broken == 0
            run.enrich(stocked.customer("newer"), lookup=10)
            run.end()
        assert title(stocked, "new") == title(stocked, "newer") == title(stocked) == "Countess"


def _ring(bench: Bench, company: str = "acme") -> Any:
    with closing(open_for_writing(bench.path)) as connection:
        return company_ring(connection, company, bench.key)
