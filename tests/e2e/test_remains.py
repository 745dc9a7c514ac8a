"""The search after each end-to-end test finds what it is for."""

from __future__ import annotations

import base64
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits

PLACES = ("tmp/spool", "work/core.123", "work/.enriched.csv.x1", "logs/0.err", "home/.cache/enrich-cli.log")


@pytest.fixture
def searched(stocked: Cli) -> Cli:
    """A user whose store holds three customers, who has run a command; nothing is found there."""
    assert stocked.run("quota").code == 0
    assert stocked.remains.leaks() == []
    return stocked


def kinds(cli: Cli, place: str, content: bytes) -> set[str]:
    """What is found once something stands at the end of a file, which it then does not; nothing is found elsewhere."""
    path = cli.home / place
    path.parent.mkdir(exist_ok=True)
    before = path.read_bytes() if path.exists() else None
    path.write_bytes((before or b"") + b"\x00\xff" + content)
    found = cli.remains.leaks()
    path.unlink()
    if before is not None:
        path.write_bytes(before)
    return kinds_in(found, "stderr of quota" if place.startswith("logs") else place)


def kinds_in(leaks: list[str], place: str) -> set[str]:
    assert {leak.partition(": ")[0] for leak in leaks} <= {place}
    return {leak.partition(": ")[2] for leak in leaks}


@pytest.mark.parametrize("place", PLACES)
def test_a_person_of_the_source_is_found_wherever_the_program_could_have_left_them(
    searched: Cli, hits: Hits, place: str
) -> None:
    assert {"an e-mail address", "a value of a source"} <= kinds(searched, place, hits(1)[0].upper().encode())


def test_what_a_vendor_told_is_found(searched: Cli) -> None:
    (person, *_) = (row["person"]["data"] for row in json.loads(searched.run("export", "--json").out))
    told = f"{person['job_title']} at {person['company']}, {person['location']}"
    assert "a sealed value of customer_enrichment_data" in kinds(searched, "tmp/spool", told.encode())


def test_keys_are_found_in_every_spelling(searched: Cli) -> None:
    secret = searched.settings["HUNTER_API_KEY"]
    master = base64.b64decode(next(Path(searched.settings["HOME"]).rglob("master.key")).read_text())
    for spelling, kind in (
        (secret.encode(), "HUNTER_API_KEY"),
        (base64.b64encode(f"user:{secret}:".encode()), "HUNTER_API_KEY"),
        (master, "a master key"),
        (master.hex().encode(), "a master key"),
        (base64.urlsafe_b64encode(master), "a master key"),
    ):
        assert kinds(searched, "tmp/spool", spelling) == {kind}


def test_a_key_is_found_even_in_an_output(searched: Cli) -> None:
    secret = searched.settings["HUNTER_API_KEY"]
    assert kinds(searched, "work/enriched.csv", secret.encode()) == {"HUNTER_API_KEY"}


def test_a_person_in_the_clear_in_the_store_is_found(searched: Cli) -> None:
    before = searched.store.read_bytes()
    with closing(sqlite3.connect(searched.store)) as store:
        store.execute("UPDATE provider_lookups SET fields = 'Ada Sample'")
        store.commit()
    found = searched.remains.leaks()
    searched.store.write_bytes(before)
    assert "a value of a source" in kinds_in(found, "work/store.db")
