"""Where a store without a given place is."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from enrich_cli.store.user_folders import data_folder


@pytest.mark.parametrize("mode", [0o700, 0o777])
def test_its_folder_is_made_for_its_owner_alone_whoever_may_write_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    """In a container, anybody may often write the home folder, since nobody knows who will run there."""
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(mode)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    folder = data_folder()
    assert folder is not None
    assert folder.is_relative_to(home)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
