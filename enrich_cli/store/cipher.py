"""Sealing and hashing with the keys of one company."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from enrich_cli.domain.errors import ShownError

_NONCE_BYTES = 12
_HASH_BYTES = 16


class SealBroken(ShownError):
    """A sealed value does not open: it was changed, moved, or sealed with another key."""

    exit_code = 1


def seal(key: AESGCM, plain: bytes, place: tuple[str, ...]) -> bytes:
    """Encrypt with AES-256-GCM and a random nonce, bound to a place, so that it opens nowhere else."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + key.encrypt(nonce, plain, _bound(place))


def unseal(key: AESGCM, sealed: bytes, place: tuple[str, ...]) -> bytes:
    """Open what `seal` made; raises SealBroken."""
    try:
        return key.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(place))
    except (InvalidTag, ValueError, TypeError):  # who writes into the file may put a text or a number there
        raise SealBroken(
            f"a sealed value of {place[0]} does not open, because it was changed; `check` lists all of them"
        ) from None


def _bound(place: tuple[str, ...]) -> bytes:
    return b"".join(map(_part, place))


@lru_cache(maxsize=256)
def _part(text: str) -> bytes:
    """Of the parts of a place, only the customer changes from row to row."""
    part = text.encode()
    return len(part).to_bytes(4, "big") + part


class Cipher:
    """Seals, opens and hashes with one company's keys; as long as resealing goes on, opens with the old key, too."""

    def __init__(
        self, company: str, sealing_key: bytes, index_key: bytes, old_sealing_key: bytes | None = None
    ) -> None:
        self._company = company
        self._sealing = AESGCM(sealing_key)
        self._old_sealing = AESGCM(old_sealing_key) if old_sealing_key else None
        # Copying an HMAC that has taken in the key costs a third of starting anew for each text.
        self._index = HMAC(index_key, SHA256())

    def seal(self, plain: bytes, table: str, *row: str) -> bytes:
        """Encrypt for one place: a table, and what names the row and its value there."""
        return seal(self._sealing, plain, (table, self._company, *row))

    def unseal(self, sealed: bytes, table: str, *row: str) -> bytes:
        """Open what `seal` sealed for this place; raises SealBroken."""
        place = (table, self._company, *row)
        if self._old_sealing:
            with suppress(SealBroken):
                return unseal(self._old_sealing, sealed, place)
        return unseal(self._sealing, sealed, place)

    def resealed(self, sealed: bytes, table: str, *row: str) -> bytes | None:
        """What the old sealing key sealed, under the new one; None if that is already so. Raises SealBroken."""
        place = (table, self._company, *row)
        with suppress(SealBroken):
            unseal(self._sealing, sealed, place)
            return None
        return self.seal(self.unseal(sealed, table, *row), table, *row)

    def hash(self, kind: str, text: str | bytes) -> bytes:
        """A keyed hash (HMAC-SHA-256, 128 bits) of a text; equal texts of different kinds have different hashes."""
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        keyed = self._index.copy()
        keyed.update(kind.encode() + b"\x00" + data)
        return keyed.finalize()[:_HASH_BYTES]
