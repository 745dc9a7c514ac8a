"""Standard error, for people and for machines."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from enrich_cli.cli.log import Log
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.events import Event, LookupEnded, RunEnded
from enrich_cli.domain.money import Money
from enrich_cli.domain.times import IN_UTC

LOOKUP = LookupEnded(
    run_id="run-7",
    customer_id="crm-1",
    data_type=DataType.PERSON,
    provider="hunter",
    outcome="found",
    reason=None,
    from_disk=False,
    latency_ms=181,
    retries=2,
    cost_usd=Money(4_900),
    in_doubt_usd=Money(0),
)
ENDED = RunEnded(
    run_id="run-7",
    state="done",
    customers={"enriched": 3, "failed": 0, "cached": 1},
    cost_usd=Money(1),
    in_doubt_usd=Money(0),
    duration_s=3.4,
)


def log(*, as_json: bool = False, verbose: bool = False, quiet: bool = False) -> Log:
    now = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    return Log(now=lambda: now, as_json=as_json, verbose=verbose, quiet=quiet, times=IN_UTC)


class TestJson:
    def test_an_event_is_an_object_on_a_line_with_its_time(self, capsys: pytest.CaptureFixture[str]) -> None:
        log(as_json=True).event(LOOKUP)
        (line,) = capsys.readouterr().err.splitlines()
        assert json.loads(line) == {
            "time": "2026-11-03T09:30:00Z",
            "event": "lookup",
            "run_id": "run-7",
            "customer_id": "crm-1",
            "data_type": "person",
            "provider": "hunter",
            "outcome": "found",
            "reason": None,
            "from_disk": False,
            "latency_ms": 181,
            "retries": 2,
            "cost_usd": "0.0049",
            "in_doubt_usd": "0.00",
        }

    def test_so_are_errors_and_notes(self, capsys: pytest.CaptureFixture[str]) -> None:
        machine = log(as_json=True)
        machine.failure("the disk is full\nalas")
        machine.note("stopping")
        machine.warning("look here")
        said: list[dict[str, Any]] = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
        assert [(one["event"], one["message"]) for one in said] == [
            ("error", "the disk is full\nalas"),
            ("note", "stopping"),
            ("warning", "look here"),
        ]


class TestText:
    def test_events_are_told_to_who_wants_many_words(self, capsys: pytest.CaptureFixture[str]) -> None:
        log().event(LOOKUP)
        log(verbose=True).event(LOOKUP)
        log(verbose=True).event(ENDED)
        lookup, ended = capsys.readouterr().err.splitlines()
        assert lookup.startswith("2026-11-03 09:30:00 UTC lookup run_id=run-7 customer_id=crm-1 ")
        assert "reason" not in lookup
        assert lookup.endswith("from_disk=false latency_ms=181 retries=2 cost_usd=0.0049 in_doubt_usd=0.00")
        assert "customers=enriched:3,cached:1 " in ended

    def test_an_error_names_the_program(self, capsys: pytest.CaptureFixture[str]) -> None:
        log().failure("no such file")
        assert capsys.readouterr().err == "enrich-cli: error: no such file\n"

    def test_an_error_is_one_line_and_moves_no_cursor_whatever_a_file_is_called(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        log().failure("Zoë's\nlist\x1b[2J\x9b.csv: no such file")
        log().warning("a\rb")
        assert capsys.readouterr().err == (
            "enrich-cli: error: Zoë's\\nlist\\x1b[2J\\x9b.csv: no such file\nenrich-cli: warning: a\\rb\n"
        )


@pytest.mark.parametrize("as_json", [False, True])
def test_a_quiet_run_tells_errors_alone(as_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    quiet = log(as_json=as_json, verbose=True, quiet=True)
    quiet.note("stopping")
    quiet.event(LOOKUP)
    assert capsys.readouterr().err == ""
    quiet.failure("no such file")
    assert "no such file" in capsys.readouterr().err


def test_no_event_has_a_field_for_what_is_personal() -> None:
    """What may be told is a closed list: a new field has to be thought about here."""
    told = {name for event in get_args(Event) for name in event.__struct_fields__}
    assert told == {
        *("run_id", "command", "company", "tier", "sandbox", "state", "customers", "duration_s"),
        *("customer_id", "data_type", "provider", "outcome", "reason", "from_disk"),
        *("latency_ms", "retries", "cost_usd", "in_doubt_usd"),
    }
