"""A command line that the program does not understand, in the program's own words: what is wrong, and what may be
meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from enrich_cli.cli.commands import SUMMARIES
from enrich_cli.domain.suggestion import closest

if TYPE_CHECKING:
    from typer._click import Command, Context

_NO_COMMAND = re.compile(r"No such command '(.*?)'")
_NO_NUMBER = re.compile(r"is not a valid (int|float)(?: range)?$")
_TOO_MANY = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)")


def misuse(error: typer.TyperException, line: Sequence[str]) -> str:
    """The message for a usage error, ending with the help to read. `line`: the words after the program's name."""
    context: Context | None = getattr(error, "ctx", None)
    said = error.format_message().rstrip(".")
    if context is None:
        named = [word for word in line if word in SUMMARIES][:1]
        return f"{said}; see {' '.join(['enrich-cli', *named])} --help"
    option: str | None = getattr(error, "option_name", None)
    if option is not None and said.startswith("No such option"):
        if command := _command_with(option, context, line):
            return f"{option} goes after the command: {context.command_path} {command} {option}"
        said = _no_option(option, context)
    elif match := _NO_COMMAND.match(said):
        said = _meant(f"there is no command {match[1]!r}", match[1], getattr(context.command, "commands", ()))
    elif match := _TOO_MANY.match(said):
        said = f"{context.command_path} takes no further argument: {match[1]}"
    elif match := _NO_NUMBER.search(said):
        said = said[: match.start()] + ("is not a whole number" if match[1] == "int" else "is not a number")
    return f"{said}{' See' if said.endswith('?') else '; see'} {context.command_path} --help"


def _no_option(option: str, context: Context) -> str:
    """Global options may also follow the command, if they come with their value; `--version` may not."""
    before = {name: parameter for parameter in context.find_root().command.params for name in parameter.opts}
    if parameter := before.get(option):
        return f"{option} {'goes before the command' if getattr(parameter, 'is_flag', False) else 'needs a value'}"
    own = (name for parameter in context.command.get_params(context) for name in parameter.opts)
    return _meant(f"{context.command_path} has no option {option}", option, (*own, *before))


def _command_with(option: str, context: Context, line: Sequence[str]) -> str | None:
    """A command named on the line which has this option, given too early; None if there is none."""
    commands: Mapping[str, Command] = getattr(context.command, "commands", {})
    for word in line:
        if word in commands and any(option in parameter.opts for parameter in commands[word].params):
            return word
    return None


def _meant(said: str, word: str, known: Iterable[str]) -> str:
    close = closest(word, known)
    return f"{said}; did you mean {close}?" if close else said
