"""What something is expected to cost."""

from __future__ import annotations

import msgspec

from enrich_cli.domain.money import ZERO, Money


class Expectation(msgspec.Struct, frozen=True, kw_only=True):
    """Doubt is included in all of it: `low <= expected <= high <= most`."""

    most: Money = ZERO
    """Never more, unless a provider's answers are lost: each is asked for once more, and may be charged twice."""
    expected: Money = ZERO
    low: Money = ZERO
    high: Money = ZERO
    """In 80 of 100 such cases it is between `low` and `high`."""


class Refusals(msgspec.Struct, frozen=True, kw_only=True):
    """What a cost cap kept from being asked."""

    customers: int = 0
    lookups: int = 0
    rest: Expectation = msgspec.field(default_factory=Expectation)
    """What it would cost to ask that, too, where nothing was found without."""


class CheapestOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What the cheapest order of the chains is expected to save, doubt included."""

    default: Money
    """What the same customers would have cost in the default order."""
    saved: Money
