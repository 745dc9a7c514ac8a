"""What a way may cost, judged by how its providers did so far.

For a provider that was never asked, every rate is equally likely. Otherwise the prior of a rate counts as two hits and
two misses, since a few lookups alone would be too sure. What a hit or a miss costs comes from the ledger, or from the
vendor's sheet if the ledger has none. Figures are floats, in micro-dollars: these are estimates, and bookings are made
elsewhere.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from enrich_cli.engine.ways import GoesOn, Step, Way
from enrich_cli.store.track_record import Costs, TrackRecord


class Price(msgspec.Struct, frozen=True):
    """The cost of lookups that end alike."""

    mean: float
    variance: float = 0.0


class Odds(msgspec.Struct, frozen=True):
    """How a provider may do from now on; rates are from 0 to 1."""

    finds: float
    lacks: float
    """Of lookups that found somebody: a required field is still missing. The ledger does not know this."""
    is_hinted: float
    """Of customers whose person was found: enough was learned to ask this provider, and its answer was not on disk."""
    hit: Price | None
    miss: Price | None
    """None: its sheet is used."""


NO_RECORD = TrackRecord()


def odds_of(record: TrackRecord, chance: random.Random | None = None) -> Odds:
    """The mean of the odds that may be true; with `chance`, random ones, which vary more if less was seen."""
    return Odds(
        finds=_rate(record.found.lookups, record.missed.lookups, chance),
        lacks=chance.random() if chance else 0.5,
        is_hinted=_rate(record.people_asked, record.people - record.people_asked, chance),
        hit=_price(record.found, chance),
        miss=_price(record.missed, chance),
    )


def _rate(held: int, failed: int, chance: random.Random | None) -> float:
    """The mean of the rates that may be true, or a random one of them."""
    prior = 2 if held + failed else 1
    if chance:
        return chance.betavariate(held + prior, failed + prior)
    return (held + prior) / (held + failed + 2 * prior)


def _price(seen: Costs, chance: random.Random | None) -> Price | None:
    if not seen.lookups:
        return None
    mean = seen.micros / seen.lookups
    # Divided by one less than their number: a few values differ less from their own mean than from the true one.
    variance = max(0.0, seen.squares - seen.micros * mean) / max(1, seen.lookups - 1)
    if chance and variance:
        # The variance is known no better than the mean: with few lookups, the true one may be several times as large.
        freedom = seen.lookups - 1
        variance *= freedom / (2 * chance.gammavariate(freedom / 2, 1.0))
        mean += chance.gauss(0.0, math.sqrt(variance / seen.lookups))
    return Price(max(0.0, mean), variance)


class Outlook(NamedTuple):
    """What comes of a way, or of the rest of one."""

    cost: float
    square: float
    """The mean of the squared cost."""
    nothing: float
    """How likely nothing is found."""

    @property
    def variance(self) -> float:
        return max(0.0, self.square - self.cost * self.cost)


_END = Outlook(0.0, 0.0, 1.0)


def outlook(way: Way, odds: Mapping[str, Odds], person: float) -> Outlook:
    """Computed from the end of a chain: what comes of a provider depends on what comes after it.

    `person`: how likely the person is found, whose data a provider may need.
    """
    ahead = _END
    for step in reversed(way.steps):
        theirs = odds[step.provider]
        hit, miss = _prices(step, theirs)
        found = _then(hit, _END if way.goes_on is GoesOn.NO else ahead)
        if way.goes_on is GoesOn.PERHAPS:
            found = _mixed(theirs.lacks, found, _then(hit, _END))
        asked = _mixed(theirs.finds, found._replace(nothing=0.0), _then(miss, ahead))
        ahead = _mixed(person * theirs.is_hinted, asked, ahead) if step.hinted else asked
    return ahead


def asked(way: Way, odds: Mapping[str, Odds], person: float) -> Iterator[tuple[Step, float]]:
    """Each step with the likelihood that a customer reaches it. `person` as in `outlook`."""
    gets_here = 1.0
    for step in way.steps:
        theirs = odds[step.provider]
        is_asked = gets_here * (person * theirs.is_hinted if step.hinted else 1.0)
        yield step, is_asked
        if way.goes_on is not GoesOn.YES:
            ends = theirs.finds * (1 - theirs.lacks if way.goes_on is GoesOn.PERHAPS else 1.0)
            gets_here -= is_asked * ends


def cost_of_an_answer(step: Step, record: TrackRecord) -> float:
    """What is expected to be spent at a provider, asked alone, until it has found somebody once."""
    odds = odds_of(record)
    hit, miss = _prices(step, odds)
    return (odds.finds * hit.mean + (1 - odds.finds) * miss.mean) / odds.finds


def grain(ways: Iterable[Way], odds: Mapping[str, Odds]) -> int:
    """Every sum that can be spent is a multiple of this, in micro-dollars: 1 if a price varies or is not certain."""
    steps = [step for way in ways for step in way.steps if step.bought]
    if not all(odds[step.provider].hit or step.miss == step.most for step in steps):
        return 1
    prices = [price for step in steps for price in _prices(step, odds[step.provider])]
    return 1 if any(price.variance for price in prices) else math.gcd(*(round(price.mean) for price in prices)) or 1


def _prices(step: Step, odds: Odds) -> tuple[Price, Price]:
    """The prices of a hit and a miss; nothing costs more than the sheet says."""
    if not step.bought:
        return Price(step.follow_up), Price(0.0)
    hit, miss = odds.hit or Price(step.most), odds.miss or Price(step.miss)
    return Price(min(hit.mean, step.most), hit.variance), Price(min(miss.mean, step.most), miss.variance)


def _then(price: Price, ahead: Outlook) -> Outlook:
    """A lookup at this price, followed by what lies ahead."""
    square = price.variance + price.mean * price.mean
    return Outlook(price.mean + ahead.cost, square + 2 * price.mean * ahead.cost + ahead.square, ahead.nothing)


def _mixed(share: float, one: Outlook, other: Outlook) -> Outlook:
    """One outlook in a share of all cases, else the other."""
    rest = 1 - share
    return Outlook(
        share * one.cost + rest * other.cost,
        share * one.square + rest * other.square,
        share * one.nothing + rest * other.nothing,
    )
