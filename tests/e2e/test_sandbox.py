"""The `sandbox` command: a process that plays the vendors as its options say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, SandboxProcess, Serve

KEY = {"Authorization": "Bearer any-key"}


def clearbit(sandbox: SandboxProcess, number: int) -> httpx.Response:
    url = f"{sandbox.settings['CLEARBIT_BASE_URL']}/v2/people/find"
    return httpx.get(url, params={"email": f"ada.sample{number}@example.com"}, headers=KEY, trust_env=False)


def family_names(sandbox: SandboxProcess) -> list[str]:
    answers = [clearbit(sandbox, number) for number in range(40)]
    return [answer.json()["name"]["familyName"] for answer in answers if answer.status_code == 200]


def test_it_prints_where_each_vendor_is_to_be_found(sandbox: SandboxProcess) -> None:
    assert set(sandbox.settings) == {f"{vendor.upper()}_BASE_URL" for vendor in sandbox.requests()}


def test_several_faults_can_be_joined_with_commas(serve: Serve) -> None:
    with serve("clearbit=503:2,hunter=429", "twitter=404path") as sandbox:
        statuses = [clearbit(sandbox, 0).status_code for _ in range(3)]
        assert statuses[:2] == [503, 503]
        assert statuses[2] in (200, 202, 404)


@pytest.mark.parametrize(("share", "right"), [(0.0, True), (1.0, False)])
def test_all_or_no_answers_may_be_about_somebody_else(serve: Serve, share: float, *, right: bool) -> None:
    with serve(wrong_person=share) as sandbox:
        names = family_names(sandbox)
    assert len(names) > 10
    assert {name == "Sample" for name in names} == {right}


@pytest.mark.parametrize(
    ("option", "text", "advice"),
    [
        ("--fault", "hunter", "VENDOR=KIND"),
        ("--fault", "hunter=503,nobody=503", "no vendor 'nobody'"),
        ("--fault", "hunter=soup", "retry-after-N"),
        ("--wrong-person", "2", "0"),
    ],
)
def test_an_option_that_can_not_be_used_is_exit_2_and_says_what_may_be(
    cli: Cli, option: str, text: str, advice: str
) -> None:
    result = cli.run("sandbox", option, text)
    assert (result.code, result.out) == (2, "")
    assert advice in result.err


def test_a_port_that_is_taken_is_exit_2(cli: Cli, sandbox: SandboxProcess) -> None:
    port = sandbox.settings["CLEARBIT_BASE_URL"].rpartition(":")[2]
    result = cli.run("sandbox", "--port", port)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert f"--port {port}" in result.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_lines_that_can_not_be_written_are_no_fault_of_the_port(cli: Cli) -> None:
    with Path("/dev/full").open("wb") as full:
        result = cli.start("sandbox", stdout=full.fileno()).wait()
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "the disk is full" in result.err


@pytest.mark.parametrize("command", ["check", "quota", "stats", "purge --older-than 1d", "forget --yes"])
def test_every_command_on_a_synthetic_store_says_so(cli: Cli, command: str) -> None:
    people = cli.source(["ada+hit@pumps.example", "bob+hit@pumps.example"])
    assert cli.run("enrich", people, "--sandbox", "--types", "person").code == 0
    ada, bob = (["ada+hit@pumps.example"], ["bob+hit@pumps.example"]) if "forget" in command else ([], [])
    said = cli.run(*command.split(), *ada, "--sandbox")
    assert (said.code, "SANDBOX" in said.out) == (0, True)
    assert cli.run(*command.split(), *bob, "--sandbox", "--json").report["sandbox"] is True
