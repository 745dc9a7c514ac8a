"""The live panel of a run at all ten vendors, as a terminal of 80 columns shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.e2e.pseudo_terminal import watched

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Serve
    from tests.e2e.vendors.conftest import Row

BAR = re.compile(r"\d+/\d+ rows  [\d.]+/s")
VENDORS = (
    *("clearbit", "fullcontact", "hunter", "google_places", "opencorporates"),
    *("linkedin", "twitter", "facebook", "attom", "corelogic"),
)
STATE = re.compile(r"(\w+) +(ok|slowed|paused until \d\d:\d\d:\d\d|skipped until \d\d:\d\d:\d\d|closed: .+?)(?:  +|$)")


def people(cli: Cli, row: Row, header: str, number: int) -> str:
    rows = [row("Birch Tooling", f"Ada {chr(65 + place)}ample") for place in range(number)]
    return cli.write("people.csv", "\n".join([header, *rows, ""]))


def panel(frame: list[str]) -> list[str]:
    """From the bar to the last vendor."""
    start = next(place for place, line in enumerate(frame) if BAR.search(line))
    return frame[start:]


@pytest.mark.slow
def test_no_line_is_wrapped_every_vendor_is_there_and_a_resize_does_no_harm(
    ten: Cli, serve: Serve, row: Row, header: str
) -> None:
    ten.settings["CLEARBIT_RATE"] = "1/1s"
    with serve("linkedin=401", "twitter=retry-after-2:1", latency=0.1) as sandbox:
        rates = {f"{vendor.upper()}_RATE" for vendor in VENDORS} - {"CLEARBIT_RATE"}
        ten.settings |= sandbox.settings | dict.fromkeys(rates, "none")
        command = [*ten.program, "enrich", people(ten, row, header, 5)]
        frames = watched(command, ten, BAR, 80, 60, 100)
    *during, end = frames
    seen: dict[str, set[str]] = {vendor: set() for vendor in VENDORS}
    heights = set()
    for frame in during:
        _, money, *states = panel(frame)
        assert re.match(r"spent \$\d+\.\d+  hit rate (-|\d+%)", money)
        told = {vendor: words for line in states for vendor, words in STATE.findall(line)}
        assert sorted(told) == sorted(VENDORS)
        for vendor, words in told.items():
            seen[vendor].add(re.sub(r"[\d:]{8}", "then", words))
        assert [line for line in frame if "before the first request" in line] == ["before the first request: 5 rows"]
        heights.add(len(states))
    assert {6, 10} <= heights <= {5, 6, 10}
    assert {"slowed"} <= seen["clearbit"]
    assert {"ok", "closed: the key was refused (status 401)"} == seen["linkedin"]
    assert seen["twitter"] <= {"ok", "paused until then"} != {"ok"}
    assert not [line for line in end if STATE.fullmatch(line) or BAR.search(line)]
    assert [line for line in end if "enrich done: 5 rows" in line]
