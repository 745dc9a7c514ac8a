"""The journal of requests in flight.

Every call is inside its caller's transaction, and takes as many statements for many questions as for one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import TypeAlias

from enrich_cli.domain.months import month_of, month_of_stamp, stamp
from enrich_cli.gateway.journal import Question, Ruling, Settlement, Verdict
from enrich_cli.providers.lookup import Response
from enrich_cli.store.answers import Answers
from enrich_cli.store.caps import Caps, Headroom
from enrich_cli.store.cipher import Cipher
from enrich_cli.store.many import among, from_rows, insert
from enrich_cli.store.objections import Objections

_WRITE_DOWN = """
INSERT INTO open_lookups (run_id, lookup, company_id, customer_id, data_type, provider, question, busy, in_air, aside,
    at, fields)
"""
_LET_GO = "UPDATE open_lookups SET aside = 0, busy = 0 WHERE run_id = ? AND lookup IN"
_ASKING = "SELECT question, run_id, lookup FROM open_lookups WHERE company_id = ? AND busy = 1 AND question IN"
_SETTLE = """
UPDATE open_lookups SET cost = cost + column2, in_doubt = in_doubt + column3,
    aside = aside + max(0, in_air - column2 - column3), in_air = 0, busy = column4
"""
_SETTLED = "run_id = ? AND lookup = column1 RETURNING lookup, question, customer_id, provider"

_Asker: TypeAlias = tuple[str, int]
"""A run, and a lookup of it."""


class JournalPages:
    """The verbs of one run on `open_lookups`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        cipher: Cipher,
        objections: Objections,
        *,
        company: str,
        run_id: str,
        answers: Answers,
        caps: Caps,
    ) -> None:
        self._connection = connection
        self._cipher = cipher
        self._objections = objections
        self._company = company
        self._run_id = run_id
        self._answers = answers
        self._caps = caps

    def recall(self, questions: Sequence[Question], oldest: Callable[[], str | None]) -> list[Response | None]:
        """As `Answers.recall`."""
        return self._answers.recall(questions, [self._key(question) for question in questions], oldest)

    def ask(
        self,
        questions: Sequence[Question],
        oldest: Callable[[], str | None],
        now: datetime,
        *,
        overbooked: Collection[str] = (),
    ) -> list[Verdict]:
        """For each question: answer it from disk, or write it down and let it be sent, or hold it back. In order of
        arrival.

        No lookup is begun for customers that are `overbooked`.
        """
        keys = [self._key(question) for question in questions]
        answers = self._answers.recall(questions, keys, oldest)
        asked = [ask for ask in zip(questions, keys, answers, strict=True) if ask[2] is None]
        self.let_go([question.after for question, _, _ in asked if not question.begun and question.after is not None])
        askers = self._askers([key for _, key, _ in asked])
        forgotten = self._objections.of_ids({question.customer_id for question in questions})
        headroom = Headroom(self._connection, self._caps, company=self._company, run_id=self._run_id)
        month = month_of(now)
        written_down: list[tuple[Question, bytes]] = []
        verdicts: list[Verdict] = []
        for question, key, answer in zip(questions, keys, answers, strict=True):
            if question.customer_id in forgotten:
                verdicts.append(Ruling.WITHHELD)
                continue
            if answer is not None:
                verdicts.append(answer)
                continue
            if question.customer_id in overbooked and not question.begun:
                verdicts.append(Ruling.OVER_QUOTA)
                continue
            own = self._run_id, question.lookup
            if askers.get(key, own) != own:
                verdicts.append(Ruling.WAIT)
                continue
            if question.begun:
                ruling = self._go_on(question, key, headroom, now)
            else:
                ruling = headroom.ruling(question.whole.micros, month)
                if ruling is Ruling.SEND:
                    headroom.set_aside(question.whole.micros, month)
                    written_down.append((question, key))
            if ruling is Ruling.SEND:
                askers[key] = own
            verdicts.append(ruling)
        self._write_down(written_down, now)
        return verdicts

    def let_go(self, lookups: Sequence[int]) -> None:
        """Lookups are over, though not finished: what they held, and the questions they were asking, are free."""
        among(self._connection, _LET_GO, (self._run_id,), lookups)

    def answered(self, settlements: Sequence[tuple[int, Settlement]], now: datetime) -> None:
        """Keep the answers and settle their prices.

        What a request did not cost is set aside again, until its lookup is done.
        """
        prices = [(lookup, one.cost.micros, one.in_doubt.micros, one.pending) for lookup, one in settlements]
        rows = from_rows(self._connection, _SETTLE, prices, _SETTLED, (self._run_id,))
        by_lookup = dict(settlements)
        self._answers.keep([(by_lookup[lookup], *about) for lookup, *about in rows], now)

    def _askers(self, keys: Sequence[bytes]) -> dict[bytes, _Asker]:
        """Who is asking these questions now, in this run or another live one."""
        rows = among(self._connection, _ASKING, (self._company,), keys)
        return {question: (run_id, lookup) for question, run_id, lookup in rows}

    def _go_on(self, question: Question, key: bytes, headroom: Headroom, now: datetime) -> Ruling:
        """A further request of a lookup: it is paid from what was set aside.

        It never waits for room, since it holds some itself, and others could wait for that forever. As long as nothing
        was charged, the lookup belongs to the month of its latest request, which is the one that will be charged.
        """
        held, spent, at, fields = self._connection.execute(
            "SELECT aside, cost + in_doubt, at, fields FROM open_lookups WHERE run_id = ? AND lookup = ?",
            (self._run_id, question.lookup),
        ).fetchone()
        sent_at = at if spent else stamp(now)
        before, month = month_of_stamp(at), month_of_stamp(sent_at)
        most = question.most.micros
        need = max(held, most)
        headroom.set_aside(-held, before)
        if (need > held or month != before) and headroom.ruling(need, month) is not Ruling.SEND:
            headroom.set_aside(held, before)
            return Ruling.REFUSED
        headroom.set_aside(need, month)
        self._connection.execute(
            "UPDATE open_lookups SET question = ?, busy = 1, in_air = ?, aside = ?, at = ?, fields = ?"
            " WHERE run_id = ? AND lookup = ?",
            (key, most, need - most, sent_at, _field_list(question, fields), self._run_id, question.lookup),
        )
        return Ruling.SEND

    def _write_down(self, questions: Iterable[tuple[Question, bytes]], now: datetime) -> None:
        """The first request of each lookup: the most that the lookup can cost is set aside."""
        at = stamp(now)
        rows = [
            (
                self._run_id,
                question.lookup,
                self._company,
                question.customer_id,
                question.data_type.value,
                question.provider,
                key,
                1,
                question.most.micros,
                max(0, question.whole.micros - question.most.micros),
                at,
                _field_list(question),
            )
            for question, key in questions
        ]
        insert(self._connection, _WRITE_DOWN, rows)

    def _key(self, question: Question) -> bytes:
        return self._cipher.hash("question", question.text)


def _field_list(question: Question, before: str = "") -> str:
    return ",".join(sorted(question.fields.union(before.split(",")) - {""}))
