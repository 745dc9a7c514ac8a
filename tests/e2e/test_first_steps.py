"""`enrich-cli` alone, its help, and the words that a shell completes."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from enrich_cli.settings import Settings

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli


def test_a_new_user_is_led_to_the_sandbox_and_nothing_is_made(cli: Cli) -> None:
    cli.settings = {name: value for name, value in cli.settings.items() if not name.endswith("_API_KEY")}
    result = cli.run()
    assert (result.code, result.err) == (0, "")
    assert "none has a key yet" in result.out
    assert "enrich-cli enrich customers.csv --sandbox" in result.out
    assert not cli.store.exists()


def test_later_it_says_where_one_stands(stocked: Cli) -> None:
    result = stocked.run()
    assert (result.code, result.err) == (0, "")
    for words in ("3 of 50 used", "3 of 10 with a key: clearbit, fullcontact, hunter", "enrich done", "3 enriched"):
        assert words in result.out
    assert all(len(line) <= 80 for line in result.out.splitlines() if not line.startswith("store"))


def test_the_help_tells_every_exit_code_and_every_setting_of_the_program(cli: Cli) -> None:
    shown = cli.run("--help").out
    for code in (0, 1, 2, 3, 4, 5, 130):
        assert f"\n    {code} " in shown
    prefix = str(Settings.model_config["env_prefix"])
    names = {str(field.validation_alias or f"{prefix}{name}").upper() for name, field in Settings.model_fields.items()}
    ending = {"ENRICHMENT_MASTER_KEY_FILE": "_FILE"} | {
        f"ENRICHMENT_{kind}_PROVIDERS": f"_{kind}_" for kind in ("BUSINESS", "SOCIAL", "PROPERTY")
    }
    assert not [name for name in names if ending.get(name, name) not in shown]


def test_every_command_has_an_example_and_options_of_a_run_stand_in_groups(cli: Cli) -> None:
    commands = cli.run("--help").out.partition("Commands:")[2].partition("Exit codes")[0]
    names = [line.split()[0] for line in commands.splitlines() if line[:2] == "  " and line[2:3].strip()]
    assert {"enrich", "stats", "show"} <= set(names)
    for name in names:
        assert f"    enrich-cli {name}" in cli.run(name, "--help").out.replace("--company acme ", "").replace(
            "--db t.db ", ""
        )
    enrich = cli.run("enrich", "--help").out
    assert enrich.index("What it may cost:") < enrich.index("--max-cost") < enrich.index("\nOptions:")


@pytest.fixture
def bash(stocked: Cli) -> Cli:
    """A user whose shell completes, with a run that was interrupted."""
    (stocked.folder / "completion.sh").write_text(stocked.run("--show-completion", "bash").out)
    return stocked


def completed(cli: Cli, line: str) -> list[str]:
    """What a real bash offers at the end of a line."""
    script = f"""
        source completion.sh
        read -r -a COMP_WORDS <<< "$1"
        [[ "$1" == *" " ]] && COMP_WORDS+=("")
        COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
        _enrich_cli_completion {cli.program[0]}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    said = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", line],
        cwd=cli.folder,
        env=cli.settings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stderr == ""
    return said.stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("enrich-cli set-tier p", ["pro"]),
        ("enrich-cli enrich --types person,b", ["person,business"]),
        ("enrich-cli enrich --require email,job", ["email,job_title"]),
        ("enrich-cli stats --format p", ["prometheus"]),
        ("enrich-cli sandbox --fault hunt", ["hunter="]),
        ("enrich-cli qu", ["quota"]),
        ("enrich-cli --company def", ["default"]),
        ("enrich-cli show ", []),
        ("enrich-cli --db completion.sh show c", []),
    ],
)
def test_bash_offers_what_fits(bash: Cli, line: str, offered: list[str]) -> None:
    assert completed(bash, line) == offered


def test_bash_offers_plain_customer_ids_and_runs_to_resume(bash: Cli) -> None:
    bash.write("crm.csv", "id,Email\ncrm-1,ada+hit@pumps.example\ncrm-2,grace+hit@pumps.example\n")
    bash.run("enrich", "crm.csv", "--types", "person")
    assert completed(bash, "enrich-cli show crm") == ["crm-1", "crm-2"]
    assert completed(bash, "enrich-cli enrich crm.csv --resume ") == ["last"]


def test_completion_installs_itself_for_each_shell(cli: Cli) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "_ENRICH_CLI_COMPLETE" in cli.run("--show-completion", shell).out
