"""`show`: one customer, for people and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits


def test_show_tells_who_said_what_and_why_it_is_believed(stocked: Cli, hits: Hits) -> None:
    mail = hits(1)[0]
    result = stocked.run("show", mail, "--json")
    person = next(one for one in result.report["enrichments"] if one["data_type"] == "person")
    assert (result.code, result.err, result.report["customer_id"]) == (0, "", mail)
    assert (person["status"], person["source"], bool(person["reasons"])) == ("found", "clearbit", True)
    assert person["provenance"]["full_name"] == "clearbit"
    panel = stocked.run("show", mail)
    assert "because: " in panel.out
    assert stocked.run("show", mail, "--compact").out.count("\n") == 1


def test_who_is_not_stored_is_exit_2_in_one_line(stocked: Cli) -> None:
    result = stocked.run("show", "nobody@example.com")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
