"""`enrich-cli` alone, and the words that a shell completes."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits


def test_a_new_user_is_led_to_the_sandbox_and_nothing_is_made(cli: Cli) -> None:
    cli.settings = {name: value for name, value in cli.settings.items() if not name.endswith("_API_KEY")}
    result = cli.run()
    assert (result.code, result.err) == (0, "")
    assert "none has a key yet" in result.out
    assert "enrich-cli enrich customers.csv --sandbox" in result.out
    assert not cli.store.exists()


def test_a_run_without_any_key_is_led_there_too(cli: Cli, hits: Hits) -> None:
    cli.settings = {name: value for name, value in cli.settings.items() if not name.endswith("_API_KEY")}
    result = cli.run("enrich", cli.source(hits(1)))
    assert (result.code, result.err.count("\n")) == (5, 1)
    assert "--sandbox" in result.err


def test_later_it_says_where_one_stands(stocked: Cli) -> None:
    result = stocked.run()
    assert (result.code, result.err) == (0, "")
    for words in ("3 of 50 used", "3 of 10 with a key: clearbit, fullcontact, hunter", "enrich done", "3 enriched"):
        assert words in result.out
    assert all(len(line) <= 80 for line in result.out.splitlines() if not line.startswith("store"))


@pytest.fixture
def bash(stocked: Cli) -> Cli:
    """A user who has installed completion from a bash."""
    Path(stocked.settings["HOME"]).mkdir(exist_ok=True)
    said = in_bash(stocked, f"{stocked.program[0]} --install-completion; echo")
    assert "bash completion installed" in said
    return stocked


def in_bash(cli: Cli, script: str, *words: str) -> str:
    """What a script says on standard output; on standard error it says nothing."""
    said = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", *words],
        cwd=cli.folder,
        env=cli.settings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stderr == ""
    return said.stdout


def completed(cli: Cli, line: str) -> list[str]:
    """What a real bash offers at the end of a line."""
    script = f"""
        source ~/.bash_completions/enrich-cli.sh
        read -r -a COMP_WORDS <<< "$1"
        [[ "$1" == *" " ]] && COMP_WORDS+=("")
        COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
        _enrich_cli_completion {cli.program[0]}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    return in_bash(cli, script, line).split()


OFFERED = {
    "enrich-cli set-tier p": ["pro"],
    "enrich-cli enrich --types person,b": ["person,business"],
    "enrich-cli enrich --require email,job": ["email,job_title"],
    "enrich-cli stats --format p": ["prometheus"],
    "enrich-cli sandbox --fault hunt": ["hunter="],
    "enrich-cli qu": ["quota"],
    "enrich-cli --company def": ["default"],
    "enrich-cli show ": [],
    "enrich-cli --db customers.csv show c": [],
}


def test_bash_offers_what_fits(bash: Cli) -> None:
    assert {line: completed(bash, line) for line in OFFERED} == OFFERED


def test_whoever_has_a_company_s_key_is_offered_that_company_alone(bash: Cli) -> None:
    assert bash.run("--company", "rival", "set-tier", "pro").code == 0
    assert completed(bash, "enrich-cli --company ") == ["default", "rival"]
    bash.settings["ENRICHMENT_COMPANY_KEY"] = bash.run("company-key", "new").out.strip()
    assert completed(bash, "enrich-cli --company ") == ["default"]
    assert completed(bash, "enrich-cli --company r") == []


def test_bash_offers_plain_customer_ids_and_runs_to_resume(bash: Cli) -> None:
    bash.write("crm.csv", "id,Email\ncrm-1,ada+hit@pumps.example\ncrm-2,grace+hit@pumps.example\n")
    bash.run("enrich", "crm.csv", "--types", "person")
    assert completed(bash, "enrich-cli show crm") == ["crm-1", "crm-2"]
    assert completed(bash, "enrich-cli enrich crm.csv --resume ") == ["last"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script(cli: Cli, shell: str) -> None:
    cli.settings["_ENRICH_CLI_COMPLETE"] = f"source_{shell}"
    assert f"complete_{shell}" in cli.run().out
