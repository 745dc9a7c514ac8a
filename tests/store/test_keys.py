"""The master key: read from where it is kept, made once, and never used on a store that another one sealed."""

from __future__ import annotations

import base64
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from enrich_cli.settings import Settings
from enrich_cli.store.books import open_books
from enrich_cli.store.errors import MasterKeyError
from enrich_cli.store.key_file import key_from_file
from enrich_cli.store.key_place import key_place
from enrich_cli.store.master_key import KEY_BYTES, MasterKey
from enrich_cli.store.plan import Standing

if TYPE_CHECKING:
    from tests.store.conftest import Bench, Start

SECRET = bytes(range(200, 200 + KEY_BYTES))


@pytest.mark.parametrize(
    "text",
    [
        SECRET.hex(),
        SECRET.hex().upper(),
        base64.b64encode(SECRET).decode(),
        base64.urlsafe_b64encode(SECRET).decode().rstrip("="),
        f"  {SECRET.hex()}\n",
    ],
    ids=["hex", "upper case", "base64", "url-safe without padding", "white space around"],
)
def test_a_key_is_read_however_it_is_written(text: str) -> None:
    assert MasterKey.parse(text, "here").secret == SECRET


@pytest.mark.parametrize(
    "text",
    ["", "secret", SECRET.hex()[:-1], SECRET.hex() + "00", "g" * 64, "ä" * 44, base64.b64encode(b"short").decode()],
)
def test_what_is_no_key_is_refused_by_its_origin_without_repeating_it(text: str) -> None:
    with pytest.raises(MasterKeyError, match="ENRICHMENT_MASTER_KEY holds no master key") as refused:
        MasterKey.parse(text, "ENRICHMENT_MASTER_KEY")
    assert not text or text not in str(refused.value)
    assert refused.value.exit_code == 5


def test_a_key_shows_nothing_of_itself() -> None:
    key = MasterKey(SECRET)
    assert SECRET.hex() not in repr(key)
    assert repr(SECRET) not in f"{key!r} {key}"


class TestKeyFile:
    def test_it_is_made_on_first_use_for_its_owner_alone_and_read_after_that(self, tmp_path: Path) -> None:
        path = tmp_path / "new folder" / "master.key"
        made = key_from_file(path, create=True)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [file.name for file in path.parent.iterdir()] == ["master.key"]
        assert key_from_file(path, create=True) == key_from_file(path, create=False) == made

    def test_two_files_hold_two_keys(self, tmp_path: Path) -> None:
        assert key_from_file(tmp_path / "a", create=True) != key_from_file(tmp_path / "b", create=True)

    def test_one_that_is_gone_is_not_made_anew_for_a_store_that_is_sealed(self, tmp_path: Path) -> None:
        with pytest.raises(MasterKeyError, match=r"does not exist: .*put the file back"):
            key_from_file(tmp_path / "master.key", create=False)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("content", [b"", b"secret\n", b"\xff\xfe\x00"])
    def test_one_that_holds_no_key_is_refused_and_left_as_it_is(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "master.key"
        path.write_bytes(content)
        with pytest.raises(MasterKeyError, match=r"master\.key holds no master key"):
            key_from_file(path, create=True)
        assert path.read_bytes() == content

    def test_a_folder_in_its_place_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(MasterKeyError, match="can't be used: Is a directory"):
            key_from_file(tmp_path, create=True)

    @pytest.mark.slow
    def test_processes_that_race_to_make_it_read_the_same_key(self, tmp_path: Path, start: Start) -> None:
        racers = [start("key", tmp_path / "master.key") for _ in range(4)]
        assert [racer.hear() for racer in racers] == ["ready"] * 4
        for racer in racers:
            racer.go()
        assert len({racer.hear() for racer in racers}) == 1
        assert all(racer.ended_well() for racer in racers)
        assert [file.name for file in tmp_path.iterdir()] == ["master.key"]


class TestSettings:
    def test_the_key_itself_comes_before_the_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ENRICHMENT_MASTER_KEY", SECRET.hex())
        monkeypatch.setenv("ENRICHMENT_MASTER_KEY_FILE", str(tmp_path / "master.key"))
        assert key_place(Settings.load())(True).secret == SECRET
        assert list(tmp_path.iterdir()) == []

    def test_a_file_can_be_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ENRICHMENT_MASTER_KEY_FILE", str(tmp_path / "mine"))
        assert key_place(Settings.load())(True) == key_from_file(tmp_path / "mine", create=False)

    def test_without_either_it_is_a_file_in_the_users_configuration_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        monkeypatch.setenv("HOME", str(tmp_path))
        key = key_place(Settings.load())(True)
        (made,) = tmp_path.rglob("master.key")
        assert key_from_file(made, create=False) == key


class TestStore:
    def test_the_wrong_key_is_refused_and_nothing_is_changed(self, bench: Bench) -> None:
        with bench.run() as run:
            run.enrich(bench.customer())
        bench.sql("PRAGMA wal_checkpoint(TRUNCATE)")
        before = bench.files()
        bench.key = MasterKey(SECRET)
        with pytest.raises(MasterKeyError, match="not the one this store was sealed with; nothing was changed"):
            bench.standing()
        assert bench.files() == before

    def test_that_of_another_company_in_the_store_is_the_wrong_one_for_a_new_company_too(self, bench: Bench) -> None:
        bench.standing()
        bench.key = MasterKey(SECRET)
        with pytest.raises(MasterKeyError):
            bench.standing(company="new")
        assert bench.sql("SELECT company_id FROM company_keys") == [("acme",)]

    def test_a_key_may_be_made_only_for_a_store_that_nothing_is_sealed_in(self, bench: Bench) -> None:
        told: list[bool] = []

        def master(create: bool) -> MasterKey:
            told.append(create)
            return bench.key

        for company in ("acme", "rival"):
            with open_books(bench.path, master, bench.run_plan(company=company), bench.now):
                pass
        assert told == [True, False]

    def test_each_company_has_keys_of_its_own_and_they_are_wrapped(self, bench: Bench) -> None:
        assert bench.standing() is bench.standing(company="rival") is Standing.RESERVED
        wrapped = [key for row in bench.sql("SELECT sealing_key, index_key FROM company_keys") for key in row]
        assert len(set(wrapped)) == 4
        assert {len(key) for key in wrapped} == {12 + KEY_BYTES + 16}

    def test_keys_that_were_swapped_between_companies_do_not_open(self, bench: Bench) -> None:
        bench.standing()
        bench.standing(company="rival")
        bench.sql(
            "UPDATE company_keys SET sealing_key = (SELECT sealing_key FROM company_keys k"
            " WHERE k.company_id <> company_keys.company_id)"
        )
        with pytest.raises(MasterKeyError):
            bench.standing()
