"""A key that opens only one company, and the check against using it for others.

Imports no cipher, since `quota` makes this check, too.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from enrich_cli.store.connection import reading
from enrich_cli.store.errors import CompanyKeyError

_PREFIX = "ck_"
_SECRET_BYTES = 32
_ID_DIGITS = 16


@dataclass(frozen=True, slots=True, repr=False)
class CompanyKey:
    """32 random bytes; the store holds a company's keys wrapped with them. Has no `repr`, so that it reaches no log."""

    secret: bytes

    @classmethod
    def new(cls) -> CompanyKey:
        return cls(os.urandom(_SECRET_BYTES))

    @classmethod
    def parse(cls, text: str) -> CompanyKey:
        """Read what `text` wrote; raises CompanyKeyError."""
        try:
            secret = base64.b64decode(text.strip().removeprefix(_PREFIX) + "=", altchars=b"-_", validate=True)
        except ValueError:
            secret = b""
        if len(secret) != _SECRET_BYTES:
            raise CompanyKeyError(
                f"ENRICHMENT_COMPANY_KEY holds no company key: `company-key new` makes one, which begins with {_PREFIX}"
            )
        return cls(secret)

    @property
    def text(self) -> str:
        """The key as its holder keeps it."""
        return _PREFIX + base64.urlsafe_b64encode(self.secret).decode().rstrip("=")

    @property
    def id(self) -> str:
        """Its name in the store; reveals nothing about the key."""
        return hashlib.sha256(self.secret).hexdigest()[:_ID_DIGITS]


def refuse_other_companies(path: Path, key: CompanyKey, company: str) -> None:
    """Raises CompanyKeyError unless this key opens this company in this store."""
    opened = _opened_by(path, key)
    if opened is None:
        raise CompanyKeyError(
            f"ENRICHMENT_COMPANY_KEY opens nothing in {path}: it was revoked, or is another store's; ask for a new one"
        )
    if opened != company:
        raise CompanyKeyError(f"ENRICHMENT_COMPANY_KEY opens only company {opened}, not {company}")


def _opened_by(path: Path, key: CompanyKey) -> str | None:
    table = "SELECT 1 FROM sqlite_master WHERE name = 'company_access'"
    with reading(path, outdated=True) as connection:
        if connection is None or not connection.execute(table).fetchone():
            return None
        row = connection.execute("SELECT company_id FROM company_access WHERE key_id = ?", (key.id,)).fetchone()
        return str(row[0]) if row else None
