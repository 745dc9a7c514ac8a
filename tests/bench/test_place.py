"""Where commands are measured, and what is said of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench.place import PYTHON, DidNotRun, Place

_TAKE = "data = b'x' * ({mib} << 20)"
_WITH_CHILD = """
import subprocess, sys, time
subprocess.run([sys.executable, "-c", {child!r}])
{own}
time.sleep(0.5)
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_commands_see_a_clean_environment(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUNTER_API_KEY", "secret")
    usage = place.run(PYTHON, "-c", "import json, os; print(json.dumps(dict(os.environ)))")
    assert usage.report().keys() - {"LC_CTYPE", "__CF_USER_TEXT_ENCODING"} == {"HOME", "PATH", "LANG"}


def test_a_command_that_fails_is_told_with_its_last_words(place: Place) -> None:
    with pytest.raises(DidNotRun, match="ended with 3: out of paper"):
        place.run(PYTHON, "-c", "import sys; sys.stderr.write('out of paper'); sys.exit(3)")


def test_a_file_is_gone_afterwards_with_what_lies_beside_it(place: Place) -> None:
    with place.file("a.db") as path:
        for one in (path, path.with_name("a.db-wal"), path.with_name("b.db")):
            one.touch()
    assert [one.name for one in place.folder.iterdir()] == ["b.db"]


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone tells the peak of each process")
def test_memory_is_that_of_a_command_and_what_it_starts_together(place: Place) -> None:
    child = f"{_TAKE.format(mib=100)}; import time; time.sleep(0.5)"
    script = _WITH_CHILD.format(child=child, own=_TAKE.format(mib=150))
    assert 250 < place.run(PYTHON, "-c", script, watch=True).peak_mib < 350
