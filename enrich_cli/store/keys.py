"""The master key, and the keys of each company that it wraps."""

from __future__ import annotations

import base64
import binascii
import os
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from enrich_cli.store.cipher import Cipher, SealBroken, seal, unseal
from enrich_cli.store.errors import MasterKeyError

if TYPE_CHECKING:
    from enrich_cli.settings import Settings

KEY_BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class MasterKey:
    """32 bytes that open every company's keys. Has no `repr`, so that it reaches no log."""

    secret: bytes

    @classmethod
    def parse(cls, text: str, origin: str) -> MasterKey:
        """Read 64 hexadecimal digits or base64 of 32 bytes; raises MasterKeyError naming the origin."""
        text = text.strip()
        try:
            secret = (
                bytes.fromhex(text) if len(text) == 2 * KEY_BYTES else base64.b64decode(_standard(text), validate=True)
            )
        except (ValueError, binascii.Error):
            secret = b""
        if len(secret) != KEY_BYTES:
            raise MasterKeyError(f"{origin} holds no master key: it is 32 bytes as 64 hexadecimal digits or as base64")
        return cls(secret)


def _standard(text: str) -> str:
    return text.replace("-", "+").replace("_", "/").rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)


def key_from_file(path: Path, *, create: bool) -> MasterKey:
    """Read the key file; with `create`, make it first (mode 0600) when it is not there. Raises MasterKeyError."""
    try:
        if create and not path.exists():
            _make_key_file(path)
        return MasterKey.parse(path.read_text("ascii"), f"the key file {path}")
    except FileNotFoundError:
        raise MasterKeyError(
            f"the key file {path} is not there: without the master key nothing personal in the store can be read; "
            "put the file back, or set ENRICHMENT_MASTER_KEY or ENRICHMENT_MASTER_KEY_FILE"
        ) from None
    except UnicodeDecodeError:
        raise MasterKeyError(f"the key file {path} holds no master key") from None
    except OSError as error:
        raise MasterKeyError(f"the key file {path} can't be used: {error.strerror}") from None


def _make_key_file(path: Path) -> None:
    """Written beside and linked into place, so that of several processes one wins and all read the same key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(base64.b64encode(os.urandom(KEY_BYTES)).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        draft.unlink(missing_ok=True)


def company_cipher(connection: sqlite3.Connection, company: str, master: MasterKey) -> Cipher | None:
    """Unwrap a company's keys; None when it has none yet.

    Raises MasterKeyError when the master key is not the one that wrapped them, or those of any other company here.
    """
    row = connection.execute(
        "SELECT company_id, sealing_key, index_key FROM company_keys ORDER BY company_id <> ? LIMIT 1", (company,)
    ).fetchone()
    if row is None:
        return None
    keys = _unwrap(AESGCM(master.secret), *row)
    return Cipher(company, *keys) if row[0] == company else None


def has_keys(connection: sqlite3.Connection) -> bool:
    """Has any company keys here already, wrapped by a master key?"""
    return connection.execute("SELECT 1 FROM company_keys LIMIT 1").fetchone() is not None


def new_cipher(connection: sqlite3.Connection, company: str, master: MasterKey) -> Cipher:
    """Make a company's keys, within the transaction that is open."""
    wrapping = AESGCM(master.secret)
    sealing, index = os.urandom(KEY_BYTES), os.urandom(KEY_BYTES)
    connection.execute(
        "INSERT INTO company_keys (company_id, sealing_key, index_key) VALUES (?, ?, ?)",
        (company, seal(wrapping, sealing, _place(company, "sealing")), seal(wrapping, index, _place(company, "index"))),
    )
    return Cipher(company, sealing, index)


def passing_cipher(company: str) -> Cipher:
    """A cipher under keys that are kept nowhere, for a run that saves nothing."""
    return Cipher(company, os.urandom(KEY_BYTES), os.urandom(KEY_BYTES))


def _unwrap(wrapping: AESGCM, company: str, sealing: bytes, index: bytes) -> tuple[bytes, bytes]:
    try:
        return (
            unseal(wrapping, sealing, _place(company, "sealing")),
            unseal(wrapping, index, _place(company, "index")),
        )
    except SealBroken:
        raise MasterKeyError(
            "the master key is not the one this store was sealed with; nothing was changed. Set ENRICHMENT_MASTER_KEY "
            "or ENRICHMENT_MASTER_KEY_FILE to the right one"
        ) from None


def _place(company: str, purpose: str) -> tuple[str, ...]:
    return ("company_keys", company, purpose)


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where the master key is to be found: in a setting, else in a file."""

    text: str | None = field(repr=False)
    file: Path

    def __call__(self, create: bool) -> MasterKey:
        """The master key; with `create`, a key file that is not there is made. Raises MasterKeyError."""
        if self.text is not None:
            return MasterKey.parse(self.text, "ENRICHMENT_MASTER_KEY")
        return key_from_file(self.file, create=create)


def key_place(settings: Settings) -> KeyPlace:
    """As the settings say, else a key file in the user's configuration folder."""
    return KeyPlace(
        settings.master_key.get_secret_value() if settings.master_key else None,
        settings.master_key_file or platformdirs.user_config_path("enrich-cli", appauthor=False) / "master.key",
    )
