"""The command `forget`: who is meant, deleting everything about them, and a receipt that names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.months import stamp
from enrich_cli.store.connection import open_for_writing, reading, transaction
from enrich_cli.store.erasing import erase
from enrich_cli.store.errors import StoreError
from enrich_cli.store.keys import KeySource, cipher_for_reading, cipher_for_writing
from enrich_cli.store.people import People, Person
from enrich_cli.store.privacy import Gone, forget
from enrich_cli.store.recovery import recover
from enrich_cli.store.sqlite_errors import told_clearly
from enrich_cli.store.synthetic import is_synthetic


class Objector(msgspec.Struct, frozen=True):
    """One person to forget."""

    who: str | Customer
    """An id, an e-mail, a name or a phone; or the fields of a row."""
    listed: str = ""
    """The file and line of the list that names them: a list may hold people who are not stored."""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What was done. Holds nothing personal."""

    company: str
    at: datetime
    people: int
    stored: int
    """How many of them had something stored."""
    gone: Gone
    identities: int
    """Keyed hashes that are kept to recognise them from now on."""
    erased: bool
    """Whether nothing is left in the store's files. If not, a run or others were using them, or the disk
    had no room.
    """
    synthetic: bool
    """Whether the store holds the sandbox's data."""


def count_people(path: Path, company: str, objectors: Sequence[Objector], *, keys: KeySource) -> tuple[int, int]:
    """How many people are meant, and as how many customers they are stored. Raises as `forget_people`."""
    with reading(path) as connection:
        if connection is None or (cipher := cipher_for_reading(connection, company, keys)) is None:
            return len(objectors), 0
        people = _find(People(connection, company, cipher), objectors)
        return len(people), len(frozenset().union(*(person.stored for person in people)))


def forget_people(
    path: Path, company: str, objectors: Sequence[Objector], *, keys: KeySource, now: datetime
) -> Receipt:
    """Delete everything stored about these people, and keep only keyed hashes of their objection: all of them or none.

    Running runs obey it too. Raises StoreError if somebody can't be found, or is not one person; MasterKeyError,
    CompanyKeyError, StoreFull.
    """
    with closing(open_for_writing(path)) as connection, told_clearly(path):
        with transaction(connection):
            recover(connection, path, company, stamp(now))
            cipher = cipher_for_writing(connection, company, keys)
            people = _find(People(connection, company, cipher), objectors)
            gone = forget(connection, company, people, now)
        return Receipt(
            company=company,
            at=now,
            people=len(people),
            stored=sum(bool(person.stored) for person in people),
            gone=gone,
            identities=len(frozenset().union(*(person.identities for person in people))),
            erased=erase(connection, path),
            synthetic=is_synthetic(connection),
        )


def _find(people: People, objectors: Sequence[Objector]) -> list[Person]:
    """Everybody who is meant, each once."""
    found: dict[frozenset[str] | frozenset[bytes], Person] = {}
    for objector in objectors:
        try:
            person = (
                people.listed(objector.who)
                if isinstance(objector.who, Customer) or objector.listed
                else people.called(objector.who)
            )
        except StoreError as error:
            where = f"{objector.listed}: " if objector.listed else ""
            raise StoreError(f"{where}{error}; nothing was forgotten") from None
        who = person.stored or person.identities
        found[who] = found[who].and_by(person) if who in found else person
    return list(found.values())
