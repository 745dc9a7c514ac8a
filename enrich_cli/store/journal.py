"""The journal of requests in the air, the answers they brought, and the caps that hold them back."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from enrich_cli.domain.money import Money
from enrich_cli.domain.months import month_of, stamp
from enrich_cli.gateway.journal import Question, Ruling, Settlement, Verdict
from enrich_cli.providers.base import Response
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.usage import month_costs

_FAST_COMPRESSION = 1
_PENDING = 202
_KEEP = """
INSERT OR REPLACE INTO answers (company_id, question, customer_id, provider, run_id, at, status, cost, in_doubt, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_WRITE_DOWN = """
INSERT INTO open_lookups (run_id, lookup, company_id, customer_id, data_type, provider, question, busy, in_air, aside,
    at, fields) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
ON CONFLICT (company_id, question) WHERE busy = 1 DO NOTHING
"""
_SUMS = "SELECT COALESCE(SUM(cost + in_doubt), 0), COALESCE(SUM(in_air + aside), 0) FROM open_lookups WHERE "
_OF_RUN = _SUMS + "run_id = ?"
_OF_COMPANY = _SUMS + "company_id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """What may be spent at most, doubt included; None is no cap."""

    run: Money | None = None
    month: Money | None = None


class JournalPages:
    """The verbs on `open_lookups` and `answers` of one run. Every call is inside the transaction of its caller."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        cipher: Cipher,
        *,
        company: str,
        run_id: str,
        own_runs: frozenset[str],
        caps: Caps,
    ) -> None:
        self._connection = connection
        self._cipher = cipher
        self._company = company
        self._run_id = run_id
        self._own_runs = own_runs
        self._caps = caps

    def recall(self, question: Question, oldest: Callable[[], str | None]) -> Response | None:
        """The answer on disk that may serve: of this run or those it resumes, or at least as new as `oldest` says."""
        return self._recall(question, self._key(question), oldest)

    def _recall(self, question: Question, key: bytes, oldest: Callable[[], str | None]) -> Response | None:
        row = self._connection.execute(
            "SELECT customer_id, run_id, at, status, body FROM answers WHERE company_id = ? AND question = ?",
            (self._company, key),
        ).fetchone()
        if row is None:
            return None
        customer, run_id, at, status, body = row
        fresh = run_id in self._own_runs or ((limit := oldest()) is not None and at > limit)
        serves = fresh and not (question.repeat and status == _PENDING)
        if customer != question.customer_id:
            # Whoever the answer is about must find it when asking to be forgotten, also if another's replaces it now.
            self._connection.execute(
                "INSERT OR IGNORE INTO shared_answers VALUES (?, ?, ?)",
                (self._company, key, question.customer_id if serves else customer),
            )
        if not serves:
            return None
        return Response(status, zlib.decompress(self._cipher.unseal(body, "answers", key.hex())))

    def ask(self, question: Question, oldest: Callable[[], str | None], now: datetime) -> Verdict:
        """Answer from disk, or write the question down and let it go, or hold it back."""
        key = self._key(question)
        if answer := self._recall(question, key, oldest):
            return answer
        return self._go_on(question, key, now) if question.begun else self._begin(question, key, now)

    def _begin(self, question: Question, key: bytes, now: datetime) -> Ruling:
        """The first request of a lookup: all that it can cost is set aside."""
        if question.after is not None:
            self._connection.execute(
                "UPDATE open_lookups SET aside = 0, busy = 0 WHERE run_id = ? AND lookup = ?",
                (self._run_id, question.after),
            )
        ruling = self._ruling(question.whole.micros, now)
        if ruling is Ruling.SEND:
            return Ruling.SEND if self._write_down(question, key, now) else Ruling.WAIT
        return Ruling.WAIT if self._busy(question, key) else ruling

    def _go_on(self, question: Question, key: bytes, now: datetime) -> Ruling:
        """A further request: it is paid from what was set aside. It never waits for room, since it holds some itself:
        others could wait for that for ever.
        """
        if self._busy(question, key):
            return Ruling.WAIT
        held, fields = self._connection.execute(
            "SELECT aside, fields FROM open_lookups WHERE run_id = ? AND lookup = ?", (self._run_id, question.lookup)
        ).fetchone()
        most = question.most.micros
        aside = max(0, held - most)
        growth = most - (held - aside)
        if growth and self._ruling(growth, now) is not Ruling.SEND:
            return Ruling.REFUSED
        self._connection.execute(
            "UPDATE open_lookups SET question = ?, busy = 1, in_air = ?, aside = ?, fields = ?"
            " WHERE run_id = ? AND lookup = ?",
            (key, most, aside, _field_list(question, fields), self._run_id, question.lookup),
        )
        return Ruling.SEND

    def answered(self, lookup: int, settlement: Settlement, now: datetime) -> None:
        """Keep the answer and settle its price; what it did not cost is set aside again until the lookup is done."""
        cost, doubt = settlement.cost.micros, settlement.in_doubt.micros
        row = self._connection.execute(
            "UPDATE open_lookups SET cost = cost + ?, in_doubt = in_doubt + ?, aside = aside + max(0, in_air - ?),"
            " in_air = 0, busy = ? WHERE run_id = ? AND lookup = ? RETURNING question, customer_id, provider",
            (cost, doubt, cost + doubt, settlement.pending, self._run_id, lookup),
        ).fetchone()
        if row is None or settlement.answer is None:
            return
        question, customer, provider = row
        body = self._cipher.seal(zlib.compress(settlement.answer.body, _FAST_COMPRESSION), "answers", question.hex())
        self._connection.execute(
            _KEEP,
            (
                self._company,
                question,
                customer,
                provider,
                self._run_id,
                stamp(now),
                settlement.answer.status,
                cost,
                doubt,
                body,
            ),
        )

    def _key(self, question: Question) -> bytes:
        return self._cipher.hash("question", question.text)

    def _busy(self, question: Question, key: bytes) -> bool:
        """Is another lookup, of this run or another live one, asking the same?"""
        return (
            self._connection.execute(
                "SELECT 1 FROM open_lookups WHERE company_id = ? AND question = ? AND busy = 1"
                " AND NOT (run_id = ? AND lookup = ?)",
                (self._company, key, self._run_id, question.lookup),
            ).fetchone()
            is not None
        )

    def _write_down(self, question: Question, key: bytes, now: datetime) -> bool:
        """False when another lookup is asking the same."""
        written = self._connection.execute(
            _WRITE_DOWN,
            (
                self._run_id,
                question.lookup,
                self._company,
                question.customer_id,
                question.data_type.value,
                question.provider,
                key,
                question.most.micros,
                max(0, question.whole.micros - question.most.micros),
                stamp(now),
                _field_list(question),
            ),
        )
        return written.rowcount == 1

    def _ruling(self, need: int, now: datetime) -> Ruling:
        """Does so much (micro-dollars) fit both caps now, later, or never?"""
        rulings = []
        if self._caps.run is not None:
            booked = self._connection.execute(
                "SELECT cost + in_doubt FROM runs WHERE run_id = ?", (self._run_id,)
            ).fetchone()[0]
            rulings.append(_fits(need, self._caps.run, booked, *self._open(_OF_RUN, self._run_id)))
        if self._caps.month is not None:
            booked = month_costs(self._connection, self._company, month_of(now))
            rulings.append(_fits(need, self._caps.month, booked, *self._open(_OF_COMPANY, self._company)))
        return next((ruling for ruling in (Ruling.REFUSED, Ruling.HELD) if ruling in rulings), Ruling.SEND)

    def _open(self, query: str, value: str) -> tuple[int, int]:
        """What open lookups have cost so far, doubt included, and what they hold besides, in micro-dollars."""
        spent, held = self._connection.execute(query, (value,)).fetchone()
        return spent, held


def _fits(need: int, cap: Money, booked: int, spent: int, held: int) -> Ruling:
    if booked + spent + need > cap.micros:
        return Ruling.REFUSED
    return Ruling.HELD if booked + spent + held + need > cap.micros else Ruling.SEND


def _field_list(question: Question, before: str = "") -> str:
    return ",".join(sorted(question.fields.union(before.split(",")) - {""}))
