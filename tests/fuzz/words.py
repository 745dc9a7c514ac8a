"""What is said of a source that can't be used."""

from __future__ import annotations

from enrich_cli.sources.errors import SourceError


def check_words(error: SourceError) -> None:
    """They are words that can be written to a terminal or a log."""
    assert str(error).encode()
