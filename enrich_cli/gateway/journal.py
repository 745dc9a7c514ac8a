"""What the gateway needs from the books: a request is recorded before it leaves, and an answer before it is used."""

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
    """A request that a lookup wants to send."""

    lookup: int
    """The lookup that sends it, by its number within the run."""
    customer_id: str
    data_type: DataType
    provider: str
    text: bytes
    """Equal for equal questions: derived from provider, method, path, parameters and body."""
    fields: frozenset[str]
    most: Money
    """The most that this request can cost."""
    whole: Money
    """The most that the whole lookup can cost; set aside with its first request."""
    after: int | None = None
    """The previous lookup of the same chain, which is over: what it holds is released."""
    begun: bool = False
    """An earlier request of this lookup was sent: it holds money, so it must not queue behind others waiting for that
    money.
    """
    repeat: bool = False
    """The previous answer was not ready; only a final one will do."""


class Ruling(Enum):
    """What the books say to a question that they can't answer from disk."""

    SEND = auto()
    """It is written down, and its price is set aside."""
    WAIT = auto()
    """Another lookup is asking it now."""
    HELD = auto()
    """The caps have room only once others are done."""
    REFUSED = auto()
    """It does not fit the caps, and never will."""
    OVER_QUOTA = auto()
    """The company's limit was lowered after the lookup was planned, and leaves no place for the customer."""
    WITHHELD = auto()
    """The person has objected since the lookup was planned."""


class OverQuota(Exception):
    """The customer has lost its place in the quota: see `Ruling.OVER_QUOTA`."""


Verdict: TypeAlias = Response | Ruling


class Settlement(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a request that was written down."""

    cost: Money = ZERO
    in_doubt: Money = ZERO
    answer: Response | None = None
    """The answer to keep; None for errors and lost answers."""
    pending: bool = False
    """The vendor is not ready yet: no other lookup may ask this question."""


class Journal(Protocol):
    """The verbs that the gateway calls; each is one transaction."""

    async def recall(self, question: Question) -> Response | None:
        """The answer on disk, if it may serve this question."""

    async def ask(self, question: Question) -> Verdict:
        """Answer from disk, or write the question down and let it be sent."""

    async def answered(self, lookup: int, settlement: Settlement) -> None:
        """Keep the answer, and book its price: what was in flight becomes cost or doubt, or is released."""

    async def let_go(self, lookup: int) -> None:
        """The lookup is over, though not finished: release what it holds of the caps."""

    def no_longer_waits(self, lookup: int) -> None:
        """The lookup has given up waiting."""

    async def changed(self, lookup: int) -> None:
        """Return when something that this lookup may have waited for was settled, or after a short while."""


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
