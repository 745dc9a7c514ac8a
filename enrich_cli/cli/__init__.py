"""One thin file per subcommand: read options, call, show. No rules."""

from enrich_cli.cli.app import main

__all__ = ["main"]
