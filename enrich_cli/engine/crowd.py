"""What looking up many customers will cost: a simulation, in which caps and quotas cut the run off as they would."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import msgspec

from enrich_cli.domain.expectation import Expectation
from enrich_cli.domain.money import Money
from enrich_cli.engine.odds import NO_RECORD, Odds, grain, odds_of, outlook
from enrich_cli.engine.ways import Way, Ways
from enrich_cli.store.track_record import TrackRecord

_FUTURES = 500
"""How often it is simulated: the ends of the interval then vary by a few hundredths of its width."""
_SEED = 80
"""A fixed seed, so that the same question gets the same answer."""
_LOW, _HIGH = _FUTURES // 10, _FUTURES - 1 - _FUTURES // 10
"""Where the 80 % interval begins and ends among the simulated costs, cheapest first."""


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """What may end a run before its source does; None means no bound."""

    cap: Money | None = None
    places: int | None = None
    """The enrichments left in the quota. A customer who is not found takes none."""


NO_BOUNDS = Bounds()


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """How many customers like these each bound can be expected to allow; None: any number."""

    quota: int | None = None
    cost: int | None = None


@dataclass(frozen=True)
class Crowd:
    """The customers to look up, and how the providers did so far."""

    lookups: Mapping[Way, float]
    """How many customers take each way, over all data types."""
    records: Mapping[str, TrackRecord]
    customers: Mapping[Ways, int] = field(default_factory=dict)
    """The same by customer; needed only for a quota."""

    @cached_property
    def most(self) -> int:
        """The cost in micro-dollars if everybody is asked about everybody, at the highest price."""
        return math.ceil(sum(number * way.most for way, number in self.lookups.items()))

    @cached_property
    def providers(self) -> list[str]:
        """The names of the providers that may be asked."""
        return sorted({step.provider for way in self.lookups for step in way.steps})

    @property
    def mean(self) -> Money:
        """The cost at the likeliest odds, without any bound."""
        return Money(round(self._likely.cost))

    @cached_property
    def odds(self) -> dict[str, Odds]:
        """The likeliest odds of each provider."""
        return {provider: odds_of(self.records.get(provider, NO_RECORD)) for provider in self.providers}

    @cached_property
    def person(self) -> float:
        """How likely the person is found at these odds; 0 if that would help nobody."""
        return self._person(self.odds)

    def expectation(self, bounds: Bounds = NO_BOUNDS) -> Expectation:
        """What it costs to look the customers up, in the order of the source, as far as the bounds allow."""
        if bounds.places == 0 or not self.lookups:
            return Expectation()
        chance = random.Random(_SEED)  # noqa: S311 it guesses, it guards nothing
        most = self.most if bounds.cap is None else min(self.most, bounds.cap.micros)
        futures = sorted(min(self._future(bounds, chance), most) for _ in range(_FUTURES))
        low, high = round(futures[_LOW]), round(futures[_HIGH])
        mean = round(sum(futures) / _FUTURES)
        return Expectation(
            most=Money(most), expected=Money(min(max(low, mean), high)), low=Money(low), high=Money(high)
        )

    def reach(self, bounds: Bounds) -> Reach:
        """How many customers like these would be looked up. A cap is taken to have room for at least one."""
        size, (cost, _, found) = sum(self.customers.values()), self._likely
        return Reach(
            quota=None if bounds.places is None or not found else math.floor(size * bounds.places / found),
            cost=None if bounds.cap is None or not cost else _paid_for(size, bounds.cap, cost),
        )

    def beyond(self, cap: Money | None, free: int) -> int:
        """For how many of the customers nothing is expected to be left of a cap. `free`: how many cost nothing."""
        cost = self._likely.cost
        if cap is None or cost <= cap.micros:
            return 0
        paying = sum(self.customers.values()) - free
        return paying - _paid_for(paying, cap, cost)

    def share(self, bounds: Bounds) -> float:
        """The share of the customers that the bounds are expected to allow."""
        reach, size = self.reach(bounds), sum(self.customers.values())
        return min((1.0, *(bound / size for bound in (reach.quota, reach.cost) if bound is not None and size)))

    def _future(self, bounds: Bounds, chance: random.Random) -> float:
        """The cost of one simulated outcome, in micro-dollars."""
        odds = {provider: odds_of(self.records.get(provider, NO_RECORD), chance) for provider in self.providers}
        cost, variance, found = self._sums(odds, count_found=bounds.places is not None)
        if bounds.places is not None and found > bounds.places:
            share = _share_until(bounds.places, found, sum(self.customers.values()), chance)
            cost, variance = cost * share, variance * share
        spent = max(0.0, cost + chance.gauss(0.0, math.sqrt(variance)))
        if bounds.cap is not None and spent > bounds.cap.micros:
            return self._up_to(bounds.cap.micros, grain(self.lookups, odds), chance.random())
        return spent

    def _up_to(self, cap: int, grain: int, drawn: float) -> float:
        """What is spent until no lookup fits, because what is left of the cap is less than the cheapest one may cost.

        Half of the time nothing is left, since caps and prices are round sums.
        """
        highest = cap - cap % grain
        choices = max(1, math.ceil((highest - cap + self._least) / grain))
        return max(0, highest - math.floor(max(0.0, 2 * drawn - 1) * choices) * grain)

    @cached_property
    def _likely(self) -> _Sums:
        return self._sums(self.odds, count_found=True)

    def _sums(self, odds: Mapping[str, Odds], *, count_found: bool) -> _Sums:
        cost = variance = 0.0
        person = self._person(odds)
        for way, number in self.lookups.items():
            one = outlook(way, odds, person)
            cost += number * one.cost
            variance += number * one.variance
        found = 0.0
        for ways, customers in self.customers.items() if count_found else ():
            found += customers * (1 - math.prod(outlook(way, odds, person).nothing for way in ways))
        return _Sums(cost, variance, found)

    def _person(self, odds: Mapping[str, Odds]) -> float:
        """How likely the person is found, on average; 0 if that would help nobody."""
        if not self._is_hinted:
            return 0.0
        asked = [(number, outlook(way, odds, 0.0)) for way, number in self.lookups.items() if way.is_person]
        number = sum(number for number, _ in asked)
        return sum(number * (1 - one.nothing) for number, one in asked) / number if number else 0.0

    @cached_property
    def _is_hinted(self) -> bool:
        return any(step.hinted for way in self.lookups for step in way.steps)

    @cached_property
    def _least(self) -> int:
        return min((step.most for way in self.lookups for step in way.steps if step.most), default=0)


class _Sums(NamedTuple):
    """Sums over all customers; the cost in micro-dollars."""

    cost: float
    variance: float
    found: float


def _paid_for(customers: int, cap: Money, cost: float) -> int:
    """How many customers a cap pays for, if all of these cost so much; one if it is too small for the mean cost."""
    return max(1, math.floor(customers * cap.micros / cost))


def _share_until(places: int, found: float, size: int, chance: random.Random) -> float:
    """The share of customers looked up until this many are found: roughly a negative binomial."""
    rate = found / size
    share = places / found + chance.gauss(0.0, math.sqrt(places * (1 - rate)) / rate / size)
    return min(max(share, 0.0), 1.0)
