"""The commands, built when they are used."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import pytest
from typer.main import get_group

import enrich_cli.cli
from enrich_cli.cli.app import app
from enrich_cli.cli.commands import SUMMARIES
from enrich_cli.cli.manual import Manual

COMMANDS = get_group(app).commands


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_list_says_of_a_command_what_its_own_help_begins_with(name: str) -> None:
    assert Manual(commands={name: COMMANDS[name]}).summary(name) == SUMMARIES[name]


def test_no_module_with_a_command_is_left_out() -> None:
    names = {module.name for module in iter_modules(enrich_cli.cli.__path__)} - {"app"}
    modules = {name: import_module(f"enrich_cli.cli.{name}") for name in names}
    having = {name.replace("_", "-") for name, module in modules.items() if {"command", "app"} & vars(module).keys()}
    assert having == set(SUMMARIES)


def test_what_is_no_command_is_none() -> None:
    assert "app" not in COMMANDS


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["quota"]])
def test_a_quick_command_loads_no_other(arguments: list[str]) -> None:
    program = f"import sys; from enrich_cli.cli.app import run; run({arguments!r}); print(*sys.modules)"
    output = subprocess.run(
        (sys.executable, "-c", program), capture_output=True, text=True, check=True, env={"ENRICHMENT_DB": "/nowhere"}
    ).stdout
    assert "enrich_cli.cli.commands" in output
    assert not {"enrich_cli.cli.enrich", "enrich_cli.cli.show", "rich", "httpx", "cryptography"} & set(output.split())


@pytest.mark.parametrize("name", SUMMARIES)
def test_no_command_has_an_option_of_the_program_since_those_may_stand_behind_it(name: str) -> None:
    of_the_program = {option for parameter in get_group(app).params for option in parameter.opts}
    command = COMMANDS[name]
    for one in getattr(command, "commands", {name: command}).values():
        assert of_the_program.isdisjoint(option for parameter in one.params for option in parameter.opts)
