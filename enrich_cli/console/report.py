"""A run's report for people: counts, a table of providers, notes, and the money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from enrich_cli.console.counts import counts_in_words
from enrich_cli.console.layout import Figures, Phrases, set_in, with_commas
from enrich_cli.console.money import about, dollars, expected, money_column, rounded
from enrich_cli.console.rejections import rejected_lines
from enrich_cli.console.words import SYNTHETIC, counted
from enrich_cli.domain.money import ZERO
from enrich_cli.domain.report import Concurrency, Count, RunReport
from enrich_cli.sources.spellings import normal

_STYLES = {
    Count.ENRICHED: "green",
    Count.CACHED: "cyan",
    Count.PARTIAL: "yellow",
    Count.FAILED: "red",
    Count.OVER_QUOTA: "magenta",
    Count.REJECTED: "yellow",
}


def print_report(
    report: RunReport,
    console: Console,
    *,
    output: str | None,
    rejects: str | None = None,
    is_written: bool = True,
    program: str = "enrich-cli",
) -> None:
    """What a person wants to know at the end of a run.

    `output`, `rejects`: where the enriched and the rejected rows are to be, if anywhere; `is_written`: these could be
    written; `program`: how commands begin that are about the same store and company.
    """
    if report.sandbox:
        console.print(Text(SYNTHETIC, style="bold yellow"))
    console.print(_headline(report, is_written=is_written))
    if renamed := mapping_words(report.mapping):
        console.print(set_in(renamed))
    if report.read:
        console.print(set_in(_counts(report)))
    if any(entry.lookups for entry in report.providers):
        console.print(set_in(_providers(report)))
    hint = "" if rejects else "; --rejects FILE lists all of them"
    for note in (*_notes(report), *rejected_lines(report.rejections, hint)):
        console.print(note)
    if not report.interrupted:
        _print_what_is_lacking(report, console, program)
    console.print(_money(report))
    for line in _about_the_money(report):
        console.print(set_in(line))
    if output and is_written and not report.interrupted:
        console.print(Text(f"enriched rows: {output}"))
    if rejects and is_written and report.rejections.number:
        console.print(Text(f"rejected rows: {rejects}"))


def _print_what_is_lacking(report: RunReport, console: Console, program: str) -> None:
    unsettled = report.customers[Count.FAILED] + report.customers[Count.PARTIAL]
    if not unsettled:
        return
    if report.failures:
        console.print(Text(f"the last failure: {report.failures}", style="yellow"))
    console.print(Text(f"{_lacking(unsettled, report)}; to ask again:", style="yellow"))
    # In one line, however long, so that it can be pasted.
    console.print(Text(_asking_again(report, program), style="yellow"), soft_wrap=True)


def shortfall(report: RunReport) -> str:
    """What a run could not do, and why, in one line; empty if it did all."""
    told = []
    if unsettled := report.customers[Count.FAILED] + report.customers[Count.PARTIAL]:
        told.append(_lacking(unsettled, report) + (f" ({report.failures})" if report.failures else ""))
    if beyond := report.customers[Count.OVER_QUOTA]:
        told.append(f"no quota or budget was left for {counted(beyond, 'customer')}")
    return "; ".join(told)


def _headline(report: RunReport, *, is_written: bool) -> Text:
    rows = counted(report.read, "row")
    state = "interrupted after" if report.interrupted else "done:"
    if not is_written:
        state = "unfinished, since an output could not be written:"
    return Text(f"{report.command} {state} {rows} in {report.duration_s:,.1f} s (run {report.run_id})", style="bold")


def mapping_words(mapping: Mapping[str, str]) -> Phrases | None:
    """Which columns hold which fields, if their names don't make that obvious; None if all do."""
    renamed = [f"{field} from {column!r}" for field, column in mapping.items() if normal(column) != normal(field)]
    return Phrases([Text(word, "dim") for word in ("columns:", *with_commas(renamed))], " ") if renamed else None


