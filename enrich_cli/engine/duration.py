"""How long looking up many customers will take, and what it waits for.

It takes as long as the slowest of three things:

- a vendor's pace: its requests, as fast as all of its windows allow, bursts included;
- `--concurrency`: as many chains at a time as there are places, each as long as its lookups are on the wire. Waiting
  for a pace or a slow answer takes no place, but no vendor has more requests in flight than that either;
- a customer's own way, from its first answer to its last: the last customer to start still has all of it to go.

How many customers reach a vendor follows from how often those before it find somebody. The model is rough: it leaves
out vendors' pauses, polls, and what other runs have just used of a pace.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.hints import HINTED
from enrich_cli.domain.rate import Window, seconds_for
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.crowd import NO_BOUNDS, Bounds, Crowd
from enrich_cli.engine.odds import NO_RECORD, Odds, asked
from enrich_cli.gateway.in_flight import SLOW_SECONDS
from enrich_cli.gateway.opening import as_arriving
from enrich_cli.store.track_record import TrackRecord

CONCURRENCY = "--concurrency"


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What one vendor is expected to be asked."""

    provider: str
    requests: int
    rate: tuple[Window, ...]
    seconds: float
    """From the first request to the last, if they wait only for its pace."""


class Duration(msgspec.Struct, frozen=True, kw_only=True):
    """How long the lookups of a run take, and what limits them."""

    seconds: float = 0.0
    bottleneck: str | None = None
    """The vendor whose pace is the limit, or `CONCURRENCY`; None if a customer's own way takes longest."""
    at_once: int = 0
    """The maximum of lookups in flight."""
    loads: tuple[Load, ...] = ()
    """The load of every vendor that is expected to be asked."""


class _Speed(msgspec.Struct, frozen=True):
    """How long a vendor takes, and how fast it may be asked."""

    rate: tuple[Window, ...]
    requests: float
    """How many requests a lookup takes."""
    seconds: float
    """How long a lookup is on the wire."""

    @property
    def is_slow(self) -> bool:
        return self.seconds > SLOW_SECONDS * self.requests

    @property
    def in_a_place(self) -> float:
        """The seconds for which a lookup takes one of the places that all vendors share."""
        return 0.0 if self.is_slow else self.seconds


@dataclass(slots=True)
class _Work:
    """What a run has to do, as far as it takes time."""

    lookups: Counter[str] = field(default_factory=Counter)
    """By vendor."""
    chains_begun: float = 0.0
    on_the_wire: float = 0.0
    """The seconds that all lookups together take places."""
    longest: defaultdict[DataType, float] = field(default_factory=lambda: defaultdict(float))
    """The seconds that a customer's lookups take at most, one after the other."""


def duration(crowd: Crowd, chains: Iterable[Chain], concurrency: int, bounds: Bounds = NO_BOUNDS) -> Duration:
    """How long it takes to look the customers up, as far as the bounds allow, `concurrency` at a time."""
    speeds = {name: speed for chain in chains for name, speed in _speeds(chain, crowd.odds, crowd.records).items()}
    work = _work(crowd, speeds, crowd.share(bounds))
    if not round(work.chains_begun):
        return Duration()
    loads = tuple(_load(name, work.lookups[name], speed) for name, speed in speeds.items() if work.lookups[name])
    slowest = max(loads, key=lambda load: load.seconds)
    together = _rounds(work.chains_begun, concurrency) * work.on_the_wire / work.chains_begun
    apart = (_rounds(work.lookups[name], concurrency) * one.seconds for name, one in speeds.items() if one.is_slow)
    own_way = _own_way(work.longest)
    by_places = max([together, *apart]) + max(work.longest.values())
    by_pace = slowest.seconds + own_way
    seconds = max(by_places, by_pace)
    bottleneck = None if seconds <= own_way else CONCURRENCY if by_places > by_pace else slowest.provider
    return Duration(seconds=seconds, bottleneck=bottleneck, at_once=concurrency, loads=loads)


def _work(crowd: Crowd, speeds: Mapping[str, _Speed], share: float) -> _Work:
    """What this share of the customers is expected to take."""
    work = _Work()
    for way, customers in crowd.lookups.items():
        number = customers * share
        bought = {step.provider: number * often for step, often in asked(way, crowd.odds, crowd.person) if step.bought}
        work.lookups.update(bought)
        work.chains_begun += max(bought.values(), default=0.0)
        work.on_the_wire += sum(often * speeds[provider].in_a_place for provider, often in bought.items())
        # A step that hardly anybody is expected to need delays nobody.
        whole = sum(speeds[provider].seconds for provider, often in bought.items() if often >= 0.5)
        work.longest[way.data_type] = max(work.longest[way.data_type], whole)
    return work


def _own_way(longest: Mapping[DataType, float]) -> float:
    """What one customer takes: types that a hint may help wait for the person, the others do not."""
    after_person = longest[DataType.PERSON] + max(longest[kind] for kind in HINTED)
    return max(after_person, *longest.values())


def _speeds(chain: Chain, odds: Mapping[str, Odds], records: Mapping[str, TrackRecord]) -> dict[str, _Speed]:
    """The speeds of the vendors of a chain that may be asked."""
    speeds = {}
    for account in (link.account for link in chain.links if link.account):
        provider = account.provider
        if provider.name in odds:
            finds, record = odds[provider.name].finds, records.get(provider.name, NO_RECORD)
            takes = provider.requests(chain.required)
            requests = finds * takes.hit + (1 - finds) * takes.miss + record.retries_a_lookup
            seconds = requests * (account.latency or provider.latency) if record.latency is None else record.latency
            speeds[provider.name] = _Speed(account.rate, requests, seconds)
    return speeds


def _load(provider: str, lookups: float, speed: _Speed) -> Load:
    requests = round(lookups * speed.requests)
    seconds = seconds_for(requests, as_arriving(speed.rate))
    return Load(provider=provider, requests=requests, rate=speed.rate, seconds=seconds)


def _rounds(lookups: float, concurrency: int) -> int:
    """How many rounds are over before the last requests leave, if as many leave at once as may."""
    return math.ceil(round(lookups) / concurrency) - 1
