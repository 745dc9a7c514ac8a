"""How orders become transactions: what is carried out at once, what waits for company, and what fails alone."""

from __future__ import annotations

import asyncio
import queue
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias, TypeVar

from enrich_cli.domain.report import Quota
from enrich_cli.gateway.journal import Settlement
from enrich_cli.store.books import Books
from enrich_cli.store.errors import StoreError, StoreFull
from enrich_cli.store.plan import Plan, Wish

About = TypeVar("About")
Given = TypeVar("Given")
Verb: TypeAlias = Callable[[Books, Sequence[About], datetime], Sequence[Given]]
"""What is carried out for all that is ordered of it at once, with a result for each."""

SECONDS_BETWEEN_TURNS = 0.003
"""From the beginning of one to that of the next: what is ordered meanwhile shares a commit, and costs little more."""
LONGEST_WAIT_SECONDS = 0.02
"""So long a customer that is done waits for others to share a commit with. It has no place in flight any more."""


class Order(NamedTuple):
    """Something to be carried out, and who waits for its result."""

    verb: Verb[Any, Any]
    about: Any
    future: asyncio.Future[Any]


Orders: TypeAlias = "queue.SimpleQueue[list[Order] | None]"
Outcome: TypeAlias = tuple["asyncio.Future[Any]", Any, Exception | None]


def plan(books: Books, batches: Sequence[Sequence[Wish]], now: datetime) -> list[list[Plan]]:
    return [books.plan(wishes, now) for wishes in batches]


def answered(books: Books, settlements: Sequence[tuple[int, Settlement]], now: datetime) -> list[None]:
    books.answered(settlements, now)
    return [None] * len(settlements)


def let_go(books: Books, lookups: Sequence[int], now: datetime) -> list[None]:  # noqa: ARG001 as every verb
    books.let_go(lookups)
    return [None] * len(lookups)


def recover(books: Books, orders: Sequence[None], now: datetime) -> list[int]:
    return [books.recover(now)] * len(orders)


def quota(books: Books, orders: Sequence[None], now: datetime) -> list[Quota]:
    return [books.quota(now)] * len(orders)


def end(books: Books, ends: Sequence[tuple[str, str]], now: datetime) -> list[None]:
    for state, counts in ends:
        books.end(state, counts, now)
    return [None] * len(ends)


_BY_THOSE_IN_FLIGHT: tuple[Verb[Any, Any], ...] = (answered, let_go, Books.recall, Books.ask)
"""An answer is on disk before its successor is asked for: what a crash leaves in doubt is only what was in flight."""
_BY_OTHERS: tuple[Verb[Any, Any], ...] = (Books.finish, plan, recover, quota, end)


def transactions(orders: Orders) -> Iterator[tuple[tuple[Verb[Any, Any], ...], list[Order]]]:
    """What to carry out in one transaction each, with its verbs in order, until the end is ordered.

    Whoever has a place in flight goes first, and is not held up by the rest.
    """
    waiting: list[Order] = []
    due = began = 0.0
    more = True
    while more:
        given, more = _given(orders, due if waiting else None, not_before=began + SECONDS_BETWEEN_TURNS)
        began = time.monotonic()
        if urgent := [order for order in given if order.verb in _BY_THOSE_IN_FLIGHT]:
            yield _BY_THOSE_IN_FLIGHT, urgent
        others = [order for order in given if order.verb in _BY_OTHERS]
        if others and not waiting:
            due = began + LONGEST_WAIT_SECONDS
        waiting += others
        if waiting and (not more or began >= due or any(order.verb is not Books.finish for order in others)):
            yield _BY_OTHERS, waiting
            waiting = []


def _given(orders: Orders, due: float | None, *, not_before: float) -> tuple[list[Order], bool]:
    """All that has queued up, and whether more may come; nothing when there is nothing until `due`.

    It is not looked at before `not_before`. Times are monotonic seconds.
    """
    given: list[Order] = []
    try:
        first = orders.get(timeout=None if due is None else max(0.0, due - time.monotonic()))
        time.sleep(max(0.0, not_before - time.monotonic()))
        while first is not None:
            given += first
            first = orders.get_nowait()
    except queue.Empty:
        return given, True
    return given, False


def carry_out(books: Books, verbs: Sequence[Verb[Any, Any]], orders: list[Order], now: datetime) -> list[Outcome]:
    """Run orders in one transaction; when one of them fails, each alone, so that only the failing one does.

    When it is the store that fails, all of them do: it would fail each of them again, after a long wait perhaps.
    """
    try:
        with books.transaction():
            outcomes: list[Outcome] = []
            for verb in verbs:
                if alike := [order for order in orders if order.verb is verb]:
                    results = verb(books, [order.about for order in alike], now)
                    outcomes += [(order.future, result, None) for order, result in zip(alike, results, strict=True)]
            return outcomes
    except Exception as error:  # noqa: BLE001 it is raised again where the order was given
        if isinstance(error, StoreError | StoreFull):
            return [(order.future, None, error) for order in orders]
        if len(orders) == 1:
            return [(orders[0].future, None, error)]
        return [outcome for order in orders for outcome in carry_out(books, verbs, [order], now)]
