"""The verbs of a run, with the types of their arguments and results. Each takes a batch of orders at once."""

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

Argument = TypeVar("Argument")
Result = TypeVar("Result")


class Verb(Generic[Argument, Result]):
    """How orders of one kind are encoded, decoded, carried out together, and answered."""

    def __init__(
        self,
        name: str,
        carry_out: Callable[[Books, Sequence[Argument], datetime], Sequence[Result]],
        argument: Any,
        result: Any,
    ) -> None:
        """`argument` and `result`: the types to decode what the other end sent."""
        self.name = name
        self.carry_out = carry_out
        self._argument: msgspec.msgpack.Decoder[Argument] = msgspec.msgpack.Decoder(argument)
        self._result: msgspec.msgpack.Decoder[Result] = msgspec.msgpack.Decoder(result)

    def write(self, value: Argument | Result) -> Encoded:
        """Raises TypeError for what no message can hold."""
        return msgspec.Raw(encode(value))

    def read_argument(self, argument: Encoded) -> Argument:
        return self._argument.decode(argument)

    def read_result(self, result: Encoded) -> Result:
        return self._result.decode(result)


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


def _end(books: Books, ends: Sequence[tuple[str, str]], now: datetime) -> list[Quota]:
    return [books.end(state, counts, now) for state, counts in ends]


ANSWERED = Verb("answered", _answered, tuple[int, Settlement], None)
LET_GO = Verb("let_go", _let_go, int, None)
RECALL = Verb("recall", Books.recall, Question, Response | None)
ASK = Verb("ask", Books.ask, Question, Verdict)
FINISH = Verb("finish", Books.finish, Finish, Settled)
PLAN = Verb("plan", _plan, list[Wish], list[Plan])
RECOVER = Verb("recover", _recover, None, int)
END = Verb("end", _end, tuple[str, str], Quota)

IN_ORDER: tuple[Verb[Any, Any], ...] = (ANSWERED, LET_GO, RECALL, ASK, FINISH, PLAN, RECOVER, END)
"""The order within a transaction. Answers come before new questions, so that a crash leaves in doubt only what was in
flight.
"""
EVERY_VERB = {verb.name: verb for verb in IN_ORDER}
