"""What a run cost compared with what was expected, and what remains to be paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec.structs import replace

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.expectation import CheapestOrder, Refusals
from enrich_cli.domain.money import Money
from enrich_cli.domain.report import ProviderReport
from enrich_cli.engine.crowd import Bounds, Crowd
from enrich_cli.engine.tally import Tally
from enrich_cli.engine.ways import Step, Way
from enrich_cli.store.track_record import TrackRecord


def compare(tally: Tally, before: Mapping[str, TrackRecord], *, cap: Money | None) -> None:
    """Add to the report what the looked-up customers should have cost, and what was refused.

    How many lookups were answered from disk is known by now, and taken into account. Nothing is expected of an
    interrupted run: nobody knows what its unfinished customers should have cost by then.
    """
    report = tally.report
    if not report.interrupted:
        looked_up = _as_bought(tally.looked_up, report.providers)
        report.expectation = Crowd(looked_up, before).expectation(Bounds(cap=cap))
    rest = Crowd(tally.refused, before).expectation()
    report.refusals = Refusals(customers=tally.customers_refused, lookups=tally.lookups_refused, rest=rest)


def savings(
    tally: Tally, records: Mapping[str, TrackRecord], default: Mapping[DataType, Sequence[str]]
) -> CheapestOrder:
    """What the order of the chains saved compared with the default one; `records` include this run.

    What was spent is multiplied by the ratio of the two orders' expected costs, since a cap or trouble may have cut the
    run short.
    """
    looked_up = _as_bought(tally.looked_up, tally.report.providers)
    in_default_order: dict[Way, float] = {}
    for way, customers in looked_up.items():
        reordered = way.in_order(default[way.data_type])
        in_default_order[reordered] = in_default_order.get(reordered, 0.0) + customers
    spent, should_cost = tally.report.cost + tally.report.in_doubt, Crowd(looked_up, records).mean
    ratio = Fraction(Crowd(in_default_order, records).mean.micros, should_cost.micros) if should_cost else Fraction(1)
    return CheapestOrder(default=spent.times(ratio), saved=spent.times(ratio) - spent)


def _as_bought(ways: Mapping[Way, int], providers: Sequence[ProviderReport]) -> dict[Way, float]:
    """Each way with the lookups that had to be bought: the same share of each provider's lookups, independently."""
    shares = {
        entry.provider: entry.lookups / (entry.lookups + entry.from_disk) for entry in providers if entry.from_disk
    }
    split: dict[Way, float] = {}
    for way, customers in ways.items():
        variants: list[tuple[tuple[Step, ...], float]] = [((), float(customers))]
        for step in way.steps:
            share = 1.0 if step.hinted else shares.get(step.provider, 1.0)
            variants = [
                ((*steps, replace(step, bought=bought, follow_up=0)), number * part)
                for steps, number in variants
                for bought, part in ((True, share), (False, 1 - share))
                if part
            ]
        for steps, number in variants:
            variant = replace(way, steps=steps)
            split[variant] = split.get(variant, 0.0) + number
    return split
