"""Help as a manual: options in groups, whole sentences, and finally exit codes and environment variables."""

from __future__ import annotations

import math
import re
from collections import defaultdict, deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter, Parameter

_OPTIONS = "Options"
_RANGE = re.compile(r"; (?:[\d.]+<=)?x[<>]=[\d.]+(?=\])|\s*\[(?:[\d.]+<=)?x[<>]=[\d.]+\]")
"""What typer appends for an option with bounds, `[0.0<=x<=1.0]`; the help texts say it in words where it matters."""

EPILOG = """\b
Exit codes (if several of 3 to 5 apply, the highest):
  0    done; nothing found counts as done
  1    unexpected error, disk full, or check found something
  2    usage: a source, output, customer, run or store that can't be used
  3    some customers failed
  4    quota, --max-cost or monthly budget reached
  5    configuration: no provider to ask, wrong key, bad setting
  130  interrupted

\b
Environment, also read from .env.local and .env (defaults in parentheses):
  HUNTER_API_KEY and the like     keys; enrich-cli providers lists them
  HUNTER_RATE, HUNTER_COST_USD    one provider's pace and price; also with
                                  _BASE_URL and _TIMEOUT
  ENABLE_CUSTOMER_ENRICHMENT      false switches enrich and refresh off
  ENRICHMENT_DB                   the store
  ENRICHMENT_COMPANY              the company
  ENRICHMENT_CACHE_TTL            seconds an answer is fresh on free (604800)
  ENRICHMENT_CACHE_TTL_PRO        the same on pro (86400)
  ENRICHMENT_MIN_CONFIDENCE       how sure an answer must be, 0 to 1 (0.5)
  ENRICHMENT_CONFIRM_USD          ask before a run that could cost more (10)
  ENRICHMENT_MONTHLY_BUDGET_USD   what a company may spend in a month (no cap)
  ENRICHMENT_TIMEOUT              seconds a request may take (30)
  ENRICHMENT_MAX_PAUSE            longest pause to wait for, seconds (120)
  ENRICHMENT_PERSON_PROVIDERS     comma list that reorders or trims the chain;
                                  also _BUSINESS_, _SOCIAL_, _PROPERTY_
  ENRICHMENT_RETENTION_DAYS       days after which purge deletes data (never)
  ENRICHMENT_COMPANY_KEY          a key that opens only one company
  ENRICHMENT_MASTER_KEY           the key to the store, or with _FILE its file

\b
Every command has its own help: enrich-cli enrich --help
"""


class ManualCommand(TyperCommand):
    """A command whose options are shown in groups and must not be empty."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if not ctx.resilient_parsing:
            for parameter in self.params:
                _refuse_empty(ctx, parameter)
        return rest

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Drops the braces that typer puts around required arguments: manuals use them for choices."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        _write_in_groups(self, ctx, formatter)


class Manual(TyperGroup):
    """All commands, each with its whole first sentence. Global options may also follow the command."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, self._own_options_first(args))

    def _own_options_first(self, args: Sequence[str]) -> list[str]:
        takes_value = {
            name: not parameter.is_flag
            for parameter in self.params
            if isinstance(parameter, TyperOption) and not parameter.is_eager
            for name in parameter.opts
        }
        own: list[str] = []
        others: list[str] = []
        words = deque(args)
        while words and words[0] != "--":
            word = words.popleft()
            name, _, value = word.partition("=")
            needs_next = takes_value.get(name, False) and not value
            if name in takes_value and (words or not needs_next):
                own += [word, words.popleft()] if needs_next else [word]
            else:
                others.append(word)
        return [*own, *others, *words]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        _write_in_groups(self, ctx, formatter)
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.summary(name)) for name in self.list_commands(ctx)])

    def summary(self, name: str) -> str:
        """The first sentence of a command's help."""
        return " ".join((self.commands[name].help or "").partition("\n\n")[0].split())


def _refuse_empty(ctx: Context, parameter: Parameter) -> None:
    """Raises BadParameter for an empty text, as from an unset variable, and for `nan`, which is within any range."""
    given = ctx.params.get(parameter.name or "")
    for value in given if isinstance(given, list | tuple) else (given,):
        if value == "":
            raise typer.BadParameter("the value is empty", ctx, parameter)
        if isinstance(value, float) and not math.isfinite(value):
            raise typer.BadParameter(f"{value} is not a number", ctx, parameter)


def _write_in_groups(command: Command, ctx: Context, formatter: HelpFormatter) -> None:
    """Write arguments and options in their groups; those without one come last."""
    groups: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for parameter in command.get_params(ctx):
        if record := parameter.get_help_record(ctx):
            is_option = parameter.param_type_name == "option"
            group = getattr(parameter, "rich_help_panel", None) or (_OPTIONS if is_option else "Arguments")
            names, text = record
            groups[group].append((names, _RANGE.sub("", text).replace("  [", " [")))
    for group in sorted(groups, key=_OPTIONS.__eq__):
        with formatter.section(group):
            formatter.write_dl(groups[group])
