"""`providers`: who there is and what they cost; with `--check`, whether the keys are good, without spending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Result, SandboxProcess, Serve

ALL_KEYS = (
    *("CLEARBIT_API_KEY", "FULLCONTACT_API_KEY", "HUNTER_API_KEY", "GOOGLE_PLACES_API_KEY", "OPENCORPORATES_API_KEY"),
    *("RAPIDAPI_KEY", "TWITTER_BEARER_TOKEN", "FACEBOOK_APP_ID", "FACEBOOK_APP_SECRET", "ATTOM_API_KEY"),
    *("CORELOGIC_API_KEY", "CORELOGIC_API_SECRET"),
)
KEY = "s3cret"


@pytest.fixture(name="cli")
def _with_all_keys(cli: Cli) -> Cli:
    cli.settings |= dict.fromkeys(ALL_KEYS, KEY)
    return cli


def states(result: Result) -> dict[str, Any]:
    """Provider → the state of its account, None where it was not asked."""
    return {entry["provider"]: entry["check"] and entry["check"]["state"] for entry in result.report["providers"]}


def test_a_list_sends_nothing_and_makes_no_store(cli: Cli, sandbox: SandboxProcess) -> None:
    cli.settings["HUNTER_API_KEY"] = ""
    result = cli.run("providers", "--json")
    assert (result.code, result.err) == (0, "")
    disabled = {entry["provider"]: entry["disabled"] for entry in result.report["providers"]}
    assert disabled.pop("hunter") == "not configured: set HUNTER_API_KEY"
    assert set(disabled.values()) == {None}
    assert set(states(result).values()) == {None}
    assert sandbox.asked() == 0
    assert not cli.store.exists()


def test_a_check_asks_every_vendor_and_spends_nothing(cli: Cli, sandbox: SandboxProcess) -> None:
    result = cli.run("providers", "--check", "--json")
    assert (result.code, result.err) == (0, "")
    assert set(states(result).values()) == {"accepted"}
    seen = sandbox.requests()
    assert {name: sum(by_status.values()) for name, by_status in seen.items()} == {
        **dict.fromkeys(seen, 1),
        "twitter": 2,
    }
    assert sandbox.bill() == 0
    assert not cli.store.exists()


def test_of_the_account_s_owner_nothing_is_told(cli: Cli) -> None:
    result = cli.run("providers", "--check")
    assert "credits left" in result.out
    assert "olive" not in result.out.lower()


@pytest.mark.parametrize("options", [(), ("--json",)])
@pytest.mark.parametrize("wrong", [KEY, "wrong"])
def test_no_key_appears(cli: Cli, wrong: str, options: tuple[str, ...]) -> None:
    """FullContact's refusal, for one, repeats the key that it was given."""
    cli.settings["FULLCONTACT_API_KEY"] = wrong
    result = cli.run("-v", "providers", "--check", *options)
    assert KEY not in result.out + result.err
    assert "wrong" not in result.out + result.err


def test_every_key_refused_is_exit_5(cli: Cli) -> None:
    cli.settings |= dict.fromkeys(ALL_KEYS, "wrong")
    result = cli.run("providers", "--check", "--json")
    assert (result.code, set(states(result).values())) == (5, {"refused"})
    assert result.err.count("\n") == 1


def test_nobody_to_check_is_exit_5(cli: Cli) -> None:
    cli.settings |= dict.fromkeys(ALL_KEYS, "")
    result = cli.run("providers", "--check")
    assert (result.code, result.err) == (5, "enrich-cli: error: no provider is configured\n")
    assert "not configured: set" in result.out


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("hunter=401", "refused"),
        ("hunter=credit", "out_of_credit"),
        ("hunter=429", "no_answer"),
        ("hunter=503", "no_answer"),
        ("hunter=reset", "no_answer"),
        ("hunter=shape", "no_answer"),
    ],
)
def test_one_that_is_not_ready_is_exit_3_and_named(cli: Cli, serve: Serve, fault: str, state: str) -> None:
    with serve(fault) as sandbox:
        cli.asks(sandbox)
        result = cli.run("-q", "providers", "--check", "--json")
    assert result.code == 3
    by_name = states(result)
    assert by_name.pop("hunter") == state
    assert set(by_name.values()) == {"accepted"}
    assert result.err.startswith("enrich-cli: error: not every provider is ready: hunter: ")


def test_one_that_can_not_be_reached_is_exit_3(cli: Cli) -> None:
    cli.settings["ATTOM_BASE_URL"] = "http://127.0.0.1:9"
    result = cli.run("providers", "--check", "--json")
    assert (result.code, states(result)["attom"]) == (3, "no_answer")


def test_one_that_the_chain_leaves_out_is_said_to_be_and_not_asked(cli: Cli, sandbox: SandboxProcess) -> None:
    cli.settings["ENRICHMENT_PERSON_PROVIDERS"] = "hunter"
    result = cli.run("providers", "--check", "--json")
    left_out = [entry for entry in result.report["providers"] if entry["position"] is None]
    assert [entry["provider"] for entry in left_out] == ["clearbit", "fullcontact"]
    assert {entry["disabled"] for entry in left_out} == {"left out by ENRICHMENT_PERSON_PROVIDERS"}
    assert result.code == 0
    assert sandbox.requests()["clearbit"] == {}


def test_rate_and_price_are_those_in_force(cli: Cli) -> None:
    cli.settings |= {"HUNTER_RATE": "3/1s,90/90s", "HUNTER_COST_USD": "0.012"}
    (hunter,) = [entry for entry in cli.run("providers", "--json").report["providers"] if entry["provider"] == "hunter"]
    assert (hunter["rate"], hunter["unit_price_usd"]) == ("3/1s,90/90s", "0.012")


def test_a_setting_that_can_not_be_used_is_exit_5_and_named(cli: Cli) -> None:
    cli.settings["TWITTER_RATE"] = "often"
    result = cli.run("providers")
    assert (result.code, result.out) == (5, "")
    assert "TWITTER_RATE" in result.err


def test_the_sandbox_is_checked_in_place_of_the_vendors(cli: Cli, sandbox: SandboxProcess) -> None:
    cli.settings |= dict.fromkeys(ALL_KEYS, "wrong")
    result = cli.run("providers", "--check", "--sandbox", "--json")
    assert (result.code, result.report["sandbox"]) == (0, True)
    assert set(states(result).values()) == {"accepted"}
    assert sandbox.asked() == 0


def test_a_price_that_is_set_holds_in_the_sandbox_too_and_opens_a_provider_without_one(cli: Cli) -> None:
    (cli.folder / "homes.csv").write_text("address,city,state,zip\n118 Chapel Ct,Austin,TX,78701\n", encoding="utf-8")
    assert cli.run("set-tier", "pro", "--sandbox").code == 0
    words = ("enrich", "homes.csv", "--types", "property", "--max-cost", "5", "--sandbox", "--json")
    cli.settings["CORELOGIC_COST_USD"] = "0.25"
    result = cli.run(*words)
    disabled = {entry["provider"]: entry["disabled"] for entry in result.report["providers"]}
    assert disabled == {"attom": None, "corelogic": None}
    (corelogic,) = [
        entry
        for entry in cli.run("providers", "--sandbox", "--json").report["providers"]
        if entry["provider"] == "corelogic"
    ]
    assert corelogic["unit_price_usd"] == "0.25"


def test_piped_it_is_plain_and_80_columns_wide(cli: Cli) -> None:
    result = cli.run("providers", "--check")
    assert "\x1b" not in result.out
    assert max(map(len, result.out.splitlines())) <= 80
