"""The verbs of a run, each for all that is ordered of it at once, with the types of what goes in and what comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from enrich_cli.domain.report import Quota
from enrich_cli.gateway.journal import Question, Settlement, Verdict
from enrich_cli.providers.lookup import Response
from enrich_cli.store.books import Books
from enrich_cli.store.messages import Encoded, encode
from enrich_cli.store.plan import Plan, Wish
from enrich_cli.store.settling import Finish, Settled

About = TypeVar("About")
Given = TypeVar("Given")


class Verb(Generic[About, Given]):
    """How an order is written down, read, carried out together with its like, and answered."""

    def __init__(
        self,
        name: str,
        carry_out: Callable[[Books, Sequence[About], datetime], Sequence[Given]],
        about: Any,
        given: Any,
    ) -> None:
        """`about` and `given` are the types, for reading what the other end wrote."""
        self.name = name
        self.carry_out = carry_out
        self._about: msgspec.msgpack.Decoder[About] = msgspec.msgpack.Decoder(about)
        self._given: msgspec.msgpack.Decoder[Given] = msgspec.msgpack.Decoder(given)

    def write(self, value: About | Given) -> Encoded:
        """Raises TypeError for what no message can hold."""
        return msgspec.Raw(encode(value))

    def read_about(self, about: Encoded) -> About:
        return self._about.decode(about)

    def read_given(self, given: Encoded) -> Given:
        return self._given.decode(given)


def _plan(books: Books, batches: Sequence[Sequence[Wish]], now: datetime) -> list[list[Plan]]:
    return [books.plan(wishes, now) for wishes in batches]


def _answered(books: Books, settlements: Sequence[tuple[int, Settlement]], now: datetime) -> list[None]:
    books.answered(settlements, now)
    return [None] * len(settlements)


def _let_go(books: Books, lookups: Sequence[int], now: datetime) -> list[None]:  # noqa: ARG001 as every verb
    books.let_go(lookups)
    return [None] * len(lookups)


def _recover(books: Books, orders: Sequence[None], now: datetime) -> list[int]:
    return [books.recover(now)] * len(orders)


def _quota(books: Books, orders: Sequence[None], now: datetime) -> list[Quota]:
    return [books.quota(now)] * len(orders)


def _end(books: Books, ends: Sequence[tuple[str, str]], now: datetime) -> list[None]:
    for state, counts in ends:
        books.end(state, counts, now)
    return [None] * len(ends)


def _recall(books: Books, questions: Sequence[Question], now: datetime) -> list[Response | None]:
    return books.recall(questions, now)


def _ask(books: Books, questions: Sequence[Question], now: datetime) -> list[Verdict]:
    return books.ask(questions, now)


def _finish(books: Books, done: Sequence[Finish], now: datetime) -> list[Settled]:
    return books.finish(done, now)


ANSWERED = Verb("answered", _answered, tuple[int, Settlement], None)
LET_GO = Verb("let_go", _let_go, int, None)
RECALL = Verb("recall", _recall, Question, Response | None)
ASK = Verb("ask", _ask, Question, Verdict)
FINISH = Verb("finish", _finish, Finish, Settled)
PLAN = Verb("plan", _plan, list[Wish], list[Plan])
RECOVER = Verb("recover", _recover, None, int)
QUOTA = Verb("quota", _quota, None, Quota)
END = Verb("end", _end, tuple[str, str], None)

IN_ORDER: tuple[Verb[Any, Any], ...] = (ANSWERED, LET_GO, RECALL, ASK, FINISH, PLAN, RECOVER, QUOTA, END)
"""An answer is on disk before its successor is asked for: what a crash leaves in doubt is only what was in flight."""
EVERY_VERB = {verb.name: verb for verb in IN_ORDER}
