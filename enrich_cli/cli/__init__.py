"""One thin file per subcommand: read options, call, show. No rules."""

from __future__ import annotations

import os
from typing import NoReturn

_INTERRUPTED = 130


def main() -> NoReturn:
    """The console script. Loading the program takes a while, in which Ctrl-C is no error either."""
    try:
        from enrich_cli.cli import app

        app.main()
    except KeyboardInterrupt:
        os._exit(_INTERRUPTED)
