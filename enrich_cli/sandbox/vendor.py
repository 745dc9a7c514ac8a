"""What every stand-in consists of: a table of routes, the vendor's own error bodies, and one account."""

from __future__ import annotations

import base64
import math
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from enum import Enum, auto
from fractions import Fraction
from typing import ClassVar, TypeAlias

import orjson

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.bill import Account
from enrich_cli.sandbox.draw import Draw

ONE = Fraction(1)
NOTHING = Fraction(0)
JSON = {"Content-Type": "application/json; charset=utf-8"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
WRONG_KEY = "wrong"
TOKEN_SECONDS = 3599.0
"""How long a token is valid at a vendor that issues them."""
WRONG_PERSON = 0.03
"""The default share of hits that are about somebody, or something, else."""
_ELSEWHERE = "https://elsewhere.invalid/"


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came, with its path still percent-encoded. Header names are found in any case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def parts(self) -> list[str]:
        """The parts of the path between slashes, including the empty one at the beginning."""
        return self.path.split("/")

    @property
    def bearer(self) -> str:
        """The key in `Authorization: Bearer`; empty if there is none."""
        return self._authorization("bearer")

    @property
    def basic(self) -> tuple[str, str]:
        """User and password in `Authorization: Basic`; empty if there are none."""
        try:
            user, _, password = base64.b64decode(self._authorization("basic")).decode().partition(":")
        except ValueError:  # no Base64, or no text in it
            return "", ""
        return user, password

    def _authorization(self, wanted: str) -> str:
        scheme, _, rest = self.headers.get("Authorization", "").partition(" ")
        return rest.strip() if scheme.lower() == wanted else ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as it is sent."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: JSON)
    closes: str = ""
    """The question that was looked up for several answers, of which this is the last."""


class Refused(Exception):
    """The vendor does not look up this question, and says why in its own words."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"status {reply.status}")
        self.reply = reply


Route: TypeAlias = Callable[[Call], Reply]
Refusals: TypeAlias = Mapping[str, tuple[int, str]]
"""Why a call is refused → status and words, which may name parts of the `call`.

The reasons: `no key`, `401` (wrong key), `404path` (no such path), `429` (too many requests), `credit` (none left),
`500` (its own trouble, whose words serve for any other status), and other statuses for which it has its own words.
"""


class About(Enum):
    """What an answer is about."""

    NOTHING = auto()
    ASKED = auto()
    ANOTHER = auto()


class Vendor(ABC):
    """One vendor's server without the network: calls in, replies out, charges on its account."""

    name: ClassVar[str]
    price: ClassVar[Money]
    """List price of the billing unit, by the vendor's sheet."""
    knows: ClassVar[float]
    """The share of questions about people, or things, that it knows."""

    refusals: ClassVar[Refusals]

    def __init__(self, seed: int = 0, wrong_person: float = WRONG_PERSON, token_seconds: float = TOKEN_SECONDS) -> None:
        self.seed = seed
        self.mistakes = wrong_person
        """The share of hits that are about somebody else."""
        self.token_seconds = token_seconds
        self.routes = self.build_routes()
        self.reset()

    def reset(self) -> None:
        """Forget every question and charge."""
        self.account = Account(self.price)

    def about(self, draw: Draw, marks: frozenset[str]) -> About:
        """What this vendor takes a business or parcel for, drawn unless the question bears marks."""
        known, mistaken = draw.chance(self.knows), draw.chance(self.mistakes)
        if marks & {"miss", "objects"} or not (known or marks):
            return About.NOTHING
        return About.ANOTHER if "other" in marks or (mistaken and not marks) else About.ASKED

    def book_unsure(self, question: str, *, found: bool) -> None:
        """Charge a unit for a hit, and for half of the misses: the sheet does not say whether these are charged."""
        charged = found or Draw(self.seed, self.name, "miss", question).chance(0.5)
        self.account.book(question, found, ONE if charged else NOTHING)

    def answer(self, call: Call) -> Reply:
        """Answer a call, and charge what the vendor would."""
        if (route := self.route_of(call)) is None:
            return self.refusal("404path", call)
        if not (key := self.key_of(call)):
            return self.refusal("no key", call)
        if key == WRONG_KEY:
            return self.refusal("401", call)
        try:
            return route(call)
        except Refused as refused:
            return refused.reply

    def arrived(self, reply: Reply) -> None:  # noqa: B027 most keep nothing open
        """A reply is with the client, whole."""

    def route_of(self, call: Call) -> Route | None:
        """What answers a call; None if there is no such path."""
        if found := self.routes.get((call.method, call.path)):
            return found
        asked = call.parts
        for (method, path), route in self.routes.items():
            parts = path.split("/")
            if method == call.method and len(parts) == len(asked) and all(map(_fits, parts, asked)):
                return route
        return None

    def refusal(self, kind: str, call: Call) -> Reply:
        """Refuse a call, in the vendor's own words if it has any. `kind`: a refusal of `faults`, or a status."""
        if kind == "redirect":
            return Reply(302, b"", {"Location": _ELSEWHERE})
        if kind.startswith("retry-"):
            reply = self.refusal("429", call)
            return replace(reply, headers={**reply.headers, "Retry-After": _retry_after(kind)})
        if kind == "502":
            return Reply(502, b"<html><head><title>502 Bad Gateway</title></head></html>", HTML)
        status, words = self.refusals.get(kind) or (int(kind), self.refusals["500"][1])
        return self.error(status, words.format(call=call))

    @abstractmethod
    def build_routes(self) -> dict[tuple[str, str], Route]:
        """Method and path → what answers it. A part of a path may be `{}`, which matches any non-empty text."""

    @abstractmethod
    def key_of(self, call: Call) -> str:
        """The key of a call; empty if there is none."""

    @abstractmethod
    def error(self, status: int, words: str) -> Reply:
        """The vendor's error body; `words` is what distinguishes its errors."""


def _fits(part: str, asked: str) -> bool:
    return part == asked or (part == "{}" and asked != "")


def _retry_after(kind: str) -> str:
    """The header's value: `retry-after-N` in seconds, `retry-date-N` as the time that many seconds ahead."""
    form, _, seconds = kind.rpartition("-")
    return seconds if form == "retry-after" else formatdate(math.ceil(time.time()) + int(seconds), usegmt=True)


def as_json(status: int, value: object, headers: Mapping[str, str] = JSON) -> Reply:
    """A reply with a JSON body."""
    return Reply(status, orjson.dumps(value), headers)
