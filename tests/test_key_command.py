"""A key from a command: what it prints is the key, and what goes wrong is said without what it printed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from enrich_cli.key_command import KeyCommandFailed, printed_key
from enrich_cli.settings import Keys

VARIABLE = "HUNTER_API_KEY_CMD"


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith("HUNTER_"):
            monkeypatch.delenv(name)


def python(code: str) -> str:
    return f"{sys.executable} -c '{code}'"


def test_it_is_what_the_command_prints_without_white_space_around() -> None:
    assert printed_key(VARIABLE, 'printf "  s3cret key \\n\\n"') == "s3cret key"


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    assert printed_key(VARIABLE, "echo $HOME `id` > made; touch made") == "$HOME `id` > made; touch made"
    assert list(tmp_path.iterdir()) == []


def test_standard_input_is_not_for_it() -> None:
    assert printed_key(VARIABLE, python('import sys; print("empty" if not sys.stdin.read() else "taken")')) == "empty"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (python('import sys; print("s3cret"); print("s3cret", file=sys.stderr); sys.exit(3)'), "failed .exit code 3."),
        ("/no/such/s3cret", "can't be run: No such file"),
        ("echo 's3cret", "not a command that prints a key"),
        (" ", "not a command that prints a key"),
        ("true s3cret", "must print the key, and nothing else"),
        ('printf "s3cret\\nuser: ada\\n"', "must print the key, and nothing else"),
        ('printf "s3cret\\377"', "not a command that prints a key"),
    ],
    ids=["fails", "is not there", "open quote", "empty", "prints nothing", "prints more", "prints no text"],
)
def test_a_failure_names_the_variable_and_nothing_that_was_printed(
    command: str, why: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(KeyCommandFailed, match=rf"^{VARIABLE}: .*{why}") as failed:
        printed_key(VARIABLE, command)
    assert "s3cret" not in str(failed.value) + "".join(capfd.readouterr())
    assert failed.value.exit_code == 5
    assert failed.value.__context__ is None or failed.value.__suppress_context__


class TestSettings:
    def test_the_key_itself_comes_first_and_its_command_is_not_run(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HUNTER_API_KEY", "given")
        monkeypatch.setenv(VARIABLE, f"touch {tmp_path / 'made'}")
        assert Keys.load().key("HUNTER_API_KEY") == "given"
        assert list(tmp_path.iterdir()) == []

    def test_without_it_the_command_will_be_asked_and_shows_nowhere(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text(f'{VARIABLE}="echo printed"\n')
        asking = Keys.load().key("HUNTER_API_KEY")
        assert callable(asking)
        assert asking() == "printed"
        assert "printed" not in repr(asking)
        assert Keys.load().key("CLEARBIT_API_KEY") is None

    def test_every_key_has_one(self) -> None:
        keys = {name for name in Keys.model_fields if not name.endswith("_cmd")}
        assert {f"{name}_cmd" for name in keys} == set(Keys.model_fields) - keys

    def test_a_command_shows_in_no_repr(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(VARIABLE, "echo s3cret")
        assert "s3cret" not in repr(Keys.load()) + str(Keys.load().model_dump())
