"""The help, which is a manual."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.main import get_group
from typer.testing import CliRunner

from enrich_cli.cli.app import app
from enrich_cli.settings import Settings

COMMANDS = sorted(get_group(app).commands)


def shown(*command: str, width: int = 80) -> str:
    result = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": str(width)})
    assert result.exit_code == 0
    return result.output


def test_it_tells_every_exit_code_and_every_setting_of_the_program() -> None:
    text = shown()
    assert re.findall(r"^ +(\d+)  +", text, re.MULTILINE) == ["0", "1", "2", "3", "4", "5", "130"]
    prefix = str(Settings.model_config["env_prefix"])
    names = {str(field.validation_alias or f"{prefix}{name}").upper() for name, field in Settings.model_fields.items()}
    told_by_their_endings = {"ENRICHMENT_MASTER_KEY_FILE": "_FILE"} | {
        f"ENRICHMENT_{kind}_PROVIDERS": f"_{kind}_" for kind in ("BUSINESS", "SOCIAL", "PROPERTY")
    }
    assert not [name for name in names if told_by_their_endings.get(name, name) not in text]


@pytest.mark.parametrize("width", [80, 140])
def test_no_line_of_it_is_too_long(width: int) -> None:
    assert [line for line in shown(width=width).splitlines() if len(line) > min(width, 100)] == []


def test_no_command_is_cut_short_in_the_list() -> None:
    assert "..." not in shown().partition("Commands:")[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example(command: str) -> None:
    assert re.search(rf"^ +enrich-cli (--\w+ \S+ )*{command}\b", shown(command), re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_example_stands_on_one_line(command: str) -> None:
    """So that it can be copied."""
    examples = re.findall(r"^ {6}(\S.*)$", shown(command).partition("Options:")[0], re.MULTILINE)
    assert [line for line in examples if line.startswith("enrich-cli ")] == examples


@pytest.mark.parametrize(("command", "argument"), [("enrich", "SOURCE"), ("company-key revoke", "KEY_ID")])
def test_a_required_argument_stands_in_the_usage_by_its_name(command: str, argument: str) -> None:
    assert shown(*command.split()).splitlines()[0] == f"Usage: enrich-cli {command} [OPTIONS] {argument}"


@pytest.mark.parametrize(
    ("command", "group", "option"),
    [
        ("enrich", "What it may cost", "--max-cost"),
        ("enrich", "What is looked up", "--require"),
        ("enrich", "Source", "--map"),
        ("refresh", "What comes out", "--output"),
        ("refresh", "Which stored customers", "--expired"),
        ("refresh", "Options", "--resume"),
        ("refresh", "Arguments", "SOURCE"),
    ],
)
def test_the_options_of_a_run_stand_in_groups(command: str, group: str, option: str) -> None:
    groups = re.split(r"^(\S.*):$", shown(command), flags=re.MULTILINE)
    assert option in groups[groups.index(group) + 1]


@pytest.mark.parametrize(
    "words",
    [
        ("--company", "acme", "quota", "--json"),
        ("quota", "--company", "acme", "--json"),
        ("quota", "--json", "--company=acme", "-v"),
    ],
)
def test_the_program_s_own_options_may_stand_behind_the_command_too(words: tuple[str, ...], tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [*words, "--db", str(tmp_path / "none.db")])
    assert json.loads(result.output)["company"] == "acme"


def test_what_follows_two_dashes_is_no_option(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["show", "--json", "--", "-q"], env={"ENRICHMENT_DB": str(tmp_path / "none.db")})
    assert "no stored customer" in str(result.exception)


def test_an_option_without_its_value_is_said_to_be_wrong() -> None:
    assert "--db" in str(CliRunner().invoke(app, ["quota", "--db"]).output)
