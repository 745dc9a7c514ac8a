"""One pace for several processes; here each has a file object of its own, and they share the machine's clock."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich_cli.domain.rate import Window, parse_rate
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.departures import Departures
from enrich_cli.gateway.shared_pace import PaceFile


class SetClock(Clock):
    """Shows what a test sets."""

    def __init__(self) -> None:
        self.at = 1000.0

    def monotonic(self) -> float:
        return self.at


Open: TypeAlias = Callable[..., PaceFile]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def opened(store: Path, clock: SetClock) -> Iterator[Open]:
    files: list[PaceFile] = []

    def open_file(*, anybody_here: bool = True) -> PaceFile:
        files.append(PaceFile(store, clock, anybody_here=lambda: anybody_here))
        return files[-1]

    yield open_file
    for file in files:
        file.close()


def hunter(file: PaceFile, rate: str = "2/1s") -> Departures:
    return file.departures("hunter", parse_rate(rate))


def test_what_left_from_one_counts_for_the_other(opened: Open) -> None:
    one, other = hunter(opened()), hunter(opened())
    assert [one.leave(1000.0), other.leave(1000.25)] == [0, 0]
    assert one.delay(1000.5) == other.delay(1000.5) == pytest.approx(0.5)
    assert one.leave(1001.0) == 0
    assert other.leave(1001.0) == pytest.approx(0.25)


def test_each_vendor_has_a_pace_of_its_own(opened: Open) -> None:
    file = opened()
    hunter(file, "1/1s").leave(1000.0)
    assert file.departures("clearbit", parse_rate("1/1s")).leave(1000.0) == 0


def test_a_run_holds_to_what_an_earlier_one_used_up(opened: Open) -> None:
    first = opened(anybody_here=False)
    hunter(first, "1/1h").leave(1000.0)
    first.close()
    assert hunter(opened(anybody_here=False), "1/1h").delay(1060.0) == pytest.approx(3540)


def test_each_keeps_to_its_own_windows(opened: Open) -> None:
    wide, narrow = hunter(opened(), "3/1m"), hunter(opened(), "1/1s")
    for _ in range(2):
        wide.leave(1000.0)
    assert narrow.delay(1000.5) == pytest.approx(0.5)
    assert wide.leave(1000.5) == 0
    assert wide.delay(1001.5) == pytest.approx(58.5)


def test_a_pause_that_one_is_told_holds_for_all(opened: Open) -> None:
    one, other = hunter(opened(), "none"), hunter(opened(), "none")
    assert other.is_free(999.0)
    one.close(1030.0, 1000.0)
    assert not other.is_free(1000.0)
    assert (other.delay(1010.0), other.closed_for(1010.0)) == (20, 20)
    assert other.leave(1030.0) == 0


def test_of_two_pauses_the_longer_wins(opened: Open) -> None:
    one, other = hunter(opened()), hunter(opened())
    one.close(1030.0, 1000.0)
    other.close(1010.0, 1001.0)
    assert hunter(opened()).closed_for(1002.0) == 28


def test_that_a_key_was_refused_is_nobody_elses_affair(opened: Open) -> None:
    one, other = hunter(opened()), hunter(opened())
    one.close(math.inf, 1000.0)
    assert (one.closed_for(1000.0), other.closed_for(1000.0)) == (math.inf, 0)


def test_when_all_have_gone_so_have_their_pauses(opened: Open) -> None:
    first = opened()
    hunter(first).close(5000.0, 1000.0)
    first.close()
    assert hunter(opened(anybody_here=True)).closed_for(1001.0) == 3999
    assert hunter(opened(anybody_here=False)).closed_for(1001.0) == 0


def test_what_did_not_leave_after_all_counts_for_nobody(opened: Open) -> None:
    one, other = hunter(opened()), hunter(opened())
    one.leave(1000.0)
    other.leave(1000.25)
    one.give_back(1000.0)
    assert other.leave(1000.5) == 0
    assert one.delay(1000.5) == pytest.approx(0.75)


def test_what_had_to_be_written_down_first_counts_from_when_it_left(opened: Open) -> None:
    one, other = hunter(opened(), "1/1s"), hunter(opened(), "1/1s")
    one.leave(999.0)
    one.move(999.0, 999.4)
    assert one.delay(1000.0) == other.delay(1000.0) == pytest.approx(0.4)


def test_after_the_machine_was_started_anew_old_times_mean_nothing(opened: Open, clock: SetClock) -> None:
    hunter(opened(), "1/1h").leave(1000.0)
    clock.at = 5.0
    assert hunter(opened(anybody_here=False), "1/1h").leave(5.0) == 0


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\x00 but broken"])
def test_a_broken_file_stops_nobody_and_is_made_anew(
    opened: Open, store: Path, clock: SetClock, content: bytes
) -> None:
    path = store.with_name("store.db.pace")
    path.write_bytes(content * 100)
    lone = hunter(opened(), "1/1s")
    assert lone.leave(1000.0) == 0
    assert lone.delay(1000.5) == pytest.approx(0.5)
    clock.at = 1002.0
    one, other = hunter(opened(), "1/1s"), hunter(opened(), "1/1s")
    one.leave(1002.0)
    assert other.delay(1002.0) == pytest.approx(1)


def test_where_no_file_can_be_made_each_keeps_its_own_pace(tmp_path: Path, clock: SetClock) -> None:
    with closing(PaceFile(tmp_path / "missing" / "store.db", clock, anybody_here=lambda: False)) as file:
        lone = hunter(file, "1/1s")
        assert lone.leave(1000.0) == 0
        assert lone.delay(1000.0) == pytest.approx(1)


def test_the_file_is_the_users_alone(opened: Open, store: Path) -> None:
    hunter(opened()).leave(1000.0)
    assert store.with_name("store.db.pace").stat().st_mode & 0o077 == 0


def test_it_does_not_grow_with_what_leaves(opened: Open, store: Path) -> None:
    one = hunter(opened(), "5000/1s")
    for number in range(6000):
        one.leave(1000.0 + number)
    with closing(sqlite3.connect(store.with_name("store.db.pace"))) as file:
        assert file.execute("SELECT COUNT(*) FROM departures").fetchone() == (5000,)


moves = st.lists(st.tuples(st.integers(0, 2), st.floats(0, 2), st.booleans()), max_size=40)


@settings(max_examples=30, deadline=None)
@given(moves)
def test_together_they_never_exceed_a_window(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[int, float, bool]]
) -> None:
    rate = [Window(3, 1.0), Window(7, 5.0)]
    store, clock = tmp_path_factory.mktemp("pace") / "store.db", SetClock()
    files = [PaceFile(store, clock, anybody_here=lambda: True) for _ in range(3)]
    paces = [file.departures("hunter", rate) for file in files]
    left: list[tuple[float, int]] = []
    now = 1000.0
    for who, gap, gives_back in moves:
        now += gap
        clock.at = now
        if gives_back and (own := [at for at, by in left if by == who]):
            paces[who].give_back(own[-1])
            left.remove((own[-1], who))
        else:
            while delay := paces[who].leave(now):
                now += delay
            left.append((now, who))
    for file in files:
        file.close()
    times = [at for at, _ in left]
    for window in rate:
        assert all(
            later >= earlier + window.seconds - 1e-9
            for earlier, later in zip(times, times[window.count :], strict=False)
        )
