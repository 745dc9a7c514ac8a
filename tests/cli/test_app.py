"""Errors that the program can't be blamed for are said in one line, whatever command meets them."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from enrich_cli.cli.app import run
from enrich_cli.store import reading


def test_a_working_directory_that_was_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert run(["--db", str(tmp_path / "t.db"), "export", "-o", "out.csv"]) == 2
    assert capsys.readouterr().err == (
        "enrich-cli: error: the working directory no longer exists; change to another one\n"
    )


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(reading, "change_tier", full)
    assert run(["--db", str(tmp_path / "t.db"), "set-tier", "pro"]) == 1
    assert capsys.readouterr().err == (
        "enrich-cli: error: the disk is full, so writing stopped; what was saved before is safe\n"
    )
