"""Company keys: issuing, listing, revoking. Issuing and revoking take the master key."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from enrich_cli.domain.months import from_stamp, stamp
from enrich_cli.store.cipher import seal, unseal
from enrich_cli.store.company_key import CompanyKey
from enrich_cli.store.connection import open_for_writing, reading, transaction
from enrich_cli.store.erasing import empty_log
from enrich_cli.store.errors import StoreError
from enrich_cli.store.keys import WRAPPED, Ring, company_ring, has_keys, key_in_force, new_ring
from enrich_cli.store.master_key import MasterKey
from enrich_cli.store.sqlite_errors import told_clearly

_GRANT = f"""
INSERT OR REPLACE INTO company_access (key_id, company_id, issued_at, secret, {WRAPPED}) VALUES (?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608 our columns


class Issued(msgspec.Struct, frozen=True):
    """A company key as the store knows it."""

    id: str
    issued_at: datetime


def issue_key(path: Path, company: str, master: Callable[[bool], MasterKey], now: datetime) -> CompanyKey:
    """Make a key that opens only this company, and the company's own keys if it has none yet.

    Raises StoreError, StoreFull, MasterKeyError.
    """
    with closing(open_for_writing(path)) as connection, told_clearly(path), transaction(connection):
        mine = master(not has_keys(connection))
        ring = company_ring(connection, company, mine) or new_ring(connection, company, mine)
        key = CompanyKey.new()
        _grant(connection, company, key, ring, master=key_in_force(connection, mine), issued_at=stamp(now))
    return key


def list_keys(path: Path, company: str) -> list[Issued]:
    """The company's keys, oldest first. Raises StoreError."""
    with reading(path) as connection:
        if connection is None:
            return []
        rows = connection.execute(
            "SELECT key_id, issued_at FROM company_access WHERE company_id = ? ORDER BY rowid", (company,)
        )
        return [Issued(key_id, from_stamp(issued_at)) for key_id, issued_at in rows]


def revoke_key(path: Path, company: str, key_id: str, master: Callable[[bool], MasterKey]) -> None:
    """Delete what a key opens, also from the disk. Raises StoreError if there is no such key, MasterKeyError."""
    with closing(open_for_writing(path)) as connection, told_clearly(path):
        with transaction(connection):
            key_in_force(connection, master(False))
            gone = connection.execute(
                "DELETE FROM company_access WHERE company_id = ? AND key_id = ?", (company, key_id)
            ).rowcount
            if not gone:
                raise StoreError(f"company {company} has no key with this id; `company-key list` shows those it has")
        empty_log(connection)


def rewrap_access(connection: sqlite3.Connection, rings: Mapping[str, Ring], *, old: bytes, new: bytes) -> None:
    """Wrap the company keys of these companies with a new master key, and with each company key the keys
    that it opens.
    """
    rows = connection.execute("SELECT key_id, company_id, issued_at, secret FROM company_access").fetchall()
    for key_id, company, issued_at, secret in rows:
        if company not in rings:
            continue
        key = CompanyKey(unseal(AESGCM(old), secret, _place(company, key_id)))
        _grant(connection, company, key, rings[company], master=new, issued_at=issued_at)


def _grant(
    connection: sqlite3.Connection, company: str, key: CompanyKey, ring: Ring, *, master: bytes, issued_at: str
) -> None:
    """Let a company key open the company's keys.

    The company key itself is kept too, wrapped with the master key, so that it can be made to open what is resealed
    later.
    """
    secret = seal(AESGCM(master), key.secret, _place(company, key.id))
    wrapped = ring.wrapped(key.secret, "company_access", company, key.id)
    connection.execute(_GRANT, (key.id, company, issued_at, secret, *wrapped))


def _place(company: str, key_id: str) -> tuple[str, ...]:
    return ("company_access", company, key_id, "secret")
