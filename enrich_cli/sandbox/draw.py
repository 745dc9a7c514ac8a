"""Repeatable chance: the same parts always give the same draws, in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")
_STEP = 2
_STEPS = 1 << (8 * _STEP)


class Draw:
    """An endless stream of draws from the hash of its parts."""

    def __init__(self, *parts: str | int) -> None:
        self._block = blake2b("\x1f".join(map(str, parts)).encode(errors="backslashreplace")).digest()
        self._at = 0

    def share(self) -> float:
        """A number from 0 to below 1, in steps of 1/65536."""
        if self._at == len(self._block):
            self._block, self._at = blake2b(self._block).digest(), 0
        self._at += _STEP
        return int.from_bytes(self._block[self._at - _STEP : self._at]) / _STEPS

    def chance(self, probability: float) -> bool:
        """True with this probability, 0..1."""
        return self.share() < probability

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, all equally likely."""
        return choices[int(self.share() * len(choices))]

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.share() * (high - low + 1))

    def day(self, year: int, months: int = 12) -> str:
        """An ISO date in the first `months` months of a year."""
        return f"{year}-{self.number(1, months):02}-{self.number(1, 28):02}"

    def uuid(self) -> str:
        """An identifier in the usual form."""
        return str(UUID(bytes=blake2b(self._block, digest_size=16, salt=b"uuid").digest(), version=5))
