"""How orders become transactions: which are carried out together, and which fail alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from enrich_cli.store.books import Books
from enrich_cli.store.errors import StoreError, StoreFull
from enrich_cli.store.messages import Encoded, Reply, failed
from enrich_cli.store.verbs import IN_ORDER, Verb


class ReceivedOrder(NamedTuple):
    """An order as it arrived."""

    number: int
    verb: Verb[Any, Any]
    argument: Encoded
    at: datetime
    """When it was given, by the clock of the run."""


class Inbox(Protocol):
    """Where orders arrive."""

    def wait(self) -> None:
        """Return when something is there to be taken."""

    def take(self) -> Sequence[ReceivedOrder]:
        """All that has arrived."""

    @property
    def is_open(self) -> bool:
        """May more arrive?"""


def turns(inbox: Inbox) -> Iterator[Sequence[ReceivedOrder]]:
    """Yield the orders to carry out together, until no more come.

    That is all that has arrived while the last were carried out, urgent or not: a commit of its own for the less urgent
    would hold up the rest more, and so would waiting for others to share one.
    """
    while inbox.is_open:
        inbox.wait()
        if orders := inbox.take():
            yield orders


def carry_out(books: Books, orders: Sequence[ReceivedOrder]) -> list[Reply]:
    """Carry out orders in one transaction, verb by verb. If one fails, each is tried alone, so that only that one does.

    If the store itself fails, all of them do: tried again, each would fail too, perhaps after a long wait.
    """
    try:
        with books.transaction():
            now = max(order.at for order in orders)
            return [reply for verb in IN_ORDER for reply in _carried_out(books, verb, orders, now)]
    except Exception as error:  # noqa: BLE001 it is raised again where the order was given
        if isinstance(error, StoreError | StoreFull) or len(orders) == 1:
            return [failed(order.number, error) for order in orders]
        return [reply for order in orders for reply in carry_out(books, [order])]


def _carried_out(books: Books, verb: Verb[Any, Any], orders: Sequence[ReceivedOrder], now: datetime) -> Iterator[Reply]:
    if alike := [order for order in orders if order.verb is verb]:
        results = verb.carry_out(books, [verb.read_argument(order.argument) for order in alike], now)
        for order, result in zip(alike, results, strict=True):
            yield Reply(order.number, verb.write(result))
