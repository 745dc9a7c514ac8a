"""What the end of a run means to a script (contract, *Exit codes*)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enrich_cli.domain.report import RunReport

AMBIGUOUS = 2
SOURCE_BROKE_OFF = 2
SOME_FAILED = 3
LIMIT_REACHED = 4
NOBODY_TO_ASK = 5
INTERRUPTED = 130


def exit_code(report: RunReport) -> int:
    """The exit code of a run: of several from 3 to 5 the highest; a source that broke off takes precedence."""
    from enrich_cli.domain.report import Count

    if report.interrupted:
        return INTERRUPTED
    if report.incomplete:
        return SOURCE_BROKE_OFF
    if nobody_to_ask(report):
        return NOBODY_TO_ASK
    if report.customers[Count.OVER_QUOTA] or report.capped:
        return LIMIT_REACHED
    return SOME_FAILED if report.customers[Count.FAILED] else 0


def nobody_to_ask(report: RunReport) -> bool:
    """Something had to be looked up, and no provider is configured or all refused their keys."""
    return report.wanted_lookups and all(
        provider.disabled is not None and (not provider.configured or provider.key_refused)
        for provider in report.providers
    )
