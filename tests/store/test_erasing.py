"""What was deleted is in no byte of the store's files."""

from __future__ import annotations

from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

from enrich_cli.store.connection import open_for_writing, transaction
from enrich_cli.store.erasing import empty_log, erase
from enrich_cli.store.liveness import alive

if TYPE_CHECKING:
    from tests.store.conftest import Bench


def test_no_copies_are_left_of_rows_that_had_moved(no_store: Bench) -> None:
    random = Random(1)
    names = [f"<{number:05}>" for number in random.sample(range(100_000), 2_000)]
    gone = random.sample(names, 1_000)

    def left() -> set[str]:
        file = no_store.path.read_bytes()
        return {name for name in names if name.encode() in file}

    with closing(open_for_writing(no_store.path)) as connection:
        with transaction(connection):
            connection.executemany(
                "INSERT INTO customers (company_id, customer_id, fields, fingerprint, seen_at)"
                " VALUES ('acme', ?, ?, x'00', '')",
                [(name, random.randbytes(random.randrange(50, 400))) for name in names],
            )
        with transaction(connection):
            connection.executemany(
                "UPDATE customers SET fields = ? WHERE company_id = 'acme' AND customer_id = ?",
                [(random.randbytes(random.randrange(50, 800)), name) for name in random.sample(names, 1_000)],
            )
        for name in gone:
            connection.execute("DELETE FROM customers WHERE company_id = 'acme' AND customer_id = ?", (name,))
        assert empty_log(connection)
        assert len(left()) > 1_000, "SQLite leaves no copies, and nothing has to be written anew"
        assert erase(connection, no_store.path)
        assert left() == {*names} - {*gone}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_run_does_not_have_to_wait_until_the_store_is_written_anew(no_store: Bench) -> None:
    with closing(open_for_writing(no_store.path)) as connection, alive(no_store.path, "a-run"):
        assert not erase(connection, no_store.path)
