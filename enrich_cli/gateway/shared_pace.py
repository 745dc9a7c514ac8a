"""One pace for all processes on a store: a small file beside it records what left, and who asked for a pause.

Times are seconds of the machine's monotonic clock, which all processes share. The file is not a book: it may be lost or
broken at any time, and then each process keeps its own pace.
"""

from __future__ import annotations

import math
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from enrich_cli.domain.rate import Window
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.departures import Departures

_TABLES = """
CREATE TABLE IF NOT EXISTS departures (vendor TEXT, number INTEGER, at REAL NOT NULL, PRIMARY KEY (vendor, number));
CREATE TABLE IF NOT EXISTS pauses (vendor TEXT PRIMARY KEY, until REAL NOT NULL);
"""
_LAST = "SELECT COALESCE(MAX(number), 0) FROM departures WHERE vendor = ?"
_AT = "SELECT at FROM departures WHERE vendor = ? AND number = ?"
_NUMBER = "SELECT MAX(number) FROM departures WHERE vendor = ? AND at = ?"
_PAUSE = "INSERT INTO pauses VALUES (?, ?) ON CONFLICT DO UPDATE SET until = MAX(until, excluded.until)"
_BUSY_SECONDS = 1.0
_KEPT = 4096
"""Departures kept per vendor, at least: another process's windows may be wider than ours."""
_NEWS_SECONDS = 0.05
"""How long a pause that was read counts before it is read again: without a rate, there may be a thousand requests a
second.
"""

T = TypeVar("T")


class PaceFile:
    """The departures of every vendor, as all processes see them."""

    def __init__(self, store: Path, clock: Clock, *, anybody_here: Callable[[], bool]) -> None:
        """The file is opened, or made, when the first request is about to leave.

        Pauses in the file count only if anybody else is running then: otherwise a new run finds out by itself.
        """
        file = store.resolve()
        self._path = file.with_name(f"{file.name}.pace")
        self._clock = clock
        self._anybody_here = anybody_here
        self._connection: sqlite3.Connection | None = None
        self._lost = False

    def _opened(self) -> sqlite3.Connection:
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        with ExitStack() as on_failure:
            connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
            on_failure.callback(connection.close)
            connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; {_TABLES}")
            # Left from before the machine was restarted: its clock began at 0 again.
            connection.execute("DELETE FROM departures WHERE at > ?", (self._clock.monotonic(),))
            if not self._anybody_here():
                connection.execute("DELETE FROM pauses")
            on_failure.pop_all()
        return connection

    def close(self) -> None:
        """Close the file for good: from now on, nothing is asked of it."""
        if self._connection:
            self._connection.close()
        self._connection, self._lost = None, True

    def departures(self, vendor: str, windows: Sequence[Window]) -> Departures:
        """The departures of one vendor."""
        return SharedDepartures(self, vendor, windows)

    def ask(self, question: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What the file says, within one transaction; `otherwise` if it can't be used, from now on."""
        if self._lost:
            return otherwise
        try:
            self._connection = self._connection or self._opened()
            with self._connection as file:
                file.execute("BEGIN IMMEDIATE")
                return question(file)
        except sqlite3.DatabaseError as error:
            self.close()
            if not isinstance(error, sqlite3.OperationalError):
                # The file is broken: the next run makes a new one.
                self._path.unlink(missing_ok=True)
        except OSError:
            self.close()
        return otherwise


class SharedDepartures(Departures):
    """What has left from any process. It also keeps its own count, in case the file is lost."""

    def __init__(self, file: PaceFile, vendor: str, windows: Iterable[Window]) -> None:
        self._windows = tuple(windows)
        super().__init__(self._windows)
        self._file = file
        self._vendor = vendor
        self._read_pause_at = -math.inf

    def is_free(self, now: float) -> bool:
        self._hear_of_pauses(now)
        return super().is_free(now)

    def delay(self, now: float) -> float:
        self._hear_of_pauses(now)
        own = super().delay(now)
        if own or not self._windows:
            return own
        return self._file.ask(lambda file: self._delay(file, now), 0.0)

    def leave(self, now: float) -> float:
        self._hear_of_pauses(now)
        if delay := super().delay(now):
            return delay
        if self._windows and (delay := self._file.ask(lambda file: self._leave(file, now), 0.0)):
            return delay
        self._count(now)
        return 0.0

    def move(self, taken: float, now: float) -> None:
        super().move(taken, now)
        if self._windows:
            self._file.ask(lambda file: self._move(file, taken, now), None)

    def give_back(self, taken: float) -> None:
        super().give_back(taken)
        if self._windows:
            self._file.ask(lambda file: self._give_back(file, taken), None)

    def close(self, until: float, now: float) -> None:
        """Only a finite pause is shared. Closing for good is this process's affair: its own key was refused."""
        super().close(until, now)
        if until < math.inf:
            self._file.ask(lambda file: file.execute(_PAUSE, (self._vendor, until)), None)

    def closed_for(self, now: float) -> float:
        self._hear_of_pauses(now)
        return super().closed_for(now)

    def _hear_of_pauses(self, now: float) -> None:
        if now - self._read_pause_at < _NEWS_SECONDS:
            return
        self._read_pause_at = now
        query = "SELECT until FROM pauses WHERE vendor = ?"
        row = self._file.ask(lambda file: file.execute(query, (self._vendor,)).fetchone(), None)
        if row:
            super().close(row[0], now)

    def _delay(self, file: sqlite3.Connection, now: float) -> float:
        (last,) = file.execute(_LAST, (self._vendor,)).fetchone()
        delay = 0.0
        for window in self._windows:
            if first := file.execute(_AT, (self._vendor, last - window.count + 1)).fetchone():
                delay = max(delay, first[0] + window.seconds - now)
        return delay

    def _leave(self, file: sqlite3.Connection, now: float) -> float:
        if delay := self._delay(file, now):
            return delay
        self._add(file, now)
        return 0.0

    def _add(self, file: sqlite3.Connection, now: float) -> None:
        (last,) = file.execute(_LAST, (self._vendor,)).fetchone()
        file.execute("INSERT INTO departures VALUES (?, ?, ?)", (self._vendor, last + 1, now))
        kept = max(_KEPT, *(window.count for window in self._windows))
        file.execute("DELETE FROM departures WHERE vendor = ? AND number <= ?", (self._vendor, last + 1 - kept))

    def _move(self, file: sqlite3.Connection, taken: float, now: float) -> None:
        self._give_back(file, taken)
        self._add(file, now)

    def _give_back(self, file: sqlite3.Connection, taken: float) -> None:
        (number,) = file.execute(_NUMBER, (self._vendor, taken)).fetchone()
        if number is not None:
            # Those after it move up: numbers count what has left.
            rest = file.execute(
                "DELETE FROM departures WHERE vendor = ? AND number >= ? RETURNING number, at", (self._vendor, number)
            ).fetchall()
            moved = [(self._vendor, place - 1, at) for place, at in sorted(rest) if place > number]
            file.executemany("INSERT INTO departures VALUES (?, ?, ?)", moved)
