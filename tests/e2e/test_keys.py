"""Company keys, new master keys, keys from commands: every command on its side of the wall, and nothing lost."""

from __future__ import annotations

import random
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli

CUSTOMER = "ada.sample0+hit@pumps0.example"
EVERY_COMMAND = (
    ("enrich", "customers.csv"),
    ("enrich", "customers.csv", "--dry-run"),
    ("refresh",),
    ("refresh", "--customer", CUSTOMER),
    ("quota",),
    ("stats", "--json"),
    ("set-tier", "pro"),
    ("show", CUSTOMER),
    ("export",),
    ("runs",),
    ("subject-report", CUSTOMER),
    ("check",),
    ("company-key", "list"),
    ("forget", CUSTOMER, "--yes"),
    ("purge", "--older-than", "0d"),
)
MASTERS_ALONE = (("company-key", "new"), ("company-key", "revoke", "0"), ("rotate-key",), ("rotate-key", "--deep"))


def key_file(cli: Cli) -> Path:
    (path,) = Path(cli.settings["HOME"]).rglob("master.key")
    return path


@pytest.fixture
def holder(stocked: Cli) -> Cli:
    """A user whose company is `default`, who has its key, and no master key; `rival` is in the store, too."""
    assert stocked.run("--company", "rival", "enrich", "customers.csv").code == 0
    stocked.settings["ENRICHMENT_COMPANY_KEY"] = stocked.run("company-key", "new").out.strip()
    key_file(stocked).unlink()
    return stocked


def test_no_command_reaches_across_the_wall(holder: Cli) -> None:
    before = holder.store.read_bytes()
    for words in (*EVERY_COMMAND, *MASTERS_ALONE):
        result = holder.run("--company", "rival", *words)
        assert (result.code, result.out, result.err.count("\n")) == (5, "", 1), words
        assert "ENRICHMENT_COMPANY_KEY" in result.err
        assert holder.store.read_bytes() == before


def test_every_command_works_on_one_s_own_side_of_it_but_what_takes_the_master_key(holder: Cli) -> None:
    for words in EVERY_COMMAND:
        result = holder.run(*words)
        assert (result.code, result.err.count("error")) == (0, 0), (words, result.err)
    for words in MASTERS_ALONE:
        result = holder.run(*words)
        assert (result.code, result.out) == (5, ""), words
        assert "needs the master key" in result.err


def test_the_wall_is_that_of_the_store_that_is_read(stocked: Cli) -> None:
    sandbox = str(Path(stocked.settings["XDG_DATA_HOME"]) / "enrich-cli/sandbox.db")
    assert stocked.run("enrich", "customers.csv", "--sandbox").code == 0
    stocked.settings["ENRICHMENT_COMPANY_KEY"] = stocked.run("--db", sandbox, "company-key", "new").out.strip()
    for command in ("quota", "stats", "runs", "export", "check"):
        assert (stocked.run(command).code, stocked.run(command, "--sandbox").code) == (5, 0), command


def test_a_revoked_key_opens_nothing(stocked: Cli) -> None:
    made = stocked.run("company-key", "new", "--json").report
    assert stocked.run("company-key", "revoke", made["key_id"]).code == 0
    assert stocked.run("company-key", "list", "--json").report["keys"] == []
    stocked.settings["ENRICHMENT_COMPANY_KEY"] = made["key"]
    for words in (("show", CUSTOMER), ("quota",)):
        assert stocked.run(*words).code == 5


def test_a_new_master_key_goes_into_the_file_and_the_old_one_opens_nothing(stocked: Cli) -> None:
    path = key_file(stocked)
    old = path.read_text()
    rotated = stocked.run("rotate-key", "--deep", "--json")
    assert (rotated.code, rotated.report["new_master_key"], rotated.report["key_file"]) == (0, None, str(path))
    assert rotated.report["resealed"] > 0
    new, kept = path.read_text().splitlines()
    assert (kept, path.stat().st_mode & 0o777) == (old.strip(), 0o600)
    for content, code in ((old, 5), (new, 0)):
        path.write_text(content)
        assert stocked.run("show", CUSTOMER).code == code
    assert stocked.run("check").code == 0
    assert stocked.run("enrich", "customers.csv", "--json").counts == {"cached": 3}


def test_where_the_key_is_in_a_setting_the_new_one_is_printed(stocked: Cli) -> None:
    stocked.settings["ENRICHMENT_MASTER_KEY"] = key_file(stocked).read_text().strip()
    rotated = stocked.run("rotate-key", "--deep", "--json")
    new = rotated.report["new_master_key"]
    assert "set ENRICHMENT_MASTER_KEY to it" in rotated.err
    assert "values resealed: " in rotated.err
    assert stocked.run("show", CUSTOMER).code == 5
    stocked.settings["ENRICHMENT_MASTER_KEY"] = new
    assert stocked.run("show", CUSTOMER).code == 0
    stocked.settings["ENRICHMENT_MASTER_KEY"] = stocked.run("rotate-key").out.strip()
    assert stocked.run("show", CUSTOMER).code == 0


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 20))])
def test_killed_at_any_instant_nothing_is_lost(stocked: Cli, seed: int) -> None:
    running = stocked.start("rotate-key", "--deep")
    time.sleep(random.Random(seed).uniform(0.1, 1.2))
    running.signal(signal.SIGKILL)
    running.wait()
    assert stocked.run("check").code == 0
    assert stocked.run("rotate-key", "--deep").code == 0
    assert stocked.run("check").code == 0


