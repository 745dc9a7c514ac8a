"""What goes wrong on purpose, and for which requests.

401 402 403 500 502 503    the vendor's answer with this status; like all down to the empty line, nothing is looked up
                           or charged
404path                    its answer to a wrong path
429                        its way to say "too many requests" (Hunter's and Facebook's is a 403)
retry-after-N              the same with a `Retry-After` of N seconds, as a number
retry-date-N               the same with a `Retry-After` N seconds ahead, as an HTTP date
credit                     its way to say that the account is empty
redirect                   a 302 to another host, which does not exist

slow                       the answer takes 2 s and ten times the latency longer; like all below, it was charged
slow-N                     the answer takes N seconds longer
close                      the connection is closed after the request was read
reset                      the connection is reset
truncated                  half of the body comes, then the connection is closed
timeout                    nothing ever comes
html                       status 200 with a page of HTML
shape                      status 200 with JSON that is no answer
types                      its own answer, with every text, number and truth value of another type
huge                       status 200 with a body of 200 MiB
deep                       status 200 with JSON that is nested 100,000 levels deep
bomb                       status 200 with a small gzip body that unpacks to 256 MiB
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from enrich_cli.domain.suggestion import may_be
from enrich_cli.sandbox.catalog import NAMES
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.vendor import Call

_EVERY_VENDOR = "*"
_FORM = "a fault is written VENDOR=KIND, VENDOR=KIND:COUNT or VENDOR=KIND:SHARE, such as hunter=429:5 or *=close:0.1"
_HOW_MANY = "after the kind comes how many requests it hits: a whole number of them, or a share from 0.0 to 1.0"
REFUSALS = ("401", "402", "403", "404path", "429", "credit", "500", "502", "503", "redirect")
_SPOILT = ("slow", "close", "reset", "truncated", "timeout", "html", "shape", "types", "huge", "deep", "bomb")
KINDS = (*REFUSALS, "retry-after-N", "retry-date-N", "slow-N", *_SPOILT)
_RETRY = re.compile(r"retry-(?:after|date)-[0-9]{1,6}")
_SLOW = re.compile(r"slow-([0-9]{1,6})")


def is_refusal(kind: str | None) -> bool:
    """Does the vendor refuse the call, so that nothing is looked up?"""
    return kind is not None and (kind in REFUSALS or bool(_RETRY.fullmatch(kind)))


def is_spoilt(kind: str | None) -> bool:
    """Is the answer damaged on its way to the client?"""
    return kind in _SPOILT and kind != "slow"


def seconds_of(kind: str | None) -> int | None:
    """How much longer the answer takes, if the kind of fault says so; else None."""
    slow = _SLOW.fullmatch(kind or "")
    return int(slow[1]) if slow else None


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of trouble for some of a vendor's requests; raises ValueError for an unknown kind or vendor."""

    vendor: str
    """A vendor's name, or `*` for all."""
    kind: str
    share: float = 1.0
    """Share of the requests, 0..1."""
    count: int | None = None
    """Instead of a share, the number of first requests at each vendor."""

    def __post_init__(self) -> None:
        if self.vendor not in (_EVERY_VENDOR, *NAMES):
            raise ValueError(f"no vendor {self.vendor!r} to disturb: {may_be(self.vendor, (_EVERY_VENDOR, *NAMES))}")
        if self.kind not in _SPOILT and not is_refusal(self.kind) and seconds_of(self.kind) is None:
            raise ValueError(f"no fault {self.kind!r}: {may_be(self.kind, KINDS)}")
        if not 0 <= self.share <= 1:
            raise ValueError(_HOW_MANY)

    @classmethod
    def parse(cls, text: str) -> Fault:
        """Parse `VENDOR=KIND[:COUNT|:SHARE]`: `hunter=503`, `hunter=429:5`, `*=close:0.1`.

        A number with a point is a share. A colon may replace the equals sign. Raises ValueError, saying what is wrong.
        """
        parts = re.fullmatch(r"\s*([^:=]*)[:=]([^:]*)(?::(.*))?", text)
        if not parts:
            raise ValueError(_FORM)
        vendor, kind, number = parts[1].strip(), parts[2].strip(), (parts[3] or "1.0").strip()
        if number.isascii() and number.isdecimal():
            return cls(vendor, kind, count=int(number))
        try:
            share = float(number)
        except ValueError:
            raise ValueError(_HOW_MANY) from None
        return cls(vendor, kind, share)

    @classmethod
    def parse_all(cls, text: str) -> list[Fault]:
        """Parse several, separated by commas. Raises ValueError, saying what is allowed."""
        return [cls.parse(part) for part in text.split(",")]

    def concerns(self, vendor: str) -> bool:
        return self.vendor in (_EVERY_VENDOR, vendor)


class Chances:
    """Decides which of one vendor's requests are hit.

    Shares are drawn from the seed, the question and how often it has come, so a question that was hit may pass when
    asked again. Counts go by the order in which requests come.
    """

    def __init__(self, seed: int, vendor: str, faults: Sequence[Fault]) -> None:
        self._seed, self._vendor = seed, vendor
        self._faults = [fault for fault in faults if fault.concerns(vendor)]
        self.reset()

    def reset(self) -> None:
        """Forget all requests so far."""
        self._times: Counter[str] = Counter()
        self._met: Counter[Fault] = Counter()

    def kind(self, call: Call) -> str | None:
        """The kind of fault that hits this call; None when it passes."""
        if not self._faults:
            return None
        asked = f"{call.method} {call.path} {sorted(call.query.items())} {call.body!r}"
        self._times[asked] += 1
        draw = Draw(self._seed, self._vendor, "fault", asked, self._times[asked])
        for fault in self._faults:
            if self._hits(fault, draw):
                self._met[fault] += 1
                return fault.kind
        return None

    def _hits(self, fault: Fault, draw: Draw) -> bool:
        return draw.chance(fault.share) if fault.count is None else self._met[fault] < fault.count
