"""Every sealed value that was changed, moved or swapped is detected, and none of them breaks the check."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, cast

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.store.cipher import SealBroken
from enrich_cli.store.connection import open_for_writing
from enrich_cli.store.errors import StoreError
from enrich_cli.store.invariants import check_store
from enrich_cli.store.keys import cipher_for_reading
from enrich_cli.store.sealed import SEALED, SealedColumn
from enrich_cli.store.sqlite_errors import told_clearly

if TYPE_CHECKING:
    from tests.store.conftest import Bench


@pytest.fixture
def whole(bench: Bench) -> Bench:
    """Two companies with two customers each; of one of them two data types are known."""
    for company in ("acme", "rival"):
        with bench.run(company=company) as run:
            for number, name in enumerate(("ada", "bob"), 1):
                run.enrich(bench.customer(name), lookup=number)
            run.finish(bench.customer("ada"), bench.found_of(DataType.BUSINESS), lookups=[])
            run.end()
    assert check_store(bench.path, bench.master, bench.now) == []
    return bench


def broken(bench: Bench) -> set[str]:
    return set(check_store(bench.path, bench.master, bench.now))


def test_every_byte_that_is_flipped_is_noticed(whole: Bench) -> None:
    """Straight against the cipher, which `check` and every command use."""
    flipped = 0
    with closing(open_for_writing(whole.path)) as connection:
        cipher = cipher_for_reading(connection, "acme", whole.master)
        assert cipher is not None
        for sealed in SEALED:
            for _, place, value in sealed.values(connection, "acme"):
                for changed in _flipped(value):
                    flipped += 1
                    with pytest.raises(SealBroken):
                        cipher.unseal(changed, sealed.table, *place)
    assert flipped > 500


def _flipped(value: bytes) -> Iterator[bytes]:
    for place in range(len(value)):
        yield value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]
    yield from (value[:-1], value[:11], b"", value + b"\x00")


@pytest.mark.parametrize("sealed", SEALED, ids=lambda sealed: sealed.table)
class TestMoved:
    def values(self, bench: Bench, sealed: SealedColumn, company: str) -> list[tuple[int, bytes]]:
        return bench.sql(f"SELECT id, {sealed.column} FROM {sealed.table} WHERE company_id = ? ORDER BY id", company)

    def put(self, bench: Bench, sealed: SealedColumn, value: bytes, row: int) -> None:
        bench.sql(f"UPDATE {sealed.table} SET {sealed.column} = ? WHERE id = ?", value, row)

    def test_between_rows_of_a_company(self, whole: Bench, sealed: SealedColumn) -> None:
        rows = self.values(whole, sealed, "acme")
        for (row, _), (_, value) in zip(rows, rows[1:] + rows[:1], strict=True):
            self.put(whole, sealed, value, row)
        assert broken(whole) == {f"{sealed.table}: row {row} of acme does not open" for row, _ in rows}

    def test_between_companies(self, whole: Bench, sealed: SealedColumn) -> None:
        mine, theirs = self.values(whole, sealed, "acme"), self.values(whole, sealed, "rival")
        for (row, _), (_, value) in zip(mine + theirs, theirs + mine, strict=True):
            self.put(whole, sealed, value, row)
        assert broken(whole) == {
            f"{sealed.table}: row {row} of {company} does not open"
            for company, rows in (("acme", mine), ("rival", theirs))
            for row, _ in rows
        }


@pytest.mark.parametrize("sealed", SEALED, ids=lambda sealed: sealed.table)
@pytest.mark.parametrize("value", ["'a text'", "CAST(x'80ff' AS TEXT)", "17", "x''"])
def test_something_else_than_bytes_does_not_open(whole: Bench, sealed: SealedColumn, value: str) -> None:
    whole.sql(f"UPDATE {sealed.table} SET {sealed.column} = {value} WHERE id = 1")
    assert broken(whole) == {f"{sealed.table}: row 1 of acme does not open"}


@pytest.mark.parametrize("value", ["a text", 17])
def test_the_cipher_says_so_of_what_is_not_bytes(whole: Bench, value: object) -> None:
    with closing(open_for_writing(whole.path)) as connection:
        cipher = cipher_for_reading(connection, "acme", whole.master)
        assert cipher is not None
        with pytest.raises(SealBroken):
            cipher.unseal(cast("bytes", value), "customers", "ada")


def test_a_text_that_is_none_is_not_shown(whole: Bench) -> None:
    whole.sql("UPDATE customers SET fields = CAST(x'80ff41424344' AS TEXT)")
    with pytest.raises(StoreError, match="a text in it can't be decoded") as refused, told_clearly(whole.path):
        whole.sql("SELECT fields FROM customers")
    assert "ABCD" not in str(refused.value)


def test_between_data_types(whole: Bench) -> None:
    whole.sql("UPDATE customer_enrichment_data SET data_type = 'property' WHERE data_type = 'business'")
    assert len(broken(whole)) == 2


def test_between_tables(whole: Bench) -> None:
    whole.sql("UPDATE customers SET fields = (SELECT enrichment_data FROM customer_enrichment_data LIMIT 1)")
    assert len(broken(whole)) == 4


def test_nonces_never_repeat(whole: Bench) -> None:
    nonces = [
        value[:12]
        for sealed in SEALED
        for (value,) in whole.sql(f"SELECT {sealed.column} FROM {sealed.table}")
        if value
    ]
    assert len(set(nonces)) == len(nonces) > 10
