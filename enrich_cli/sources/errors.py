"""What can go wrong with a source as a whole. A row that can't be used is a value (`Rejected`), not an error."""

from __future__ import annotations

import zlib

from enrich_cli.domain.errors import ShownError

UNREADABLE = (OSError, EOFError, zlib.error)
"""What reading a file may raise, compressed or not."""


class SourceError(ShownError):
    """The source can't be used, or not be read to its end. The text says what, where and what to do, and quotes no
    cell.
    """

    exit_code = 2
