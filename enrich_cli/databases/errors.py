"""What can go wrong with a database."""

from __future__ import annotations

from enrich_cli.domain.errors import ShownError


class DatabaseError(ShownError):
    """A database can't be used. The text says which, why and what to do, and holds neither a password nor a row."""

    exit_code = 2
