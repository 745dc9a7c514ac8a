"""A store of an older version is brought up to date by whatever opens it first, but by a dry run."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.tier import Lifetimes
from enrich_cli.store import connection, migrations
from enrich_cli.store.connection import open_for_reading
from enrich_cli.store.dry_books import open_dry_books, refuse_outdated
from enrich_cli.store.errors import StoreOutdated
from enrich_cli.store.invariants import check_store
from enrich_cli.store.schema import MIGRATIONS
from enrich_cli.store.showing import stored_customers

if TYPE_CHECKING:
    from tests.store.conftest import Bench


@pytest.fixture
def first_version(no_store: Bench) -> Bench:
    """As the first version left it."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (connection, migrations):
            patch.setattr(module, "MIGRATIONS", MIGRATIONS[:1])
        connection.open_for_writing(no_store.path).close()
    return no_store


def test_a_run_on_it_and_what_reads_it_afterwards_find_all_tables(first_version: Bench) -> None:
    with first_version.run() as run:
        run.enrich(first_version.customer())
        run.end()
    assert check_store(first_version.path, first_version.master, first_version.now) == []
    assert first_version.sql("SELECT name FROM _sqlite_migrations ORDER BY id") == [(name,) for name, _ in MIGRATIONS]


def test_what_only_reads_it_brings_it_up_to_date_first(first_version: Bench) -> None:
    with pytest.raises(Exception, match="no stored customer is called so"):
        stored_customers(
            first_version.path, "acme", "ada", master=first_version.master, lifetimes=Lifetimes(), now=first_version.now
        )
    assert first_version.sql("SELECT COUNT(*) FROM company_access") == [(0,)]


def test_a_dry_run_refuses_it_and_leaves_it_as_it_is(first_version: Bench) -> None:
    before = first_version.files()
    with pytest.raises(StoreOutdated):
        refuse_outdated(first_version.path)
    with (
        pytest.raises(StoreOutdated),
        open_dry_books(first_version.path, first_version.master, first_version.run_plan()),
    ):
        pass
    assert first_version.files() == before


def test_who_asks_whether_a_company_key_opens_anything_in_it_changes_nothing(first_version: Bench) -> None:
    before = first_version.files()
    opened = open_for_reading(first_version.path, outdated=True)
    assert opened is not None
    with closing(opened):
        assert opened.execute("SELECT COUNT(*) FROM company_keys").fetchone() == (0,)
    assert first_version.files() == before
