"""What something is expected to cost."""

from __future__ import annotations

import msgspec

from enrich_cli.domain.money import ZERO, Money


class Expectation(msgspec.Struct, frozen=True, kw_only=True):
    """An expected cost with its 80 % interval. All figures include doubt: `low <= expected <= high <= most`."""

    most: Money = ZERO
    """The maximum, unless a provider's answers are lost: each is then asked for once more, and may be charged twice."""
    expected: Money = ZERO
    low: Money = ZERO
    high: Money = ZERO
    """In 80 of 100 such cases the cost is between `low` and `high`."""


class Refusals(msgspec.Struct, frozen=True, kw_only=True):
    """What a cost cap prevented."""

    customers: int = 0
    lookups: int = 0
    rest: Expectation = msgspec.field(default_factory=Expectation)
    """What the refused lookups would cost, where nothing was found without them."""


class CheapestOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What the cheapest order of the chains is expected to save, doubt included."""

    default: Money
    """What the same customers would have cost in the default order."""
    saved: Money
