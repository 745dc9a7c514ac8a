"""Looks for people and keys in whatever a test leaves behind: they may only be there sealed, or where
the user asked.
"""

from __future__ import annotations

import base64
import json
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from enrich_cli.domain.errors import ShownError
from enrich_cli.store.company_key import CompanyKey
from enrich_cli.store.keys import Ring, company_ring
from enrich_cli.store.master_key import MasterKey
from enrich_cli.store.sealed import SEALED

SHORTEST = 6
"""The length in bytes of the shortest value to look for: shorter ones will appear in random bytes some day."""
ASCII = re.compile(rb"[ -~]{%d,}" % SHORTEST)
EMAIL = re.compile(
    rb"[\w.+-]{2,}@(?!example\.com\b|db\.example\b)[\w-]+(?:\.[\w-]+)*\.(?:example|com|net|org)\b", re.IGNORECASE
)
"""Any address except the examples in the help, with domains that can't appear in sealed bytes by chance."""
TIME = re.compile(r"\d{4}-\d\d(-\d\d.*)?")
COMPANY_KEY = re.compile(r"\bck_[\w-]{20,}")
PASSWORD = re.compile(r"://[^/@\s:]+:([^/@\s]{4,})@")


@dataclass(slots=True)
class Scanner:
    """What is known about the people and keys of one test, to be found wherever they must not be."""

    people: dict[bytes, str] = field(default_factory=dict)
    """Value → what kind of value it is."""
    secrets: dict[bytes, str] = field(default_factory=dict)

    def learn_source(self, content: bytes) -> None:
        """A table of people, as a file or as standard input: every cell below the header that looks personal."""
        for line in content.decode("utf-8", errors="replace").splitlines()[1:]:
            for cell in re.split(r"[,;\t|]", line):
                self._learn_person(cell.strip(' "'), "a value of a source")

    def learn_secret(self, secret: str, kind: str) -> None:
        """The value as it is, and in base64, alone and within something longer."""
        self._learn_bytes(secret.encode(), kind)

    def learn_key(self, secret: bytes, kind: str) -> None:
        """32 bytes as they are, and in every form that a user or program would write."""
        self._learn_bytes(secret, kind)
        for text in (secret.hex().encode(), base64.urlsafe_b64encode(secret).rstrip(b"=")):
            self._learn_bytes(text, kind)

    def learn_said(self, text: str) -> None:
        """The company keys and passwords in a command line or in what a command printed."""
        for key in COMPANY_KEY.findall(text):
            self.learn_secret(key, "a company key")
            with suppress(ShownError):
                self.learn_key(CompanyKey.parse(key).secret, "a company key")
        for password in PASSWORD.findall(text):
            self.learn_secret(password, "a password")

    def learn_master_key(self, text: str) -> MasterKey | None:
        """A key as a setting or the key file holds it; None if it is none."""
        with suppress(ShownError):
            key = MasterKey.parse(text, "")
            for secret in key.secrets:
                self.learn_key(secret, "a master key")
            return key
        return None

    def learn_store(self, path: Path, masters: Iterable[MasterKey]) -> None:
        """Everything that is sealed in a store, and its companies' keys, if one of the master keys opens it."""
        with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
            for (company,) in store.execute("SELECT company_id FROM company_keys").fetchall():
                for master in masters:
                    with suppress(ShownError):
                        if ring := company_ring(store, company, master):
                            self._learn_sealed(store, company, ring)

    def _learn_sealed(self, store: sqlite3.Connection, company: str, ring: Ring) -> None:
        for key in (ring.sealing, ring.index, ring.old_sealing):
            if key:
                self.learn_key(key, "a company's sealing or index key")
        cipher = ring.cipher(company)
        for sealed in SEALED:
            for _, place, value in sealed.values(store, company):
                opened = cipher.unseal(value, sealed.table, *place)
                content = zlib.decompress(opened) if sealed.table == "answers" else opened
                with suppress(ValueError):
                    self._learn_json(json.loads(content), f"a sealed value of {sealed.table}")

    def _learn_json(self, content: Any, kind: str, name: str = "") -> None:
        if isinstance(content, dict):
            # Provenance names providers.
            for key in content.keys() - {"provenance"}:
                self._learn_json(content[key], kind, key)
        elif isinstance(content, list):
            for value in content:
                self._learn_json(value, kind, name)
        elif isinstance(content, str):
            self._learn_person(content, kind)
            if "name" in name:
                for word in content.split():
                    self._learn_value(word, kind)

    def _learn_person(self, value: str, kind: str) -> None:
        """In any case; a value that could be anybody's, such as a single common word, is left out."""
        if not TIME.fullmatch(value) and (re.search(r"\S\s+\S|@|://", value) or sum(map(str.isdigit, value)) >= 7):
            for text in (value, value.lower(), value.upper(), json.dumps(value)[1:-1]):
                self._learn_value(text, kind)

    def _learn_value(self, value: str, kind: str) -> None:
        if len(value.encode()) >= SHORTEST:
            self.people.setdefault(value.encode(), kind)

    def _learn_bytes(self, secret: bytes, kind: str) -> None:
        if len(secret) < SHORTEST:
            return
        self.secrets[secret] = kind
        for before in range(3):
            # The outermost digits of base64 also depend on what is next to the value.
            self.secrets[base64.b64encode(bytes(before) + secret)[(0, 2, 3)[before] :].rstrip(b"=")[:-1]] = kind

    def found(self, content: bytes, *, people: bool = True, secrets: bool = True) -> Iterator[str]:
        """The kinds of what is there, never the values."""
        readable = b"\n".join(ASCII.findall(content))
        wanted = (self.people if people else {}) | (self.secrets if secrets else {})
        kinds = {kind for value, kind in wanted.items() if value in (readable if ASCII.fullmatch(value) else content)}
        if people and EMAIL.search(readable):
            kinds.add("an e-mail address")
        yield from sorted(kinds)
