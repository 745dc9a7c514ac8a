"""Nothing personal is readable in the bytes of the store, neither during a run nor after it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.customer import Customer, customer_from
from enrich_cli.domain.report import Count
from enrich_cli.providers.lookup import Response

if TYPE_CHECKING:
    from tests.store.conftest import Bench

FIELDS = {
    "name": "Augusta King",
    "email": "augusta@ockham.example",
    "phone": "+44 20 7946 0958",
    "company": "Lovelace Looms",
    "address": "12 St James's Square",
    "city": "Westminster",
    "linkedin_url": "https://linkedin.example/in/augusta",
}
LEARNED = {"job_title": "Chief Analyst", "bio": "Wrote the first program."}
PERSONAL = [text.encode() for text in (*FIELDS.values(), *LEARNED.values())]


def look_up_and_object(bench: Bench, augusta: Customer) -> dict[str, bytes]:
    """Every verb of a run; returns the files as they were when the run was still going on."""
    with bench.run() as run:
        plan = run.plan(augusta)
        run.ask(bench.question(1, text=" ".join(FIELDS.values()), customer_id=plan.customer_id))
        run.answered(1, cost=40, answer=Response(200, b" ".join(PERSONAL) * 20))
        run.recall(bench.question(2, text=" ".join(FIELDS.values()), customer_id=plan.customer_id))
        run.finish(augusta, bench.found(**LEARNED), Count.ENRICHED)
        run.plan(augusta)
        during = bench.files()
        run.end()
    with bench.run(refresh=True) as run:
        run.plan(augusta)
        run.finish(augusta, None, Count.SUPPRESSED, lookups=[], withheld=True)
        run.end()
    return during


@pytest.mark.parametrize("given_id", [None, "augusta@ockham.example", "Augusta King!"], ids=["none", "email", "name"])
def test_no_personal_value_is_in_any_file(bench: Bench, given_id: str | None) -> None:
    augusta = customer_from(FIELDS, given_id)
    assert augusta is not None
    during = look_up_and_object(bench, augusta)
    assert {"store.db", "store.db-wal", "store.db-shm"} <= during.keys()
    for files in (during, bench.files()):
        everything = b"".join(files.values()).lower()
        assert b"acme" in everything
        assert [text for text in PERSONAL if text.lower() in everything] == []


def test_an_answer_is_sealed_and_not_merely_compressed(bench: Bench) -> None:
    with bench.run() as run:
        run.ask(bench.question())
        run.answered(answer=Response(200, b"Augusta King"))
    ((body,),) = bench.sql("SELECT body FROM answers")
    with pytest.raises(zlib.error):
        zlib.decompress(body[12:])


def test_a_plain_id_is_kept_as_given_and_any_other_as_a_keyed_hash(bench: Bench) -> None:
    with bench.run() as run:
        plain = run.plan(bench.customer("CRM-0042"))
        other = run.plan(bench.customer("no plain id", email="bob@example.com"))
    assert plain.customer_id == "CRM-0042"
    assert other.customer_id.startswith("h_")
    assert len(other.customer_id) == 34


def test_the_hash_of_an_id_is_stable_within_a_company_and_another_in_each(bench: Bench) -> None:
    bob = customer_from({"email": "Bob@Example.com"})
    assert bob is not None
    ids = []
    for company in ("acme", "acme", "rival"):
        with bench.run(company=company) as run:
            ids.append(run.plan(bob).customer_id)
            run.end()
    assert ids[0] == ids[1] != ids[2]
