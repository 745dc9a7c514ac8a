"""Statistics as Prometheus reads them, such as by node_exporter's textfile collector.

The format: https://prometheus.io/docs/instrumenting/exposition_formats/, the names:
https://prometheus.io/docs/practices/naming/. Imports nothing heavy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from enrich_cli.domain.money import Money
from enrich_cli.domain.statistics import Lookups, ProviderId, Statistics

Sample: TypeAlias = tuple[Mapping[str, str], object]
"""Labels and value."""


class _Metric(NamedTuple):
    name: str
    kind: str
    help: str
    samples: list[Sample]

    def lines(self, company: Mapping[str, str]) -> Iterator[str]:
        yield f"# HELP {self.name} {self.help}"
        yield f"# TYPE {self.name} {self.kind}"
        for labels, value in self.samples:
            pairs = ",".join(f'{name}="{_escaped(text)}"' for name, text in {**company, **labels}.items())
            yield f"{self.name}{{{pairs}}} {value}"


def prometheus(ever: Statistics, lately: Statistics) -> str:
    """Counters of all time, since a counter must never fall; rates and latencies of the recent months."""
    company = {"company": ever.quota.company, "sandbox": str(ever.sandbox).lower()}
    metrics = (metric for metric in (*_quota(lately), *_rates(lately), *_counters(ever)) if metric.samples)
    return "".join(f"{line}\n" for metric in metrics for line in metric.lines(company))


def _quota(statistics: Statistics) -> Iterable[_Metric]:
    quota = statistics.quota
    yield _gauge("tier_info", "The company's tier, as a label.", [({"tier": quota.tier.value}, 1)])
    yield _gauge("quota_used_enrichments", "Enrichments counted this month (UTC).", [({}, quota.used)])
    yield _gauge("quota_reserved_enrichments", "Enrichments reserved by live runs.", [({}, quota.reserved)])
    yield _gauge(
        "quota_limit_enrichments",
        "The monthly limit of enrichments; absent if unlimited.",
        _known([({}, quota.limit)]),
    )
    yield _gauge(
        "quota_reset_timestamp_seconds", "When the next month begins.", [({}, int(quota.resets_at.timestamp()))]
    )


def _rates(statistics: Statistics) -> Iterable[_Metric]:
    total = statistics.total
    yield _gauge(
        "success_ratio",
        "The share of customers looked up in the last months for whom something was found.",
        _known([({}, total.success_rate)]),
    )
    yield _gauge(
        "cache_hit_ratio",
        "The share of customers in the last months' runs who were served from the store.",
        _known([({}, total.cache_hit_rate)]),
    )
    yield _gauge(
        "cost_per_enrichment_usd",
        "What an enrichment of the last months cost in dollars, doubt included.",
        _known([({}, total.cost_per_enrichment)]),
    )
    yield _gauge(
        "lookup_latency_seconds",
        "Time that a lookup of the last months was on the wire, by percentile.",
        _known(
            (_labels(provider) | {"percentile": f"{share:.0%}".rstrip("%")}, _seconds(some.latency(share)))
            for provider, some in statistics.by_provider.items()
            for share in (0.5, 0.95)
        ),
    )


def _counters(statistics: Statistics) -> Iterable[_Metric]:
    providers = statistics.by_provider
    yield _counter("enrichments", "Enrichments counted.", [({}, statistics.total.enrichments)])
    yield _counter(
        "lookups", "Lookups by outcome.", [one for each, some in providers.items() for one in _outcomes(each, some)]
    )
    yield _counter(
        "cost_usd", "Dollars charged for certain.", [(_labels(each), some.cost) for each, some in providers.items()]
    )
    yield _counter(
        "in_doubt_usd",
        "Dollars that may have been charged in addition.",
        [(_labels(each), some.in_doubt) for each, some in providers.items()],
    )


def _gauge(name: str, text: str, samples: list[Sample]) -> _Metric:
    return _Metric(f"enrich_cli_{name}", "gauge", text, samples)


def _counter(name: str, text: str, samples: list[Sample]) -> _Metric:
    return _Metric(f"enrich_cli_{name}_total", "counter", text, samples)


def _labels(provider: ProviderId) -> dict[str, str]:
    return {"data_type": provider.data_type.value, "provider": provider.provider}


def _outcomes(provider: ProviderId, lookups: Lookups) -> Iterator[Sample]:
    for outcome, number in (("found", lookups.found), ("not_found", lookups.not_found), ("failed", lookups.failed)):
        yield _labels(provider) | {"outcome": outcome}, number


def _known(samples: Iterable[tuple[Mapping[str, str], int | float | Decimal | Money | None]]) -> list[Sample]:
    """Without the values that are unknown."""
    return [(labels, value) for labels, value in samples if value is not None]


def _seconds(milliseconds: int | None) -> Decimal | None:
    return None if milliseconds is None else Decimal(milliseconds) / 1000


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
