"""The keys of each company: who can open them, and what they are wrapped with."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from enrich_cli.store.cipher import Cipher, SealBroken, seal, unseal
from enrich_cli.store.company_key import CompanyKey
from enrich_cli.store.errors import CompanyKeyError, MasterKeyError
from enrich_cli.store.master_key import MasterKey, new_secret

KeySource: TypeAlias = Callable[[bool], MasterKey | CompanyKey]
"""Gets the user's key. The argument says whether a master key may be made, which only a store without keys allows.

Raises MasterKeyError or CompanyKeyError.
"""
WRAPPED = "sealing_key, index_key, old_sealing_key"
"""The columns of a ring: in `company_keys` wrapped with the master key, in `company_access` with a company key."""


@dataclass(frozen=True, slots=True, repr=False)
class Ring:
    """A company's keys. Has no `repr`, so that it reaches no log."""

    sealing: bytes
    index: bytes
    """The index key. It never changes: hashes can't be remade without what was hashed."""
    old_sealing: bytes | None = None
    """The previous sealing key, as long as something may be sealed with it."""

    @classmethod
    def unwrapped(cls, wrapped_by: bytes, sealing: bytes, index: bytes, old_sealing: bytes | None, *place: str) -> Ring:
        """Open the keys of a row; raises SealBroken."""
        key = AESGCM(wrapped_by)
        return cls(
            unseal(key, sealing, (*place, "sealing")),
            unseal(key, index, (*place, "index")),
            None if old_sealing is None else unseal(key, old_sealing, (*place, "old sealing")),
        )

    def wrapped(self, by: bytes, *place: str) -> tuple[bytes, bytes, bytes | None]:
        """The keys as kept in a row, in the order of `WRAPPED`."""
        key = AESGCM(by)
        return (
            seal(key, self.sealing, (*place, "sealing")),
            seal(key, self.index, (*place, "index")),
            None if self.old_sealing is None else seal(key, self.old_sealing, (*place, "old sealing")),
        )

    def cipher(self, company: str) -> Cipher:
        return Cipher(company, self.sealing, self.index, self.old_sealing)


def cipher_for_reading(connection: sqlite3.Connection, company: str, keys: KeySource) -> Cipher | None:
    """Unwrap a company's keys; None if it has none yet. If nothing is sealed at all, no master key is needed.

    Raises MasterKeyError if the master key did not wrap them, or those of any other company here, and CompanyKeyError
    if a company key does not open this company.
    """
    if not has_keys(connection):
        return None
    key = keys(False)
    if isinstance(key, CompanyKey):
        return _granted(connection, company, key).cipher(company)
    ring = company_ring(connection, company, key)
    return ring.cipher(company) if ring else None


def company_ring(connection: sqlite3.Connection, company: str, master: MasterKey) -> Ring | None:
    """A company's keys; None if it has none yet. Raises MasterKeyError like `cipher_for_reading`."""
    row = _row(connection, company)
    if row is None:
        return None
    _, ring = _opened(master, *row)
    return ring if row[0] == company else None


def key_in_force(connection: sqlite3.Connection, master: MasterKey) -> bytes:
    """The master key with which this store is sealed; the newest if nothing is. Raises MasterKeyError."""
    row = _row(connection, "")
    return _opened(master, *row)[0] if row else master.secret


def has_keys(connection: sqlite3.Connection) -> bool:
    """Does any company have keys here, wrapped with a master key?"""
    return connection.execute("SELECT 1 FROM company_keys LIMIT 1").fetchone() is not None


def new_ring(connection: sqlite3.Connection, company: str, master: MasterKey) -> Ring:
    """Make a company's keys, within the open transaction."""
    ring = Ring(new_secret(), new_secret())
    keep_ring(connection, company, ring, key_in_force(connection, master))
    return ring


def keep_ring(connection: sqlite3.Connection, company: str, ring: Ring, wrapping: bytes) -> None:
    """Save a company's keys, wrapped with a master key."""
    connection.execute(
        f"INSERT OR REPLACE INTO company_keys (company_id, {WRAPPED}) VALUES (?, ?, ?, ?)",  # noqa: S608 our columns
        (company, *ring.wrapped(wrapping, "company_keys", company)),
    )


def cipher_for_writing(connection: sqlite3.Connection, company: str, keys: KeySource) -> Cipher:
    """A company's cipher; its keys are made first if it has none, within the open transaction.

    Raises MasterKeyError or CompanyKeyError.
    """
    key = keys(not has_keys(connection))
    if isinstance(key, CompanyKey):
        return _granted(connection, company, key).cipher(company)
    return (company_ring(connection, company, key) or new_ring(connection, company, key)).cipher(company)


def passing_cipher(company: str) -> Cipher:
    """A cipher with keys that are kept nowhere, for a run that saves nothing."""
    return Ring(new_secret(), new_secret()).cipher(company)


def _row(connection: sqlite3.Connection, company: str) -> tuple[str, bytes, bytes, bytes | None] | None:
    """The keys of this company, else of any other."""
    row: tuple[str, bytes, bytes, bytes | None] | None = connection.execute(
        f"SELECT company_id, {WRAPPED} FROM company_keys ORDER BY company_id <> ? LIMIT 1",  # noqa: S608 our columns
        (company,),
    ).fetchone()
    return row


def _opened(
    master: MasterKey, company: str, sealing: bytes, index: bytes, old_sealing: bytes | None
) -> tuple[bytes, Ring]:
    for secret in master.secrets:
        with suppress(SealBroken):
            return secret, Ring.unwrapped(secret, sealing, index, old_sealing, "company_keys", company)
    raise MasterKeyError(
        "the master key is not the one this store was sealed with; nothing was changed. Set ENRICHMENT_MASTER_KEY "
        "or ENRICHMENT_MASTER_KEY_FILE to the right one"
    )


def _granted(connection: sqlite3.Connection, company: str, key: CompanyKey) -> Ring:
    row = connection.execute(
        f"SELECT {WRAPPED} FROM company_access WHERE key_id = ? AND company_id = ?",  # noqa: S608 our columns
        (key.id, company),
    ).fetchone()
    with suppress(SealBroken):
        if row:
            return Ring.unwrapped(key.secret, *row, "company_access", company, key.id)
    raise CompanyKeyError(f"ENRICHMENT_COMPANY_KEY does not open company {company} in this store; nothing was changed")
