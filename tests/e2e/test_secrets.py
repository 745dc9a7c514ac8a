"""No key and no personal data leaves the program by a message or lies open in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Serve

EMAILS = ("ada.sample+hit@pumps.example", "ben.archer+miss@freight.example", "carla.brooks+other@dental.example")
URL = "postgresql://me:s3cret@db/crm"
PERSONAL = ("sample", "archer", "brooks", "pumps", "freight", "dental", "secret-of")


@pytest.mark.parametrize(
    "fault",
    [
        "401",
        "404path",
        "close",
        *(pytest.param(fault, marks=pytest.mark.slow) for fault in ("credit", "429:0.2", "shape", "huge")),
    ],
)
def test_no_message_names_a_key_or_a_person(cli: Cli, serve: Serve, fault: str) -> None:
    """FullContact's refusal, for one, repeats the key that it was given."""
    with serve(f"*:{fault}") as sandbox:
        cli.asks(sandbox)
        result = cli.run("-v", "enrich", cli.source(EMAILS), "--types", "person")
    assert result.code in (0, 3, 5)
    said = (result.out + result.err).lower()
    assert [word for word in PERSONAL if word in said] == []


def test_a_rejected_row_and_a_bad_header_are_described_without_their_text(cli: Cli) -> None:
    cli.write("bad.csv", "Email,Name\nada.sample+hit@pumps.example,Ada Sample,more\n,\n")
    rejected = cli.run("-v", "enrich", "bad.csv")
    cli.write("headless.csv", "ada.sample+hit@pumps.example,Ada Sample\n")
    headless = cli.run("-v", "enrich", "headless.csv")
    assert (rejected.code, headless.code) == (0, 2)
    said = (rejected.out + rejected.err + headless.out + headless.err).lower()
    assert [word for word in PERSONAL if word in said] == []


@pytest.mark.parametrize(
    "line",
    [
        ("--db", URL, "quota"),
        ("export", "-o", URL),
        ("stats", "--json", "-o", URL),
        ("enrich", "customers.csv", "--rejects", URL),
        ("forget", "--from", URL, "--yes"),
    ],
)
def test_the_url_of_a_database_in_place_of_a_file_is_refused_without_its_password(
    stocked: Cli, line: tuple[str, ...]
) -> None:
    result = stocked.run(*line)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "postgresql://me@db/crm: this must be a file" in result.err


@pytest.mark.parametrize("setting", ["ENRICHMENT_DB", "ENRICHMENT_MASTER_KEY_FILE"])
def test_a_setting_too_does_not_show_it(stocked: Cli, setting: str) -> None:
    stocked.settings[setting] = URL
    result = stocked.run("runs")
    assert (result.code, result.err.count("\n")) == (5, 1)
    assert setting in result.err
    assert "s3cret" not in result.err


def test_the_store_holds_no_readable_person_and_no_key(cli: Cli) -> None:
    assert cli.run("enrich", cli.source(EMAILS), "--types", "person").code == 0
    content = cli.store.read_bytes().lower()
    assert b"clearbit" in content
    assert [word for word in PERSONAL if word.encode() in content] == []


def test_the_master_key_is_the_users_alone_and_never_beside_the_store(cli: Cli) -> None:
    cli.run("enrich", cli.source(EMAILS))
    (key,) = [path for path in cli.home.rglob("*") if "key" in path.name]
    assert key.stat().st_mode & 0o777 == 0o600
    assert cli.folder not in key.parents
