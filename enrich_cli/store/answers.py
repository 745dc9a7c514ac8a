"""What providers answered, kept under the keyed hash of the question, and given to whoever asks the same.

Every call is inside the transaction of its caller, and takes as many statements for many questions as for one.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from enrich_cli.domain.months import from_stamp, stamp
from enrich_cli.gateway.journal import Question, Settlement
from enrich_cli.providers.lookup import Response
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.many import among, insert
from enrich_cli.store.privacy import is_forgotten

_FAST_COMPRESSION = 1
_PENDING = 202
_RECALL = "SELECT question, customer_id, run_id, at, status, body FROM answers WHERE company_id = ? AND question IN"
_KEEP = """
INSERT OR REPLACE INTO answers (company_id, question, customer_id, provider, run_id, at, status, cost, in_doubt, body)
"""
_SHARE = "INSERT OR IGNORE INTO shared_answers (company_id, question, customer_id)"
_COUNTED = """
SELECT customer_id, run_id, at FROM run_customers
WHERE company_id = ? AND counted = 1 AND outcome <> 'crashed' AND customer_id IN
"""


class _Kept(NamedTuple):
    customer_id: str
    """Of whom it was asked."""
    run_id: str
    at: str
    status: int
    body: bytes


class Answers:
    """The answers that one run may use, and those that it brings."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        cipher: Cipher,
        *,
        company: str,
        run_id: str,
        is_near: Callable[[str], bool],
    ) -> None:
        """`is_near`: does what that run was answered serve whatever its age?"""
        self._connection = connection
        self._cipher = cipher
        self._company = company
        self._run_id = run_id
        self._is_near = is_near

    def recall(
        self, questions: Sequence[Question], keys: Sequence[bytes], oldest: Callable[[], str | None]
    ) -> list[Response | None]:
        """The answers on disk that may serve: of a run that is near, or newer than `oldest` says."""
        rows = among(self._connection, _RECALL, (self._company,), keys)
        if not rows:
            return [None] * len(questions)
        found = {question: _Kept(*kept) for question, *kept in rows}
        shared: list[tuple[str, bytes, str]] = []
        serving: dict[int, _Kept] = {}
        for place, (question, key) in enumerate(zip(questions, keys, strict=True)):
            if key not in found:
                continue
            kept = found[key]
            fresh = ((limit := oldest()) is not None and kept.at > limit) or self._is_near(kept.run_id)
            serves = fresh and not (question.repeat and kept.status == _PENDING)
            if kept.customer_id != question.customer_id:
                # Whoever the answer is about must find it when asking to be forgotten, also if another's replaces it.
                shared.append((self._company, key, question.customer_id if serves else kept.customer_id))
            if serves:
                serving[place] = kept
        newly_shared = set(insert(self._connection, _SHARE, shared, "RETURNING question, customer_id"))
        counted = self._counted({questions[place].customer_id for place in serving})
        answers: list[Response | None] = [None] * len(questions)
        for place, kept in serving.items():
            customer_id, key = questions[place].customer_id, keys[place]
            known = any(run_id == kept.run_id for run_id, _ in counted.get(customer_id, ()))
            if kept.customer_id != customer_id:
                # By a run of before it came nobody was counted for it; the one that brought it may have counted its
                # customers by what it had found earlier.
                known = known or any(at >= kept.at for _, at in counted.get(customer_id, ()))
                known = known and (key, customer_id) not in newly_shared
            body = zlib.decompress(self._cipher.unseal(kept.body, "answers", key.hex()))
            answers[place] = Response(kept.status, body, at=from_stamp(kept.at).timestamp(), counted=known)
        return answers

    def keep(self, answers: Iterable[tuple[Settlement, bytes, str, str]], now: datetime) -> None:
        """Put answers on disk, each with its question, customer and provider. Settlements without one are none.

        What comes of a person who was forgotten while they were looked up is not kept.
        """
        at = stamp(now)
        rows = [
            (
                self._company,
                question,
                customer,
                provider,
                self._run_id,
                at,
                settlement.answer.status,
                settlement.cost.micros,
                settlement.in_doubt.micros,
                self._cipher.seal(zlib.compress(settlement.answer.body, _FAST_COMPRESSION), "answers", question.hex()),
            )
            for settlement, question, customer, provider in answers
            if settlement.answer is not None and not is_forgotten(customer)
        ]
        insert(self._connection, _KEEP, rows)

    def _counted(self, customer_ids: Collection[str]) -> dict[str, list[tuple[str, str]]]:
        """Of each customer, the runs that have finished and counted it, each with the time of that."""
        counted: dict[str, list[tuple[str, str]]] = {}
        for customer_id, *run in among(self._connection, _COUNTED, (self._company,), list(customer_ids)):
            counted.setdefault(customer_id, []).append((run[0], run[1]))
        return counted
