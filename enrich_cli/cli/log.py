"""What is written to standard error: text for people, or with `--log-format json` one JSON object per line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from enrich_cli.domain.months import iso
from enrich_cli.domain.times import LOCAL, Times

if TYPE_CHECKING:
    from enrich_cli.domain.events import Event


_ESCAPED = {code: repr(chr(code))[1:-1] for code in (*range(0x20), *range(0x7F, 0xA0))}
"""How control characters are written."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """Writes errors and warnings always, notes unless `quiet`, and events unless `quiet` if it is `verbose` or
    `as_json`.
    """

    as_json: bool = False
    verbose: bool = False
    quiet: bool = False
    now: Callable[[], datetime] = _now
    times: Times = LOCAL

    def failure(self, text: str) -> None:
        self._say("error", {"message": text}, f"enrich-cli: error: {_in_one_line(text)}")

    def warning(self, text: str) -> None:
        """Something that needs attention, although the command did its work; also shown in a quiet run."""
        self._say("warning", {"message": text}, f"enrich-cli: warning: {_in_one_line(text)}")

    def note(self, text: str) -> None:
        """Something that a quiet run does not show."""
        if not self.quiet:
            self.say(text)

    def say(self, text: str) -> None:
        """Something that a quiet run shows, too."""
        self._say("note", {"message": text}, text)

    def event(self, event: Event) -> None:
        """One line about what happened in a run, if there is a log of such lines."""
        if self.quiet or not (self.as_json or self.verbose):
            return
        from msgspec.structs import asdict

        told = asdict(event)
        words = " ".join(f"{name}={_word(value)}" for name, value in told.items() if value is not None)
        self._say(event.name, told, f"{self.times.second(self.now())} {event.name} {words}")

    def _say(self, name: str, told: Mapping[str, object], text: str) -> None:
        if self.as_json:
            import json

            text = json.dumps({"time": iso(self.now()), "event": name, **told}, default=str)
        typer.echo(text, err=True)


def _in_one_line(text: str) -> str:
    """The text with line breaks and other control characters, as a file's name may have them, escaped."""
    return text.translate(_ESCAPED)


def _word(value: object) -> str:
    if isinstance(value, Mapping):
        return ",".join(f"{name}:{number}" for name, number in value.items() if number) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
