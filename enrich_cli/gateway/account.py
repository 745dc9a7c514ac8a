"""One configured vendor: how it is reached, and how it is doing in this run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.rate import Window
from enrich_cli.gateway.breaker import Breaker
from enrich_cli.gateway.late_keys import LateKey
from enrich_cli.gateway.limit import Limit
from enrich_cli.gateway.pace import Pace
from enrich_cli.gateway.places import Places
from enrich_cli.gateway.trial import Trial
from enrich_cli.providers.auth import Auth
from enrich_cli.providers.base import Provider

LONGEST_UNTOLD_PAUSE = 60.0
"""In seconds."""


@dataclass(slots=True, kw_only=True)
class Account:
    """A vendor with everything that a request to it needs. There is one per vendor and run."""

    provider: Provider
    base_url: str
    auth: Auth | LateKey = field(repr=False)
    pace: Pace
    own_paces: Mapping[str, Pace] = field(default_factory=dict)
    """The paces of paths that have their own; their requests keep to `pace` as well."""
    rate: tuple[Window, ...] = ()
    """The windows that the pace keeps to."""
    timeout: float
    """How many seconds a request may take."""
    latency: float | None = None
    """How many seconds an answer takes, where that is known better than from the vendor's sheet."""
    price: Money | None
    """The price of the vendor's billing unit; None if it is not known."""
    breaker: Breaker = field(default_factory=Breaker)
    trial: Trial = field(default_factory=Trial)
    places: Places = field(default_factory=lambda: Places(Limit()))
    """Places for requests in flight; taken before waiting for the pace."""
    in_flight: int = 0
    """Requests that have left and wait for their answers."""
    is_slow: bool = False
    """Whether the last answer was slow, or is going to be."""
    lost: Counter[bytes] = field(default_factory=Counter, repr=False)
    """By a question's text, which holds personal data: how many times in a row its answer was lost."""
    closed: str | None = None
    """Why it is not asked any more in this run; None as long as it may be asked."""
    key_refused: bool = False
    slowed_at: float = -1.0
    """When it last asked to slow down, monotonic seconds."""
    answered_sent_at: float = -1.0
    """When the latest request that it answered had left, in monotonic seconds."""
    untold_pause: float = 1.0
    """The pause (seconds) to take if the vendor does not say how long: doubled by each that did not help."""

    @property
    def paces(self) -> tuple[Pace, ...]:
        """The vendor's pace, and those of its paths."""
        return (self.pace, *self.own_paces.values())

    def pace_for(self, path: str) -> Pace:
        """The pace that a request to this path keeps to."""
        return self.own_paces.get(path, self.pace)

    def pause(self, seconds: float) -> None:
        """Let no request leave for this many seconds from now."""
        for pace in self.paces:
            pace.pause(seconds)

    def costs(self, units: Fraction) -> Money:
        """The price of this many billing units; nothing if it is not known."""
        return self.price.times(units) if self.price and units else ZERO

    def pause_for(self, asked_seconds: float | None, sent_at: float, now: float) -> float:
        """How long the whole vendor pauses after it asked to slow down.

        Refusals of requests that left before the last pause began are not news, so they don't double it.
        """
        if asked_seconds is not None:
            self.slowed_at = now
            return asked_seconds
        if sent_at > self.slowed_at >= 0:
            self.untold_pause = min(2 * self.untold_pause, LONGEST_UNTOLD_PAUSE)
        self.slowed_at = now
        return self.untold_pause

    def answered(self, sent_at: float) -> None:
        """An answer came: forget earlier trouble, unless the request had left before the trouble began."""
        self.answered_sent_at = max(self.answered_sent_at, sent_at)
        self.breaker.succeeded()
        self.places.limit.answered(sent_at, self.in_flight + 1)  # the one that was answered is one of them
        if sent_at > self.slowed_at:
            self.slowed_at, self.untold_pause = -1.0, 1.0
