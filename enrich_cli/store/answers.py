"""What providers answered, kept under the keyed hash of the question, and served to every lookup that asks the same.

Every call is inside its caller's transaction, and takes as many statements for many questions as for one.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from enrich_cli.domain.months import from_stamp, stamp
from enrich_cli.gateway.journal import Question, Settlement
from enrich_cli.providers.lookup import PENDING, Response
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.many import among, from_rows, insert
from enrich_cli.store.privacy import is_forgotten
from enrich_cli.store.runs import run_ids

_FAST_COMPRESSION = 1
_RECALL = "SELECT question, customer_id, run_id, at, status, body FROM answers WHERE company_id = ? AND question IN"
_KEEP = """
INSERT OR REPLACE INTO answers (company_id, question, customer_id, provider, run_id, at, status, cost, in_doubt, body)
"""
# The columns: question, customer, the time of its answer, company.
_LAST_NEWS_TO = """
SELECT column1, column2, (
    SELECT s.run_id FROM shared_answers s
    WHERE s.company_id = column4 AND s.question = column1 AND s.customer_id = column2 AND s.answered_at = column3
)
"""
_SHARE = "INSERT INTO shared_answers (company_id, question, customer_id, run_id, answered_at)"
_NEWER = """
ON CONFLICT (company_id, question, customer_id) DO UPDATE SET run_id = excluded.run_id,
    answered_at = excluded.answered_at
"""
_COUNTED = """
SELECT c.customer_id, c.run_id, CASE WHEN c.at < runs.started_at THEN runs.resumes END
FROM run_customers c LEFT JOIN runs ON runs.run_id = c.run_id
WHERE c.company_id = ? AND c.counted = 1 AND c.outcome <> 'crashed' AND c.customer_id IN
"""
"""A run that resumes another takes over its row, and so its count: then the count is older than the run."""


class _Kept(NamedTuple):
    customer_id: str
    """The customer who was asked about."""
    run_id: str
    at: str
    status: int
    body: bytes


class Answers:
    """The answers that one run may use, and those that it adds."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        cipher: Cipher,
        *,
        company: str,
        run_id: str,
        is_near: Callable[[str], bool],
    ) -> None:
        """`is_near`: may an answer of that run be used at any age?"""
        self._connection = connection
        self._cipher = cipher
        self._company = company
        self._run_id = run_id
        self._is_near = is_near

    def recall(
        self, questions: Sequence[Question], keys: Sequence[bytes], oldest: Callable[[], str | None]
    ) -> list[Response | None]:
        """The answers on disk that may serve: those of a near run, and those newer than `oldest`."""
        rows = among(self._connection, _RECALL, (self._company,), keys)
        if not rows:
            return [None] * len(questions)
        found = {question: _Kept(*kept) for question, *kept in rows}
        serving: dict[int, _Kept] = {}
        replaced = []
        for place, (question, key) in enumerate(zip(questions, keys, strict=True)):
            if key not in found:
                continue
            kept = found[key]
            fresh = ((limit := oldest()) is not None and kept.at > limit) or self._is_near(kept.run_id)
            if fresh and not (question.repeat and kept.status == PENDING):
                serving[place] = kept
            elif kept.customer_id != question.customer_id:
                # An answer must be found through every customer it is about when they ask to be forgotten, even if it
                # first came for another.
                replaced.append((self._company, key, kept.customer_id, kept.run_id, kept.at))
        insert(self._connection, _SHARE, replaced, "ON CONFLICT DO NOTHING")
        known = self._known([(questions[place].customer_id, keys[place], kept) for place, kept in serving.items()])
        answers: list[Response | None] = [None] * len(questions)
        for place, kept in serving.items():
            body = zlib.decompress(self._cipher.unseal(kept.body, "answers", keys[place].hex()))
            at = from_stamp(kept.at).timestamp()
            counted = (questions[place].customer_id, keys[place]) in known
            answers[place] = Response(kept.status, body, at=at, counted=counted)
        return answers

    def _known(self, served: Sequence[tuple[str, bytes, _Kept]]) -> set[tuple[str, bytes]]:
        """Those of the customers and questions for which the customer was counted before, so that it is not again.

        `served`: customer, question, and the answer that serves. The customer was counted for it if one of two runs did
        so and finished the customer: the run that got the answer, or the last run to which it was news. A run that took
        over the count of such a run is as good. To all others the answer is news in this run, which is recorded.
        """
        counted = self._counted({customer_id for customer_id, _, _ in served})
        brought = {
            (customer_id, key)
            for customer_id, key, kept in served
            if kept.customer_id == customer_id and kept.run_id in counted[customer_id]
        }
        others = [(key, who, kept.at, self._company) for who, key, kept in served if (who, key) not in brought]
        rows = from_rows(self._connection, _LAST_NEWS_TO, others)
        shared = {(who, key) for key, who, run_id in rows if run_id in counted[who]}
        news = [(self._company, key, who, self._run_id, at) for key, who, at, _ in others if (who, key) not in shared]
        insert(self._connection, _SHARE, news, _NEWER)
        return brought | shared

    def keep(self, answers: Iterable[tuple[Settlement, bytes, str, str]], now: datetime) -> None:
        """Put answers on disk, each with its question, customer and provider; settlements without an answer are
        skipped.

        What arrives about a person who was forgotten meanwhile is not kept.
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

    def _counted(self, customer_ids: Collection[str]) -> dict[str, set[str]]:
        """For each customer, the finished runs that counted it, and those whose count they took over."""
        counted: dict[str, set[str]] = {customer_id: set() for customer_id in customer_ids}
        for customer_id, run_id, resumed in among(self._connection, _COUNTED, (self._company,), list(customer_ids)):
            counted[customer_id].update((run_id, *run_ids(resumed)))
        return counted
