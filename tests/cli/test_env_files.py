"""A file of settings that others can read is warned of when it holds a key."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from enrich_cli import variables
from enrich_cli.cli import env_files
from enrich_cli.cli.app import run
from enrich_cli.cli.env_files import warn_of_open_ones
from enrich_cli.cli.log import Log


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(text: str, name: str = ".env", mode: int = 0o644) -> None:
    file = Path(name)
    file.write_text(text)
    file.chmod(mode)


def warnings(capsys: pytest.CaptureFixture[str]) -> list[str]:
    warn_of_open_ones(Log())
    return capsys.readouterr().err.splitlines()


def test_the_files_that_are_looked_at_are_those_that_settings_are_read_from() -> None:
    """Named a second time, since reading settings is slow to load, and `--help` looks at the files, too."""
    assert env_files.FILES == variables.FILES


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
@pytest.mark.parametrize("name", [".env", ".env.local"])
def test_one_that_group_or_others_can_read_is_named_with_what_to_do(
    name: str, mode: int, capsys: pytest.CaptureFixture[str]
) -> None:
    put("HUNTER_API_KEY=s3cret\n", name, mode)
    assert warnings(capsys) == [
        f"enrich-cli: warning: {name} holds a key, and others on this machine can read it: run chmod 600 {name}"
    ]


def test_one_that_its_owner_alone_can_read_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    put("HUNTER_API_KEY=s3cret\n", mode=0o600)
    assert not warnings(capsys)


@pytest.mark.parametrize(
    "line",
    [
        "FACEBOOK_APP_SECRET=s",
        "TWITTER_BEARER_TOKEN = s",
        "export ENRICHMENT_MASTER_KEY='s'",
        "rapidapi_key=s",
        "ENRICHMENT_COMPANY=acme\r\n\r\n  ATTOM_API_KEY=s\r\n",
        'HUNTER_API_KEY="\nof two lines"',
    ],
)
def test_keys_secrets_and_tokens_count_however_they_are_written(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    put(line)
    assert len(warnings(capsys)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "ENRICHMENT_COMPANY=acme",
        "HUNTER_API_KEY=",
        "HUNTER_API_KEY=  ''  # none yet\nENRICHMENT_COMPANY=acme",
        "#HUNTER_API_KEY=s3cret",
        "HUNTER_API_KEY_CMD=pass show hunter",
        "ENRICHMENT_MASTER_KEY_FILE=/run/master.key",
        "CORELOGIC_TOKEN_URL=https://api1.cotality.com/oauth/token",
        "ENRICHMENT_COMPANY=TOKEN=s",
    ],
)
def test_a_file_without_any_is_fine(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    put(line)
    assert not warnings(capsys)


def test_what_is_no_file_and_what_is_no_text_does_not_disturb(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(".env")
    Path(".env.local").write_bytes(b"\xff\xfe\x00")
    Path(".env.local").chmod(0o644)
    assert not warnings(capsys)


def test_every_command_warns_on_standard_error_but_a_quiet_one(capsys: pytest.CaptureFixture[str]) -> None:
    put("HUNTER_API_KEY=s3cret\n")
    assert run(["--db", "store.db", "quota"]) == 0
    said = capsys.readouterr()
    assert said.err.count("run chmod 600 .env\n") == 1
    assert "chmod" not in said.out
    assert "s3cret" not in said.err + said.out
    assert run(["--db", "store.db", "--quiet", "quota"]) == 0
    assert capsys.readouterr().err == ""
