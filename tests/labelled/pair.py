"""A labelled pair, and the half of the words that it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from random import Random
from typing import TypeVar

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity

T = TypeVar("T")


class Half(IntEnum):
    """Which of the words: no name, company or street is in both."""

    TUNING = 0
    HELD_OUT = 1


@dataclass(frozen=True, slots=True)
class Pair:
    same: bool
    data_type: DataType
    customer: Customer
    identity: Identity


@dataclass(frozen=True, slots=True)
class Draw:
    """Random choices from one half of the words."""

    half: Half
    random: Random

    def word(self, words: Sequence[T]) -> T:
        return self.random.choice(words[self.half :: 2])

    def other(self, words: Sequence[T], than: T) -> T:
        return self.random.choice([word for word in words[self.half :: 2] if word != than])

    def often(self, probability: float) -> bool:
        return self.random.random() < probability


def customer(**fields: str | None) -> Customer:
    return Customer(id=CustomerId("c1"), **fields)
