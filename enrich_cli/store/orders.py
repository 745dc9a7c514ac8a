"""How orders become transactions: what is carried out at once, what waits for company, and what fails alone."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from enrich_cli.store.books import Books
from enrich_cli.store.errors import StoreError, StoreFull
from enrich_cli.store.messages import Encoded, Outcome, failed
from enrich_cli.store.verbs import BY_OTHERS, BY_THOSE_IN_FLIGHT, FINISH, Verb

SECONDS_BETWEEN_TURNS = 0.001
"""From the beginning of one to that of the next: what is ordered meanwhile shares a commit, and costs little more."""
LONGEST_WAIT_SECONDS = 0.02
"""So long a customer that is done waits for others to share a commit with. It has no place in flight any more."""


class Given(NamedTuple):
    """An order as it arrived."""

    number: int
    verb: Verb[Any, Any]
    about: Encoded
    at: datetime
    """When it was given, by the clock of the run."""


class Inbox(Protocol):
    """Where orders arrive."""

    def wait(self, seconds: float | None) -> None:
        """Return when something is there to be taken, or after so many seconds."""

    def take(self) -> Sequence[Given]:
        """All that has arrived."""

    @property
    def is_open(self) -> bool:
        """May more arrive?"""


class Turn(NamedTuple):
    """What to carry out in one transaction, and the verbs in their order."""

    verbs: Sequence[Verb[Any, Any]]
    orders: Sequence[Given]


def turns(inbox: Inbox) -> Iterator[Turn]:
    """Until no more orders come. Whoever has a place in flight goes first, and is not held up by the rest."""
    waiting: list[Given] = []
    due = began = 0.0
    while inbox.is_open or waiting:
        if inbox.is_open:
            inbox.wait(max(0.0, due - time.monotonic()) if waiting else None)
            time.sleep(max(0.0, began + SECONDS_BETWEEN_TURNS - time.monotonic()))
        began = time.monotonic()
        orders = inbox.take()
        if urgent := [order for order in orders if order.verb in BY_THOSE_IN_FLIGHT]:
            yield Turn(BY_THOSE_IN_FLIGHT, urgent)
        others = [order for order in orders if order.verb in BY_OTHERS]
        if others and not waiting:
            due = began + LONGEST_WAIT_SECONDS
        waiting += others
        if waiting and (not inbox.is_open or began >= due or any(order.verb is not FINISH for order in others)):
            yield Turn(BY_OTHERS, waiting)
            waiting = []


def carry_out(books: Books, turn: Turn) -> list[Outcome]:
    """Run orders in one transaction; when one of them fails, each alone, so that only the failing one does.

    When it is the store that fails, all of them do: it would fail each of them again, after a long wait perhaps.
    """
    verbs, orders = turn
    try:
        with books.transaction():
            now = max(order.at for order in orders)
            return [outcome for verb in verbs for outcome in _carried_out(books, verb, orders, now)]
    except Exception as error:  # noqa: BLE001 it is raised again where the order was given
        if isinstance(error, StoreError | StoreFull) or len(orders) == 1:
            return [failed(order.number, error) for order in orders]
        return [outcome for order in orders for outcome in carry_out(books, Turn(verbs, [order]))]


def _carried_out(books: Books, verb: Verb[Any, Any], orders: Sequence[Given], now: datetime) -> Iterator[Outcome]:
    if alike := [order for order in orders if order.verb is verb]:
        results = verb.carry_out(books, [verb.read_about(order.about) for order in alike], now)
        for order, result in zip(alike, results, strict=True):
            yield Outcome(order.number, verb.write(result))
