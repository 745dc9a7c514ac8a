"""What is synced survives a power cut."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

import pytest

from enrich_cli import durability
from enrich_cli.outputs.whole_file import WholeFile
from enrich_cli.store.key_file import add_key, key_from_file

F_FULLFSYNC = 51
"""Its number on macOS."""


class Drive:
    """Notes what is flushed to it, and how."""

    def __init__(self, *, knows_full_syncs: bool) -> None:
        self.knows_full_syncs = knows_full_syncs
        self.fully: list[bool] = []
        """Of each flush, whether it included the drive's own cache."""

    def fcntl(self, _descriptor: int, command: int) -> None:
        assert command == F_FULLFSYNC
        if not self.knows_full_syncs:
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
        self.fully.append(True)

    def fsync(self, _descriptor: int) -> None:
        self.fully.append(False)


def as_on_macos(monkeypatch: pytest.MonkeyPatch, drive: Drive) -> None:
    monkeypatch.setattr(durability, "_FULL_SYNC", F_FULLFSYNC)
    monkeypatch.setattr(fcntl, "fcntl", drive.fcntl)
    monkeypatch.setattr(os, "fsync", drive.fsync)


def test_on_macos_key_files_and_outputs_are_flushed_out_of_the_drives_own_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = Drive(knows_full_syncs=True)
    as_on_macos(monkeypatch, drive)
    key_from_file(tmp_path / "master.key", create=True)
    add_key(tmp_path / "master.key")
    WholeFile(tmp_path / "out.csv").close()
    assert drive.fully == [True] * 6  # each file, and the folder with its name


def test_a_network_drive_that_knows_no_such_flush_is_flushed_as_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = Drive(knows_full_syncs=False)
    as_on_macos(monkeypatch, drive)
    WholeFile(tmp_path / "out.csv").close()
    assert drive.fully == [False] * 2