def test_a_key_from_a_command_is_used_and_one_that_fails_names_its_variable(stocked: Cli) -> None:
    del stocked.settings["HUNTER_API_KEY"]
    stocked.settings["HUNTER_API_KEY_CMD"] = "echo secret-of-HUNTER"
    standings = {one["provider"]: one for one in stocked.run("providers", "--check", "--json").report["providers"]}
    assert standings["hunter"]["check"]["state"] == "accepted"
    stocked.settings["HUNTER_API_KEY_CMD"] = f"{sys.executable} -c 'print(\"s3cret\"); exit(1)'"
    for words in (("refresh", "customers.csv", "--types", "person"), ("providers", "--check")):
        result = stocked.run(*words)
        assert (result.code, result.out, result.err.count("\n")) == (5, "", 1)
        assert "HUNTER_API_KEY_CMD" in result.err
        assert "s3cret" not in result.err
    assert stocked.run("check").code == 0


def test_where_nothing_has_to_be_sent_no_command_for_a_key_is_run(stocked: Cli, tmp_path: Path) -> None:
    del stocked.settings["HUNTER_API_KEY"]
    stocked.settings["HUNTER_API_KEY_CMD"] = f"touch {tmp_path}/ran"
    for words in (("enrich", "customers.csv"), ("refresh", "customers.csv", "--dry-run")):
        assert stocked.run(*words).code == 0, words
    assert not (tmp_path / "ran").exists()


def test_providers_are_listed_without_running_a_command_for_a_key(stocked: Cli, tmp_path: Path) -> None:
    del stocked.settings["HUNTER_API_KEY"]
    stocked.settings["HUNTER_API_KEY_CMD"] = f"touch {tmp_path}/ran"
    listed = {one["provider"]: one for one in stocked.run("providers", "--json").report["providers"]}
    assert [listed["hunter"][name] for name in ("configured", "key_from_command")] == [True, True]
    assert [listed["clearbit"][name] for name in ("configured", "key_from_command")] == [True, False]
    assert "a command" in stocked.run("providers").out
    assert not (tmp_path / "ran").exists()


def test_no_command_is_run_for_a_provider_that_a_chain_leaves_out(stocked: Cli, tmp_path: Path) -> None:
    stocked.settings |= {"ATTOM_API_KEY_CMD": f"touch {tmp_path}/ran", "ENRICHMENT_PROPERTY_PROVIDERS": "corelogic"}
    assert stocked.run("providers", "--check").code == 0
    assert not (tmp_path / "ran").exists()


def test_no_command_is_run_for_a_provider_of_what_the_tier_does_not_have(stocked: Cli, tmp_path: Path) -> None:
    stocked.settings["ATTOM_API_KEY_CMD"] = f"touch {tmp_path}/ran"
    assert stocked.run("refresh", "customers.csv").code == 0
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("variable", ["CLEARBIT_BASE_URL", "CORELOGIC_TOKEN_URL"])
def test_plain_http_to_another_machine_takes_insecure(stocked: Cli, variable: str) -> None:
    stocked.run("set-tier", "pro")
    stocked.settings[variable] = "http://proxy.example:8080/"
    for words in (("enrich", "customers.csv"), ("providers",)):
        result = stocked.run(*words)
        assert (result.code, result.out) == (5, "")
        assert f"{variable} is plain http to another machine" in result.err
        assert stocked.run("--insecure", *words).code == 0


def test_a_key_that_is_none_is_refused_without_being_said(stocked: Cli) -> None:
    secret = "ck_s3cret"
    stocked.settings["ENRICHMENT_COMPANY_KEY"] = secret
    result = stocked.run("-v", "show", CUSTOMER)
    assert result.code == 5
    assert secret not in result.out + result.err


@pytest.mark.parametrize(
    ("command", "code", "out"),
    [
        (("show", "ada"), 2, ""),
        (("subject-report", "ada"), 2, ""),
        (("forget", "ada", "--yes"), 2, ""),
        (("rotate-key",), 2, ""),
        (("export", "--format", "json"), 0, "[]"),
    ],
)
def test_a_store_in_which_nothing_is_sealed_asks_for_no_key(
    cli: Cli, command: tuple[str, ...], code: int, out: str
) -> None:
    """Only its tier was set: nobody is stored, and no key was lost."""
    cli.run("set-tier", "pro")
    result = cli.run(*command)
    assert (result.code, result.out.strip()) == (code, out)
    assert "key file" not in result.err
