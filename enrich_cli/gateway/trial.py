"""Has a vendor found anybody yet? Until then it may be asked only a few times (`--stop-after-misses`)."""

from __future__ import annotations

import anyio


class Trial:
    """Buys no more lookups than may miss, until one of them has found somebody.

    It never waits itself, except in `changed`.
    """

    def __init__(self, most_misses: int | None = None) -> None:
        """None: there is no trial."""
        self._most_misses = most_misses
        self._found = most_misses is None
        self._missed = 0
        self._under_way = 0
        self._changed: anyio.Event | None = None

    @property
    def is_full(self) -> bool:
        """The lookups that missed, or still may, are as many as are allowed: nobody else may ask now."""
        return not self._found and self._most_misses is not None and self._missed + self._under_way >= self._most_misses

    @property
    def failed(self) -> bool:
        """It found nobody in any of its lookups."""
        return not self._found and self._missed == self._most_misses

    @property
    def verdict(self) -> str:
        """Why the vendor is closed after a failed trial."""
        lookups = "lookup" if self._missed == 1 else f"{self._missed} lookups"
        return f"it found nobody in its first {lookups} (--stop-after-misses)"

    def begin(self) -> None:
        """One more lookup is under way; only allowed if it is not full."""
        self._under_way += 1

    def end(self, *, missed: bool) -> None:
        """A lookup ended. Only a miss counts: one that failed, or was answered from disk, gives its place back."""
        self._under_way -= 1
        self._missed += missed
        self._tell()

    def found(self) -> None:
        """Somebody was found: the vendor has passed."""
        self._found = True
        self._tell()

    async def changed(self) -> None:
        """Return when something about the trial has changed."""
        self._changed = self._changed or anyio.Event()
        await self._changed.wait()

    def _tell(self) -> None:
        if self._changed:
            self._changed.set()
            self._changed = None
