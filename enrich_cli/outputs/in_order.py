"""Rows that finish in any order, handed on in their own."""

from __future__ import annotations

import os
import pickle
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from enrich_cli.domain.row import Finished
from enrich_cli.outputs.errors import writing
from enrich_cli.outputs.writer import Writer

_WHERE = "temporary file for rows that wait for an earlier one"
_NUMBER_BYTES = 8
"""The size of a place in the file of rows, and of a row's length there."""
_NONCE_BYTES = 12


class InOrder:
    """Takes numbered rows in any order and passes them to a writer as 0, 1, 2, ….

    A row whose turn it is goes straight through. Of those that are ahead a few are held in memory; the others wait in
    an unlinked temporary file, sealed under a key that only this object knows, for rows hold personal data; a second
    such file says where each one lies. So memory does not grow, however long the first row takes. Not for several
    threads at once.
    """

    def __init__(self, writer: Writer, *, held: int = 256, folder: Path | None = None) -> None:
        """`held` rows at most wait in memory; temporary files go to `folder`, else where the system keeps them.

        Raises WritingFailed.
        """
        self._writer = writer
        self._most_held = held
        self._held: dict[int, Finished] = {}
        self._next = 0
        self._on_disk = 0
        self._cipher = AESGCM(AESGCM.generate_key(256))
        with writing(_WHERE), ExitStack() as files:
            self._rows = files.enter_context(tempfile.TemporaryFile(dir=folder))
            self._places = files.enter_context(tempfile.TemporaryFile(dir=folder))
            self._files = files.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Drop the temporary files, with whatever waits in them."""
        # A full disk can't take what is left in a buffer, and need not.
        with suppress(OSError):
            self._files.close()

    def put(self, number: int, finished: Finished) -> None:
        """Take a row, and pass on all whose turn has come.

        Raises ValueError for a number that came before, and WritingFailed.
        """
        if number < self._next or number in self._held or (self._on_disk and self._place(number)):
            raise ValueError(f"row {number} came twice")
        if number > self._next:
            self._set_aside(number, finished)
            return
        turn: Finished | None = finished
        while turn:
            self._writer.write(turn)
            self._next += 1
            turn = self._held.pop(self._next, None) or self._taken_up(self._next)

    def _set_aside(self, number: int, finished: Finished) -> None:
        if len(self._held) < self._most_held:
            self._held[number] = finished
            return
        sealed = self._cipher.encrypt(_nonce(number), pickle.dumps(finished), None)
        with writing(_WHERE):
            place = self._rows.seek(0, os.SEEK_END)
            self._rows.write(len(sealed).to_bytes(_NUMBER_BYTES) + sealed)
            self._places.seek(number * _NUMBER_BYTES)
            self._places.write((place + 1).to_bytes(_NUMBER_BYTES))
        self._on_disk += 1

    def _taken_up(self, number: int) -> Finished | None:
        place = self._place(number) if self._on_disk else 0
        if not place:
            return None
        with writing(_WHERE):
            self._rows.seek(place - 1)
            sealed = self._rows.read(int.from_bytes(self._rows.read(_NUMBER_BYTES)))
        self._on_disk -= 1
        if not self._on_disk:
            self._empty()
        opened = self._cipher.decrypt(_nonce(number), sealed, None)
        finished: Finished = pickle.loads(opened)  # noqa: S301 nobody else has the key it was sealed with
        return finished

    def _place(self, number: int) -> int:
        """One more than where the row begins in the file of rows; 0 when it does not wait there."""
        with writing(_WHERE):
            self._places.seek(number * _NUMBER_BYTES)
            return int.from_bytes(self._places.read(_NUMBER_BYTES))

    def _empty(self) -> None:
        with writing(_WHERE):
            self._rows.truncate(0)
            self._places.truncate(0)


def _nonce(number: int) -> bytes:
    """A row is sealed once, so its number serves; it also keeps a row from opening in another's place."""
    return number.to_bytes(_NONCE_BYTES)
