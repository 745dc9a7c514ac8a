"""What the gateway needs of the books: each request is written down before it leaves, each answer before it is used."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Protocol, TypeAlias

import msgspec
import orjson

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.providers.lookup import Request, Response


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One request that a lookup wants to send."""

    lookup: int
    """The lookup it belongs to; a number of its own within the run."""
    customer_id: str
    data_type: DataType
    provider: str
    text: bytes
    """What makes two questions the same: provider, method, path, parameters and body."""
    fields: frozenset[str]
    most: Money
    """What this request can cost at most."""
    whole: Money
    """What the whole lookup can cost at most; set aside with its first request."""
    after: int | None = None
    """The lookup before it in its chain: that one is over, and holds nothing any more."""
    begun: bool = False
    """A request of this lookup was let go before: it holds money, and must not queue behind those that wait for it."""
    repeat: bool = False
    """The answer so far was not ready: only a final one serves."""


class Ruling(Enum):
    """What the books say to a question that they can't answer themselves."""

    SEND = auto()
    """It is written down, its price set aside."""
    WAIT = auto()
    """It is being asked by another lookup."""
    HELD = auto()
    """A cap has room only once others are done."""
    REFUSED = auto()
    """It does not fit the caps, and never will."""
    OVER_QUOTA = auto()
    """The company's limit was lowered since the lookup was planned, and leaves the customer no place."""
    WITHHELD = auto()
    """The person has objected since the lookup was planned."""


class OverQuota(Exception):
    """Why a lookup was not begun: see `Ruling.OVER_QUOTA`."""


Verdict: TypeAlias = Response | Ruling


class Settlement(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a request that was written down."""

    cost: Money = ZERO
    in_doubt: Money = ZERO
    answer: Response | None = None
    """What is kept; None for errors and lost answers."""
    pending: bool = False
    """The vendor is still looking: the question stays this lookup's own."""


class Journal(Protocol):
    """The verbs that the gateway calls. Each is one transaction."""

    async def recall(self, question: Question) -> Response | None:
        """The answer on disk, if it may serve this question."""

    async def ask(self, question: Question) -> Verdict:
        """Answer from disk, or write the question down and let it go."""

    async def answered(self, lookup: int, settlement: Settlement) -> None:
        """Keep the answer and move the price from the air to cost, doubt or back."""

    async def let_go(self, lookup: int) -> None:
        """The lookup is over, though not finished: what it holds of the caps is free."""

    def no_longer_waits(self, lookup: int) -> None:
        """The lookup gave up waiting."""

    async def changed(self, lookup: int) -> None:
        """Return when something was settled that this lookup may have waited for, or after a short while."""


def question_text(provider: str, request: Request) -> bytes:
    """The canonical text of a question, equal for equal questions."""
    parts: tuple[str, str, str, Mapping[str, str], object] = (
        provider,
        request.method,
        request.path,
        dict(request.params),
        request.json,
    )
    return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
