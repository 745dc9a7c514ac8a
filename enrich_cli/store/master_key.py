"""The master key, which opens everything."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass

from enrich_cli.store.errors import MasterKeyError

KEY_BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class MasterKey:
    """32 bytes that open every company's keys. Has no `repr`, so that it reaches no log."""

    secret: bytes
    before: tuple[bytes, ...] = ()
    """The keys that it replaced, newest first: other stores, or older copies, may still be sealed with them."""

    @classmethod
    def parse(cls, text: str, origin: str) -> MasterKey:
        """Read 64 hexadecimal digits or base64 of 32 bytes; further words are previous keys.

        Raises MasterKeyError naming the origin.
        """
        secrets = [_secret(word) for word in text.split()]
        if not secrets or any(len(secret) != KEY_BYTES for secret in secrets):
            raise MasterKeyError(f"{origin} holds no master key: it is 32 bytes as 64 hexadecimal digits or as base64")
        return cls(secrets[0], tuple(secrets[1:]))

    @property
    def text(self) -> str:
        """The key as ENRICHMENT_MASTER_KEY holds it."""
        return base64.b64encode(self.secret).decode()

    def renewed(self) -> MasterKey:
        """A new key, with this one as its previous key."""
        return MasterKey(new_secret(), self.secrets)

    @property
    def secrets(self) -> tuple[bytes, ...]:
        return (self.secret, *self.before)


def new_secret() -> bytes:
    """A new random key."""
    return os.urandom(KEY_BYTES)


def _secret(word: str) -> bytes:
    try:
        return bytes.fromhex(word) if len(word) == 2 * KEY_BYTES else base64.b64decode(_standard(word), validate=True)
    except ValueError:
        return b""


def _standard(text: str) -> str:
    return text.replace("-", "+").replace("_", "/").rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
