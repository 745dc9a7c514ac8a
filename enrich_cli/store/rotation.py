"""New keys: a new master key around the same keys, and new sealing keys for the same data."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec

from enrich_cli.store.access import rewrap_access
from enrich_cli.store.cipher import Cipher, SealBroken
from enrich_cli.store.connection import open_for_writing, transaction
from enrich_cli.store.erasing import erase
from enrich_cli.store.errors import StoreError
from enrich_cli.store.keys import Ring, company_ring, has_keys, keep_ring, key_in_force
from enrich_cli.store.liveness import is_alive
from enrich_cli.store.master_key import MasterKey, new_secret
from enrich_cli.store.sealed import SEALED, SealedColumn
from enrich_cli.store.sqlite_errors import told_clearly

_ROWS_A_BATCH = 500
_KEEP = "UPDATE {table} SET {column} = ? WHERE id = ?"


class Resealed(msgspec.Struct, frozen=True):
    """What resealing came to."""

    values: int
    broken: int
    """Values that open with no key, and were left as they are; the old sealing key is kept for them."""
    erased: bool
    """Whether nothing sealed with the old key is left in the store's files."""


def rotate_master(path: Path, master: MasterKey, renewed: Callable[[], MasterKey]) -> MasterKey:
    """Wrap the keys of every company with a new master key, and return it.

    `renewed` makes the new key, and stores it safely before it returns: if this is killed at any instant, the user has
    a key that opens the store. Raises StoreError, StoreFull, MasterKeyError.
    """
    with closing(open_for_writing(path)) as connection, told_clearly(path), transaction(connection):
        _refuse_where_nothing_is_sealed(connection, path)
        old = key_in_force(connection, master)
        rings = _rings(connection, master)
        new = renewed()
        _wrap(connection, rings, old=old, new=new.secret)
    return new


def is_resealing(path: Path) -> bool:
    """Was resealing begun and not finished? Raises StoreError, also if there is nothing to seal."""
    if not path.exists():
        raise StoreError(f"there is no store {path}, so there is no key to rotate")
    with closing(open_for_writing(path)) as connection, told_clearly(path):
        _refuse_where_nothing_is_sealed(connection, path)
        query = "SELECT 1 FROM company_keys WHERE old_sealing_key IS NOT NULL LIMIT 1"
        return connection.execute(query).fetchone() is not None


def _refuse_where_nothing_is_sealed(connection: sqlite3.Connection, path: Path) -> None:
    if not has_keys(connection):
        raise StoreError(f"nothing in {path} is sealed yet, so there is no key to rotate")


def reseal(path: Path, master: MasterKey) -> Resealed:
    """Seal everything with new sealing keys, in batches; an unfinished reseal is continued.

    Until the last batch each key opens what it sealed, so this may be killed at any instant, and runs may begin
    meanwhile. Raises StoreError if a run is going on that knows only the old keys, StoreFull, MasterKeyError.
    """
    with closing(open_for_writing(path)) as connection, told_clearly(path):
        with transaction(connection):
            rings = _with_new_sealing_keys(connection, path, master)
        values = broken = 0
        for company, ring in rings.items():
            done, left = _reseal_company(connection, company, ring.cipher(company))
            values, broken = values + done, broken + left
            if not left:
                with transaction(connection):
                    _retire(connection, company, master)
        return Resealed(values, broken, erase(connection, path))


def _with_new_sealing_keys(connection: sqlite3.Connection, path: Path, master: MasterKey) -> dict[str, Ring]:
    """The keys of all companies that have something to reseal."""
    rings = _rings(connection, master)
    if begun := {company: ring for company, ring in rings.items() if ring.old_sealing is not None}:
        return begun
    for (run_id,) in connection.execute("SELECT run_id FROM runs WHERE state = 'running'").fetchall():
        if is_alive(path, run_id):
            raise StoreError(f"run {run_id} is under way and seals with the old keys: wait until it ends, or stop it")
    new = {company: replace(ring, sealing=new_secret(), old_sealing=ring.sealing) for company, ring in rings.items()}
    wrapping = key_in_force(connection, master)
    _wrap(connection, new, old=wrapping, new=wrapping)
    return new


def _reseal_company(connection: sqlite3.Connection, company: str, cipher: Cipher) -> tuple[int, int]:
    """Returns how many values were resealed, and how many do not open."""
    values = broken = 0
    for sealed in SEALED:
        last: int | None = 0
        while last is not None:
            with transaction(connection):
                done, left, last = _batch(connection, company, cipher, sealed, after=last)
            values, broken = values + done, broken + left
    return values, broken


def _batch(
    connection: sqlite3.Connection, company: str, cipher: Cipher, sealed: SealedColumn, *, after: int
) -> tuple[int, int, int | None]:
    """Returns how many were resealed, how many do not open, and the last row; None after the last batch."""
    anew: list[tuple[bytes, int]] = []
    broken, last = 0, None
    for one in sealed.values(connection, company, after=after, most=_ROWS_A_BATCH):
        last = one.id
        try:
            if value := cipher.resealed(one.value, sealed.table, *one.place):
                anew.append((value, one.id))
        except SealBroken:
            broken += 1
    connection.executemany(_KEEP.format(table=sealed.table, column=sealed.column), anew)
    return len(anew), broken, last


def _retire(connection: sqlite3.Connection, company: str, master: MasterKey) -> None:
    """Nothing is sealed with the old key any more: drop it."""
    if ring := company_ring(connection, company, master):
        wrapping = key_in_force(connection, master)
        _wrap(connection, {company: replace(ring, old_sealing=None)}, old=wrapping, new=wrapping)


def _rings(connection: sqlite3.Connection, master: MasterKey) -> dict[str, Ring]:
    companies = [company for (company,) in connection.execute("SELECT company_id FROM company_keys").fetchall()]
    rings = {company: company_ring(connection, company, master) for company in companies}
    return {company: ring for company, ring in rings.items() if ring}


def _wrap(connection: sqlite3.Connection, rings: dict[str, Ring], *, old: bytes, new: bytes) -> None:
    for company, ring in rings.items():
        keep_ring(connection, company, ring, new)
    rewrap_access(connection, rings, old=old, new=new)
