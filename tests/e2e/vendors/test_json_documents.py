"""What each command prints with `--json` is a document of its schema; what a log says is, line by line."""

from __future__ import annotations

import json
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from typer.core import TyperGroup
from typer.main import get_group

from enrich_cli.cli.app import app
from tests.schemas import SHARED, schemas, wrong_with

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Result, Serve

WHO = "ada.sample+hit@birch-tooling.example"
LINES = (
    "enrich everywhere.csv",
    "enrich everywhere.csv --dry-run --max-cost 1",
    "enrich mixed.csv --max-cost 0.01 --optimize-cost",
    "refresh --customer {who}",
    "refresh --customer {who} --dry-run",
    "quota",
    "stats",
    "set-tier free",
    "set-tier enterprise",
    "show {who}",
    "show 'Ada Sample'",
    "runs",
    "export",
    "export --types person,property",
    "export -o out.csv",
    "forget {who} --yes",
    "subject-report {who}",
    "purge --older-than 365d",
    "rotate-key",
    "rotate-key --deep",
    "providers",
    "providers --check",
    "check",
    "company-key new",
    "company-key list",
)
"""Each is run with `--json`."""


def commands(group: TyperGroup, *before: str) -> Iterator[str]:
    """Every command that takes `--json`."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, *before, name)
        elif any("--json" in parameter.opts for parameter in command.params):
            yield " ".join((*before, name))


COMMANDS = sorted(commands(get_group(app)), key=len, reverse=True)


def command_of(line: str) -> str:
    return next(command for command in COMMANDS if line == command or line.startswith(f"{command} "))


def schema_of(command: str) -> str:
    return command.replace(" ", "-")


def wrong_lines(result: Result) -> list[str]:
    return [wrong for line in result.err.splitlines() for wrong in wrong_with(json.loads(line), "log")]


def test_every_command_with_json_has_a_schema_and_is_tried_here() -> None:
    assert {schema_of(command) for command in COMMANDS} == set(schemas()) - SHARED
    assert {command_of(line) for line in LINES} | {"company-key revoke"} == set(COMMANDS)


@pytest.mark.parametrize("name", schemas())
def test_every_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])


@pytest.mark.parametrize("line", LINES)
def test_the_document_is_of_its_schema(acquainted: Cli, line: str) -> None:
    acquainted.write(
        "mixed.csv", "Name,E-mail,Phone\nAda,,\nBo Field,bo.field+hit@cogs.example,\n,info@cogs.example,\n"
    )
    words = [word.format(who=WHO) for word in shlex.split(line)]
    result = acquainted.run(*words, "--json")
    assert result.report, result.err
    assert wrong_with(result.report, schema_of(command_of(line))) == []


def test_so_is_that_of_a_key_that_is_revoked(acquainted: Cli) -> None:
    key_id = acquainted.run("company-key", "new", "--json").report["key_id"]
    assert wrong_with(acquainted.run("company-key", "list", "--json").report, "company-key-list") == []
    result = acquainted.run("company-key", "revoke", key_id, "--json")
    assert wrong_with(result.report, "company-key-revoke") == []


def test_so_is_the_report_of_a_run_in_which_all_goes_wrong(ten: Cli, serve: Serve, header: str, row: Any) -> None:
    source = ten.write("one.csv", f"{header}\n{row('Birch Tooling')}\n")
    with serve("clearbit=401", "fullcontact=credit", "hunter=timeout", "google_places=503", "attom=shape") as sandbox:
        ten.asks(sandbox)
        ten.settings["ENRICHMENT_TIMEOUT"] = "0.5"
        result = ten.run("--log-format", "json", "enrich", source, "--json")
    assert result.report["in_doubt_usd"] != "0.00"
    assert (wrong_with(result.report, "enrich"), wrong_lines(result)) == ([], [])
    assert "provider_closed" in result.err
    assert wrong_with(ten.run("runs", "--json").report, "runs") == []
    assert wrong_with(ten.run("stats", "--json").report, "stats") == []


def test_so_is_that_of_a_store_that_is_broken(acquainted: Cli) -> None:
    with closing(sqlite3.connect(acquainted.store)) as connection, connection:
        connection.execute("UPDATE customer_enrichment_usage SET api_costs = 1")
    document = acquainted.run("check", "--json").report
    assert document["whole"] is False
    assert wrong_with(document, "check") == []


def test_every_line_of_a_log_is_of_its_schema(acquainted: Cli) -> None:
    results = [
        acquainted.run("--log-format", "json", *line.split())
        for line in ("refresh", "enrich absent.csv", "export -o out.csv", "company-key new")
    ]
    assert {line for result in results for line in wrong_lines(result)} == set()
    seen = {json.loads(line)["event"] for result in results for line in result.err.splitlines()}
    assert seen >= {"run_began", "lookup", "run_ended", "error", "note"}


def test_a_document_with_a_member_too_many_or_money_as_a_number_is_none(acquainted: Cli) -> None:
    report = acquainted.run("enrich", "everywhere.csv", "--json").report
    assert wrong_with(report | {"surplus": 1}, "enrich")
    assert wrong_with(report | {"cost_usd": 0.2}, "enrich")
    assert wrong_with(report | {"quota": report["quota"] | {"resets_at": "2026-12-01 00:00"}}, "enrich")
    report["customers"]["surplus"] = 1
    assert wrong_with(report, "enrich")