def _counts(report: RunReport) -> Phrases:
    told = counts_in_words(report.customers)
    return Phrases([Text(words, _STYLES.get(count, "")) for count, words in told.items()], "   ")


def _providers(report: RunReport) -> Figures:
    asked = [entry for entry in report.providers if entry.lookups]
    cost, *costs = money_column("cost", [entry.cost for entry in asked])
    doubt, *doubts = money_column("in doubt", [entry.in_doubt or None for entry in asked])
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("provider", no_wrap=True)
    for name in ("lookups", "found", "missed", "failed", "p50 ms", "p95 ms"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in (cost, doubt):
        table.add_column(name, no_wrap=True)
    for entry, *amounts in zip(asked, costs, doubts, strict=True):
        table.add_row(
            entry.provider,
            *(f"{number:,}" for number in (entry.lookups, entry.found, entry.not_found, entry.failed)),
            *(f"{entry.latency.percentile(share):,}" for share in (0.5, 0.95)),
            *amounts,
        )
    return Figures(table)


def _notes(report: RunReport) -> Iterator[Text]:
    yield from _provider_notes(report)
    for why, number in report.spared.items():
        yield Text(f"{counted(number, 'lookup')} not worth making: {why}", style="dim")
    for kind, why in report.skipped_types.items():
        yield Text(f"{kind.value} was skipped: {why}", style="dim")
    if report.incomplete:
        yield Text(f"INCOMPLETE: {report.incomplete}", style="bold red")
    for warning in report.warnings:
        yield Text(f"note: {warning}", style="yellow")


def _provider_notes(report: RunReport) -> Iterator[Text]:
    for entry in report.providers:
        if entry.disabled and entry.disabled != report.skipped_types.get(entry.data_type):
            yield Text(f"{entry.provider}: {entry.disabled}", style="yellow" if entry.configured else "dim")
        if entry.concurrency and entry.concurrency.lowest < entry.concurrency.ceiling:
            yield Text(f"{entry.provider}: {_slowed_down(entry.concurrency)}", style="yellow")


def _lacking(unsettled: int, report: RunReport) -> str:
    lack = "lacks" if unsettled == 1 else "lack"
    why = "lookups failed or did not fit the cap" if report.capped else "lookups failed"
    return f"{counted(unsettled, 'customer')} {lack} data because {why}"


def _asking_again(report: RunReport, program: str) -> str:
    return f"  {program} refresh --failed{' --sandbox' if report.sandbox else ''}"


def _slowed_down(at_once: Concurrency) -> str:
    return f"slowed down to {at_once.lowest:,} requests at once, {at_once.settled:,} at the end"


def _money(report: RunReport) -> Text:
    doubt = f" and {dollars(report.in_doubt)} in doubt" if report.in_doubt else ""
    quota = report.quota
    left = "unlimited" if quota.limit is None else f"{quota.remaining:,} of {quota.limit:,} left this month"
    return Text(f"spent {dollars(report.cost)}{doubt} · {quota.company} ({quota.tier.value}): {left}")


def _about_the_money(report: RunReport) -> Iterator[Text]:
    """How the cost compares with what was expected, what a cap refused, and what the cheapest order saved."""
    if report.expectation and report.expectation.most:
        spent = report.cost + report.in_doubt
        shown, low, high = (rounded(amount) for amount in (spent, report.expectation.low, report.expectation.high))
        outside = ": it was less" if shown < low else ": it was more" if shown > high else ""
        yield Text(f"{expected(report.expectation)}, doubt included{outside}", style="dim")
    if refused := report.refusals.lookups:
        rest, customers = report.refusals.rest, counted(report.refusals.customers, "customer")
        yield Text(
            f"refused by the cost cap: {counted(refused, 'lookup')} of {customers};"
            f" the rest would cost at most {dollars(rest.most)}, {expected(rest)}",
            style="yellow",
        )
    if order := report.cheapest_order:
        saved = f"saved {about(order.saved)}" if order.saved >= ZERO else f"cost {about(ZERO - order.saved)} too much"
        yield Text(f"the cheapest order {saved}: about {about(order.default)} in the default order")
