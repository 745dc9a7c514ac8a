"""A command line that the program does not understand, in its own words: what is wrong, and what may be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from enrich_cli.domain.suggestion import closest

if TYPE_CHECKING:
    from typer._click import Context

_NO_COMMAND = re.compile(r"No such command '(.*?)'")


def misuse(error: typer.TyperException) -> str:
    """What to say of it, with the help to read."""
    context: Context | None = getattr(error, "ctx", None)
    said = error.format_message().rstrip(".")
    if context is None:
        return f"{said}; see enrich-cli --help"
    option: str | None = getattr(error, "option_name", None)
    if option is not None and said.startswith("No such option"):
        said = _no_option(option, context)
    elif match := _NO_COMMAND.match(said):
        said = _meant(f"there is no command {match[1]!r}", match[1], getattr(context.command, "commands", ()))
    return f"{said}{' See' if said.endswith('?') else '; see'} {context.command_path} --help"


def _no_option(option: str, context: Context) -> str:
    """One of the program's own may stand behind the command, too; but then with its value, and not `--version`."""
    before = {name: parameter for parameter in context.find_root().command.params for name in parameter.opts}
    if parameter := before.get(option):
        return f"{option} {'stands before any command' if getattr(parameter, 'is_flag', False) else 'needs a value'}"
    own = (name for parameter in context.command.get_params(context) for name in parameter.opts)
    return _meant(f"{context.command_path} has no option {option}", option, (*own, *before))


def _meant(said: str, word: str, known: Iterable[str]) -> str:
    close = closest(word, known)
    return f"{said}; did you mean {close}?" if close else said
