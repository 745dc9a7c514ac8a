"""Times are those of the place, with `--utc` those of UTC, wherever people read them; for scripts always UTC."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits

THERE, IN_UTC = re.compile(r"\d \+0545\b"), re.compile(r"\d UTC\b")
SCREENS = (
    "",
    "quota",
    "runs",
    "purge --older-than 365d",
    "company-key list",
    "subject-report {mail} --format html",
    "export --format html",
)


@pytest.fixture
def in_nepal(stocked: Cli) -> Cli:
    """A zone that is like no other, and knows no daylight saving."""
    stocked.settings["TZ"] = "Asia/Kathmandu"
    return stocked


@pytest.mark.parametrize("screen", SCREENS)
def test_people_read_the_time_of_the_place_or_utc(in_nepal: Cli, hits: Hits, screen: str) -> None:
    in_nepal.run("company-key", "new")
    words = screen.format(mail=hits(1)[0]).split()
    there, in_utc = in_nepal.run(*words), in_nepal.run("--utc", *words)
    assert (there.code, in_utc.code) == (0, 0)
    assert (bool(THERE.search(there.out)), bool(IN_UTC.search(there.out))) == (True, False)
    assert (bool(THERE.search(in_utc.out)), bool(IN_UTC.search(in_utc.out))) == (False, True)


def test_events_are_told_in_the_time_of_the_place(in_nepal: Cli, hits: Hits) -> None:
    source = in_nepal.source(hits(1, company="gears"))
    told = in_nepal.run("-v", "enrich", source, "--types", "person").err
    (lookup,) = (line for line in told.splitlines() if " lookup " in line)
    assert THERE.search(lookup)


def test_scripts_read_utc(in_nepal: Cli) -> None:
    (run,) = in_nepal.run("runs", "--json").report["runs"]
    assert run["started_at"].endswith("Z")
    assert in_nepal.run("quota", "--json").report["resets_at"].endswith("-01T00:00:00Z")


def test_a_time_zone_that_is_none_is_refused_before_anything_is_done(stocked: Cli) -> None:
    stocked.settings["TZ"] = "XXX-25"
    refused = stocked.run("quota")
    assert (refused.code, refused.err.count("\n"), "TZ is no time zone" in refused.err) == (2, 1, True)
    assert stocked.run("--utc", "quota").code == 0
