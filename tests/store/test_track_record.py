"""How each provider did, as the ledger tells."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from enrich_cli.store.schema import MIGRATIONS
from enrich_cli.store.track_record import RECENT_LOOKUPS, Costs, TrackRecord, track_records


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    for _, script in MIGRATIONS:
        connection.executescript(script)
    yield connection
    connection.close()


def book(connection: sqlite3.Connection, *lookups: str, company: str = "acme") -> None:
    """`run customer data_type provider outcome cost in_doubt`, one after the other."""
    for number, lookup in enumerate(lookups):
        run, customer, kind, provider, outcome, cost, doubt = lookup.split()
        connection.execute(
            "INSERT INTO provider_lookups (run_id, company_id, customer_id, data_type, provider, outcome, retries,"
            " cost, in_doubt, at, fields) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, '')",
            (run, company, customer, kind, provider, outcome, cost, doubt, f"{number:09}"),
        )


def test_costs_are_told_apart_by_whether_somebody_was_found_and_hold_the_doubt(connection: sqlite3.Connection) -> None:
    book(
        connection,
        "r ada person clearbit found 10 0",
        "r bob person clearbit found 30 0",
        "r eve person clearbit not_found 10 5",
        "r zoe person clearbit failed 0 20",
        "r ida person clearbit in_doubt 0 10",
    )
    assert track_records(connection, "acme") == {
        "clearbit": TrackRecord(found=Costs(2, 40, 1_000), missed=Costs(3, 45, 725))
    }


def test_another_company_s_lookups_tell_nothing(connection: sqlite3.Connection) -> None:
    book(connection, "r ada person clearbit found 10 0", company="rival")
    assert track_records(connection, "acme") == {}


def test_of_those_whose_person_was_found_it_counts_about_whom_another_type_could_be_asked(
    connection: sqlite3.Connection,
) -> None:
    """A run that asked twitter about nobody may not have wanted to."""
    book(
        connection,
        "one ada person clearbit found 10 0",
        "one ada social twitter not_found 0 0",
        "one bob person clearbit not_found 10 0",
        "one bob person hunter found 10 0",
        "one eve person clearbit not_found 10 0",
        "one eve social twitter found 10 0",
        "two zoe person clearbit found 10 0",
    )
    records = track_records(connection, "acme")
    assert (records["twitter"].people, records["twitter"].people_asked) == (2, 1)
    assert (records["clearbit"].people, records["clearbit"].people_asked) == (0, 0)


def test_old_lookups_are_left_out(connection: sqlite3.Connection) -> None:
    book(connection, *["r a person old found 1 0"] * 3, *["r a person new found 1 0"] * RECENT_LOOKUPS)
    assert {name: record.found.lookups for name, record in track_records(connection, "acme").items()} == {
        "new": RECENT_LOOKUPS
    }


def test_how_long_a_lookup_takes_is_the_mean_of_those_whose_time_is_known(connection: sqlite3.Connection) -> None:
    book(connection, *["r ada person clearbit found 1 0"] * 3, "r ada person hunter found 1 0")
    connection.execute("UPDATE provider_lookups SET latency_ms = 200 * id WHERE id < 3")
    records = track_records(connection, "acme")
    assert (records["clearbit"].latency, records["hunter"].latency) == (0.3, None)


def test_how_often_a_lookup_is_tried_again_is_the_mean_of_all(connection: sqlite3.Connection) -> None:
    book(connection, "r ada person clearbit found 1 0", "r bob person clearbit not_found 1 0")
    connection.execute("UPDATE provider_lookups SET retries = 3 WHERE id = 1")
    assert track_records(connection, "acme")["clearbit"].retries_a_lookup == 1.5
    assert TrackRecord().retries_a_lookup == 0
