"""One thin file per subcommand: read options, call, show. No rules."""

from __future__ import annotations

from typing import NoReturn

from enrich_cli.cli.interrupts import leave_on_signals


def main() -> NoReturn:
    """The console script. Signals are handled before the rest is loaded, which is most of a quick command's time."""
    leave_on_signals()
    from enrich_cli.cli import app

    app.main()
