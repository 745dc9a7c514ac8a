"""A variable that looks like a setting and is none is told of, once a command depends on the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from enrich_cli.cli.log import Log
from enrich_cli.cli.mistyped_settings import warn_of_mistyped


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.environ", {})


def warnings(capsys: pytest.CaptureFixture[str]) -> list[str]:
    warn_of_mistyped(Log())
    return [line.removeprefix("enrich-cli: warning: ") for line in capsys.readouterr().err.splitlines()]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("HUNTER_API_KYE", "HUNTER_API_KEY"),
        ("CLEARBIT_KEY", "CLEARBIT_API_KEY"),
        ("GOOGLE_PLACES_RATES", "GOOGLE_PLACES_RATE"),
        ("ENRICHMENT_CAHCE_TTL", "ENRICHMENT_CACHE_TTL"),
        ("ENABLE_CUSTOMER_ENRICHMENTS", "ENABLE_CUSTOMER_ENRICHMENT"),
        ("hunter_api_kye", "HUNTER_API_KEY"),
    ],
)
def test_it_is_named_with_what_was_meant_and_never_with_its_value(
    name: str, meant: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.environ", {name: "s3cret"})
    assert warnings(capsys) == [f"{name} (environment) is not a setting, and has no effect; did you mean {meant}?"]


def test_one_of_ours_that_is_like_none_is_named_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.environ", {"ENRICHMENT_PROXY": "x"})
    assert warnings(capsys) == ["ENRICHMENT_PROXY (environment) is not a setting, and has no effect"]


@pytest.mark.parametrize("name", [".env", ".env.local"])
def test_the_file_it_stands_in_is_told(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).write_text("export HUNTER_API_KYE=s3cret\nHUNTER_RATE=${NONE}\n")
    assert warnings(capsys) == [
        f"HUNTER_API_KYE ({name}) is not a setting, and has no effect; did you mean HUNTER_API_KEY?"
    ]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "HUNTER_API_KEY",
            "hunter_api_key",
            "ATTOM_REPORTS",
            "LINKEDIN_COST_USD",
            "ENRICHMENT_DB",
            "RAPIDAPI_KEY_CMD",
        ),
        *("TWITTER_API_KEY", "TWITTER_ACCESS_TOKEN", "FACEBOOK_PIXEL_ID", "GOOGLE_API_KEY", "PATH", "DATABASE_URL"),
    ],
)
def test_settings_and_what_other_programs_use_are_none_of_these(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.environ", {name: "x"})
    assert not warnings(capsys)


def test_a_file_that_is_no_text_is_for_others_to_refuse(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".env").write_bytes(b"\xff\xfe=1\n")
    assert not warnings(capsys)


def test_nothing_is_said_when_only_errors_are_wanted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.environ", {"HUNTER_API_KYE": "x"})
    warn_of_mistyped(Log(quiet=True))
    assert not capsys.readouterr().err
