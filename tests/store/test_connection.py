"""Opening the file: whose is it, can it be used, is it up to date."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from enrich_cli.store import connection
from enrich_cli.store.connection import open_for_reading, open_for_writing, transaction, writable
from enrich_cli.store.errors import StoreError, StoreFull
from enrich_cli.store.schema import MIGRATIONS
from enrich_cli.store.sqlite_errors import told_clearly

if TYPE_CHECKING:
    from tests.store.conftest import Bench, Start

BOTH = pytest.mark.parametrize("open_store", [open_for_writing, open_for_reading], ids=["writing", "reading"])
MAGIC = b"SQLite format 3\x00"


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def can_be_read(path: Path) -> bool:
    connection = open_for_reading(path)
    if connection:
        connection.close()
    return connection is not None


class TestOurs:
    def test_a_new_store_is_made_with_all_migrations(self, no_store: Bench) -> None:
        open_for_writing(no_store.path).close()
        assert no_store.sql("SELECT name FROM _sqlite_migrations ORDER BY id") == [(name,) for name, _ in MIGRATIONS]
        assert no_store.sql("PRAGMA integrity_check") == [("ok",)]

    def test_what_is_committed_survives_a_power_cut(self, no_store: Bench) -> None:
        with closing(open_for_writing(no_store.path)) as connection:
            assert pragma(connection, "journal_mode") == "wal"
            assert pragma(connection, "synchronous") == 2
            assert pragma(connection, "fullfsync") == 1
            assert pragma(connection, "foreign_keys") == 1

    def test_an_empty_file_is_a_new_store(self, no_store: Bench) -> None:
        no_store.path.touch()
        assert open_for_reading(no_store.path) is None
        open_for_writing(no_store.path).close()
        assert no_store.sql("SELECT COUNT(*) FROM runs") == [(0,)]

    def test_opening_it_again_changes_nothing(self, no_store: Bench) -> None:
        open_for_writing(no_store.path).close()
        before = no_store.files()
        open_for_writing(no_store.path).close()
        assert no_store.files() == before

    def test_any_name_will_do(self, no_store: Bench) -> None:
        path = no_store.path.with_name("what? 100% #1 ünï.db")
        open_for_writing(path).close()
        assert list(no_store.files()) == [path.name]
        assert can_be_read(path)

    def test_even_one_that_is_no_text(self, no_store: Bench) -> None:
        path = no_store.path.with_name(os.fsdecode(b"\xff.db"))
        open_for_writing(path).close()
        assert can_be_read(path)

    def test_reading_a_store_leaves_no_trace(self, no_store: Bench) -> None:
        no_store.standing()
        before = no_store.files()
        connection = open_for_reading(no_store.path)
        assert connection is not None
        with closing(connection):
            assert connection.execute("SELECT COUNT(*) FROM runs").fetchone() == (1,)
        assert no_store.files() == before

    def test_reading_does_not_touch_what_a_crashed_writer_left(self, no_store: Bench, start: Start) -> None:
        writer = start("hold", no_store.path)
        writer.go()
        assert (writer.hear(), writer.hear()) == ("ready", "holding")
        writer.kill()
        before = no_store.files()
        connection = open_for_reading(no_store.path)
        assert connection is not None
        with closing(connection):
            assert connection.execute("SELECT customer_id FROM run_customers").fetchall() == [("ada",)]
        after = no_store.files()
        assert {name: after[name] for name in before if not name.endswith("-shm")} == {
            name: content for name, content in before.items() if not name.endswith("-shm")
        }

    def test_the_log_stays_while_somebody_has_the_store_open_twice(self, no_store: Bench, start: Start) -> None:
        """As whoever reads, and recovers a run whose keeper is still at work. If that one took itself for the last to
        close the store, what is committed afterwards would be gone with the log.
        """
        keeper = start("hold", no_store.path)
        keeper.go()
        assert (keeper.hear(), keeper.hear()) == ("ready", "holding")
        reading = open_for_reading(no_store.path)
        assert reading is not None
        with closing(reading), closing(open_for_writing(no_store.path)) as recovering:
            keeper.go()
            assert keeper.ended_well()
            with transaction(recovering):
                recovering.execute("UPDATE runs SET state = 'crashed'")
        assert no_store.sql("SELECT state FROM runs") == [("crashed",)]

    def test_there_is_nothing_to_read_before_there_is_a_store(self, no_store: Bench) -> None:
        assert open_for_reading(no_store.path) is None
        assert no_store.files() == {}

    def test_a_store_that_another_process_is_just_making_holds_nothing_yet(self, no_store: Bench) -> None:
        no_store.sql("PRAGMA journal_mode = WAL")
        assert no_store.path.stat().st_size > 0
        assert open_for_reading(no_store.path) is None

    @pytest.mark.slow
    def test_of_processes_that_open_a_new_store_at_once_one_makes_it(self, no_store: Bench, start: Start) -> None:
        openers = [start("open", no_store.path) for _ in range(4)]
        assert [opener.hear() for opener in openers] == ["ready"] * 4
        for opener in openers:
            opener.go()
        assert all(opener.ended_well() for opener in openers)
        assert no_store.sql("SELECT COUNT(*) FROM _sqlite_migrations") == [(len(MIGRATIONS),)]


def text_file(path: Path) -> None:
    path.write_text("email,name\nada@example.com,Ada\n")


def other_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")


def other_program_with_migrations(path: Path) -> None:
    other_program(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT)")
        connection.execute("INSERT INTO _sqlite_migrations VALUES (1, 'songs', 'm001')")


def newer_version(path: Path) -> None:
    open_for_writing(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('enrich-cli', 'm999', '2030')"
        )


def cut_in_half(path: Path) -> None:
    open_for_writing(path).close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwritten(path: Path) -> None:
    open_for_writing(path).close()
    content = path.read_bytes()
    path.write_bytes(content[:100] + bytes(len(content) - 100))


@BOTH
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (text_file, "is not a SQLite file"),
        (other_program, "of another program"),
        (other_program_with_migrations, "of another program"),
        (newer_version, "a newer version of enrich-cli"),
        (cut_in_half, "is damaged"),
        (overwritten, "is damaged"),
    ],
)
def test_what_is_no_store_of_ours_is_refused_and_left_as_it_is(
    no_store: Bench,
    make: Callable[[Path], None],
    said: str,
    open_store: Callable[[Path], sqlite3.Connection | None],
) -> None:
    make(no_store.path)
    before = no_store.files()
    with pytest.raises(StoreError, match=said) as refused:
        open_store(no_store.path)
    assert str(no_store.path) in str(refused.value)
    assert refused.value.exit_code == 2
    assert no_store.files() == before


def test_another_programs_file_keeps_what_its_crashed_writer_left_beside_it(no_store: Bench) -> None:
    with closing(sqlite3.connect(no_store.path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE songs (title TEXT)")
        copy = no_store.path.with_name("copy.db")
        copy.write_bytes(no_store.path.read_bytes())
        log = no_store.path.with_name("copy.db-wal")
        log.write_bytes(no_store.files()["store.db-wal"])
    before = (copy.read_bytes(), log.read_bytes())
    with pytest.raises(StoreError, match="of another program"):
        open_for_writing(copy)
    assert (copy.read_bytes(), log.read_bytes()) == before


@BOTH
def test_a_folder_is_no_store(no_store: Bench, open_store: Callable[[Path], object]) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        open_store(no_store.path.parent)


@BOTH
@pytest.mark.parametrize("device", [True, False], ids=["device", "pipe"])
def test_a_device_and_a_pipe_are_none_and_are_not_waited_for(
    no_store: Bench, open_store: Callable[[Path], object], device: bool
) -> None:
    os.mkfifo(no_store.path)
    with pytest.raises(StoreError, match="is not a regular file"):
        open_store(Path(os.devnull) if device else no_store.path)


@BOTH
def test_a_name_that_leaves_no_room_for_that_of_its_log_is_refused(
    no_store: Bench, open_store: Callable[[Path], object]
) -> None:
    path = no_store.path.with_name("x" * 254)
    path.write_bytes(MAGIC)
    with pytest.raises(StoreError, match="File name too long"):
        open_store(path)


def test_a_folder_that_is_not_there_is_not_made(no_store: Bench) -> None:
    path = no_store.path.with_name("none") / "store.db"
    with pytest.raises(StoreError, match=r"folder of the store .* does not exist"):
        open_for_writing(path)
    assert no_store.files() == {}


def names_after_reading(path: Path) -> list[str]:
    assert can_be_read(path)
    return [file.name for file in path.parent.iterdir()]


def test_who_may_write_the_folder_alone_leaves_nothing_in_it_that_would_be_in_the_owner_s_way(
    no_store: Bench, denied: Callable[..., object]
) -> None:
    open_for_writing(no_store.path).close()
    assert denied(names_after_reading, folder_mode=0o777) == [no_store.path.name]


def test_what_may_not_be_written_is_said(no_store: Bench, denied: Callable[..., object]) -> None:
    open_for_writing(no_store.path).close()
    assert writable(no_store.path) is True
    assert denied(writable) is False
    with pytest.raises(StoreError, match="can't be opened for writing"):
        denied(open_for_writing)


def test_a_log_that_goes_in_the_moment_of_opening_does_not_have_the_store_read_as_if_nobody_wrote(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it may, when a run ends just then: SQLite can't open for reading alone what it would have to make first."""
    connect = connection._connect_to_read

    def going(path: Path, mode: str) -> sqlite3.Connection | None:
        if mode == "ro":
            raise sqlite3.OperationalError("unable to open database file")
        return connect(path, mode)

    monkeypatch.setattr(connection, "_connect_to_read", going)
    with bench.run() as run:
        run.plan(bench.customer())
        opened = open_for_reading(bench.path)
        assert opened
        with closing(opened):
            assert opened.execute("SELECT COUNT(*) FROM run_customers").fetchone() == (1,)


