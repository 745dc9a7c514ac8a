"""What goes wrong on purpose, and for which requests.

401 402 403 500 502 503    the vendor's answer with this status; nothing is looked up or charged
404path                    its answer to a wrong path
429                        its way to say "too many requests" (Hunter's is a 403)
credit                     its way to say that the account is empty
slow                       the answer takes 2 s and ten times the latency longer
close                      the connection is closed after the request was read; like all below, it was charged
reset                      the connection is reset
truncate                   half of the body comes, then the connection is closed
hang                       nothing ever comes
html                       status 200 with a page of HTML
shape                      status 200 with JSON that is no answer
huge                       status 200 with a body of more than 8 MiB
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from enrich_cli.sandbox.catalog import NAMES
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.vendor import Call

EVERY_VENDOR = "*"
_NO_SHARE = "the share of requests that a fault hits is a number from 0 to 1"
REFUSALS = ("401", "402", "403", "404path", "429", "credit", "500", "502", "503")
KINDS = (*REFUSALS, "slow", "close", "reset", "truncate", "hang", "html", "shape", "huge")


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of trouble for a share of a vendor's requests; raises ValueError for what there is not."""

    vendor: str
    """A vendor's name, or `*` for all."""
    kind: str
    share: float = 1.0
    """0..1 of the requests."""

    def __post_init__(self) -> None:
        if self.vendor not in (EVERY_VENDOR, *NAMES):
            raise ValueError(f"no vendor {self.vendor!r} to disturb: {EVERY_VENDOR} (all) or one of {', '.join(NAMES)}")
        if self.kind not in KINDS:
            raise ValueError(f"no fault {self.kind!r}: one of {', '.join(KINDS)}")
        if not 0 <= self.share <= 1:
            raise ValueError(_NO_SHARE)

    @classmethod
    def parse(cls, text: str) -> Fault:
        """Read `VENDOR:KIND` or `VENDOR:KIND:SHARE`, such as `hunter:503` or `*:close:0.1`.

        Raises ValueError, saying what it may be.
        """
        vendor, separator, rest = text.strip().partition(":")
        kind, has_share, share = rest.partition(":")
        if not separator:
            raise ValueError("a fault is written VENDOR:KIND or VENDOR:KIND:SHARE, such as hunter:503 or *:close:0.1")
        try:
            number = float(share) if has_share else 1.0
        except ValueError:
            raise ValueError(_NO_SHARE) from None
        return cls(vendor, kind, number)

    def concerns(self, vendor: str) -> bool:
        return self.vendor in (EVERY_VENDOR, vendor)


class Chances:
    """Decides which of one vendor's requests are hit.

    Drawn from the seed, the question and how often it has come, so a question that was hit may pass when asked again.
    """

    def __init__(self, seed: int, vendor: str, faults: Sequence[Fault]) -> None:
        self._seed, self._vendor = seed, vendor
        self._faults = [fault for fault in faults if fault.concerns(vendor)]
        self.reset()

    def reset(self) -> None:
        """Forget how often each question has come."""
        self._times: Counter[str] = Counter()

    def kind(self, call: Call) -> str | None:
        """The kind of fault that hits this call; None when it passes."""
        if not self._faults:
            return None
        asked = f"{call.method} {call.path} {sorted(call.query.items())} {call.body!r}"
        self._times[asked] += 1
        draw = Draw(self._seed, self._vendor, "fault", asked, self._times[asked])
        return next((fault.kind for fault in self._faults if draw.chance(fault.share)), None)
