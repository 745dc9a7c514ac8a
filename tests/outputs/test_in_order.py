"""Rows that finish in any order come out in their own."""

from __future__ import annotations

import os
import stat
import tracemalloc
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Rejected
from enrich_cli.outputs.errors import WritingFailed
from enrich_cli.outputs.in_order import InOrder


@dataclass
class Page:
    """A writer that keeps the rows."""

    rows: list[Finished] = field(default_factory=list)
    losses: tuple[str, ...] = ()

    def write(self, finished: Finished) -> None:
        self.rows.append(finished)

    def close(self) -> None: ...

    def discard(self) -> None: ...

    @property
    def lines(self) -> list[int]:
        return [finished.row.line for finished in self.rows]


def row(number: int, text: str = "") -> Finished:
    return Finished(Rejected(number, [text], "no"), Count.REJECTED)


def unlinked_files() -> list[int]:
    """Descriptors of open files that no folder knows."""
    found = []
    for descriptor in Path("/dev/fd").iterdir():
        with suppress(OSError):
            status = os.fstat(int(descriptor.name))
            if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
                found.append(int(descriptor.name))
    return sorted(found)


@given(st.integers(0, 40).flatmap(lambda count: st.permutations(range(count))), st.sampled_from([0, 3, 100]))
def test_any_order_comes_out_in_order(order: list[int], held: int) -> None:
    page = Page()
    with InOrder(page, held=held) as rows:
        for number in order:
            rows.put(number, row(number, "more than a buffer holds" * 50))
    assert page.lines == sorted(order)


def test_a_row_whose_turn_it_is_passes_at_once_and_as_it_is(jane: Finished) -> None:
    page = Page()
    with InOrder(page) as rows:
        rows.put(0, jane)
    assert page.rows[0] is jane


@pytest.mark.parametrize("held", [0, 1])
def test_a_row_that_is_ahead_waits_and_comes_out_equal(jane: Finished, held: int) -> None:
    page = Page()
    with InOrder(page, held=held) as rows:
        rows.put(1, jane)
        assert page.rows == []
        rows.put(0, row(0))
        assert page.rows[1] == jane


@pytest.mark.parametrize("held", [0, 1])
@pytest.mark.parametrize("before", [[0], [1], [2, 3], [3, 2], [2, 1, 0]])
def test_no_row_comes_twice(before: list[int], held: int) -> None:
    with InOrder(Page(), held=held) as rows:
        for number in before:
            rows.put(number, row(number))
        with pytest.raises(ValueError, match="came twice"):
            rows.put(before[0], row(before[0]))


def test_waiting_rows_have_no_name_and_can_not_be_read_on_disk(tmp_path: Path, jane: Finished) -> None:
    with InOrder(Page(), held=0, folder=tmp_path) as rows:
        for number in range(1, 200):
            rows.put(number, replace(jane, customer_id="a very private name"))
        assert list(tmp_path.iterdir()) == []
        written = b"".join(os.pread(number, 1 << 20, 0) for number in unlinked_files())
    assert len(written) > 100 * len(b"a very private name")
    assert b"private" not in written


def test_memory_does_not_grow_while_the_first_row_is_open() -> None:
    with InOrder(Page(), held=10) as rows:
        rows.put(1, row(1))
        tracemalloc.start()
        for number in range(2, 3000):
            rows.put(number, row(number, "x" * 1000))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 300_000


def test_a_folder_that_can_not_be_written_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(WritingFailed, match="temporary file"):
        InOrder(Page(), folder=tmp_path / "none")


def test_closing_drops_what_waits() -> None:
    before = unlinked_files()
    rows = InOrder(Page())
    rows.put(5, row(5))
    assert len(unlinked_files()) == len(before) + 2
    rows.close()
    assert unlinked_files() == before
