"""A file appears whole, or not at all."""

from __future__ import annotations

import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from enrich_cli.outputs.errors import OutputError, WritingFailed
from enrich_cli.outputs.whole_file import WholeFile


@contextmanager
def little_room(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes: as if the disk were full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def _only_files_with_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS, and on some network drives."""
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)


def test_nothing_appears_before_it_is_closed(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    file = WholeFile(target)
    file.write(b"whole")
    assert not target.exists()
    file.close()
    assert target.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="needs files without names")
def test_until_then_no_name_leads_to_it(tmp_path: Path) -> None:
    file = WholeFile(tmp_path / "out.csv")
    file.write(b"x" * 100_000)
    assert list(tmp_path.iterdir()) == []
    file.discard()


@pytest.mark.usefixtures("_only_files_with_names")
def test_where_every_file_has_a_name_nobody_else_may_read_it(tmp_path: Path) -> None:
    file = WholeFile(tmp_path / "out.csv")
    (beside,) = tmp_path.iterdir()
    assert (beside.name.startswith(".out.csv."), mode_of(beside)) == (True, 0o600)
    file.write(b"whole")
    file.close()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"whole"]


def test_discarded_it_leaves_nothing_and_what_was_there_stays(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    file = WholeFile(target)
    file.write(b"new")
    file.discard()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_discarding_after_closing_does_nothing(tmp_path: Path) -> None:
    file = WholeFile(tmp_path / "out.csv")
    file.close()
    file.discard()
    assert (tmp_path / "out.csv").exists()


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    WholeFile(tmp_path / "out.csv").close()
    assert mode_of(tmp_path / "out.csv") == 0o600


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.touch()
    target.chmod(0o604)
    WholeFile(target).close()
    assert mode_of(target) == 0o604


def test_behind_a_symbolic_link_the_file_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    link.symlink_to(target)
    file = WholeFile(link)
    file.write(b"x")
    file.close()
    assert link.is_symlink()
    assert target.read_bytes() == b"x"


def test_a_folder_can_not_be_replaced(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        WholeFile(tmp_path)


def test_a_link_that_leads_to_itself_can_not_be_followed(tmp_path: Path) -> None:
    (tmp_path / "out.csv").symlink_to("out.csv")
    with pytest.raises(OutputError, match="in a loop"):
        WholeFile(tmp_path / "out.csv")


def test_a_pipe_or_device_can_not_be_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "out.csv")
    with pytest.raises(OutputError, match="can't be replaced"):
        WholeFile(tmp_path / "out.csv")


def test_a_folder_that_is_not_there_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no folder"):
        WholeFile(tmp_path / "none" / "out.csv")


def test_a_disk_that_fills_up_leaves_nothing(tmp_path: Path) -> None:
    file = WholeFile(tmp_path / "out.csv")
    with little_room(10), pytest.raises(WritingFailed, match="writing failed"):
        file.write(b"x" * 1_000_000)
    file.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_at_the_end_leaves_nothing(tmp_path: Path) -> None:
    file = WholeFile(tmp_path / "out.csv")
    file.write(b"x" * 100)
    with little_room(10), pytest.raises(WritingFailed):
        file.close()
    assert list(tmp_path.iterdir()) == []