class TestTransaction:
    def test_it_is_all_or_nothing(self, no_store: Bench) -> None:
        with closing(open_for_writing(no_store.path)) as connection:
            with pytest.raises(sqlite3.IntegrityError), transaction(connection):
                connection.executemany("INSERT INTO store_marks VALUES (?)", [("half",), ("half",)])
            assert connection.execute("SELECT * FROM store_marks").fetchall() == []
            with transaction(connection):
                connection.execute("INSERT INTO store_marks VALUES ('whole')")
        assert no_store.sql("SELECT * FROM store_marks") == [("whole",)]

    def test_nobody_else_counts_meanwhile(self, no_store: Bench) -> None:
        with closing(open_for_writing(no_store.path)) as one, closing(open_for_writing(no_store.path)) as two:
            two.execute("PRAGMA busy_timeout = 1")
            with transaction(one), pytest.raises(sqlite3.OperationalError, match="locked"), transaction(two):
                pass


def test_a_mistake_of_ours_is_no_damage_of_the_file(no_store: Bench) -> None:
    with pytest.raises(sqlite3.IntegrityError), told_clearly(no_store.path):
        raise sqlite3.IntegrityError


@pytest.mark.parametrize(
    ("error", "shown", "said"),
    [
        (sqlite3.OperationalError("database or disk is full"), StoreFull, "is full or failing"),
        (sqlite3.OperationalError("disk I/O error"), StoreFull, "is full or failing"),
        (sqlite3.OperationalError("database is locked"), StoreError, "locked by another program"),
        (sqlite3.OperationalError("attempt to write a readonly database"), StoreError, "check the permissions"),
        (sqlite3.OperationalError("unable to open database file"), StoreError, "check the permissions"),
        (sqlite3.OperationalError("no such table: runs"), StoreError, "can't be used: no such table"),
        (sqlite3.DatabaseError("database disk image is malformed"), StoreError, "is damaged"),
    ],
)
def test_what_sqlite_says_is_told_in_words_that_help(
    error: sqlite3.Error, shown: type[Exception], said: str, no_store: Bench
) -> None:
    with pytest.raises(shown, match=said), told_clearly(no_store.path):
        raise error


@BOTH
def test_a_folder_that_may_not_be_entered_is_said(
    no_store: Bench, unprivileged: Callable[..., object], open_store: Callable[[Path], object]
) -> None:
    folder = no_store.path.parent
    folder.chmod(0)
    try:
        with pytest.raises(StoreError, match="can't be read"):
            unprivileged(open_store, no_store.path)
    finally:
        folder.chmod(0o700)
