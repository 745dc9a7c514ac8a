"""The reports that a lookup buys once the property is found."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from enrich_cli.domain.outcomes import Found, Identity
from enrich_cli.domain.property import Property
from enrich_cli.providers.errors import NotInPlan, ProviderError, Unavailable
from enrich_cli.providers.lookup import Request, Response
from enrich_cli.providers.reports import Reports, listed

QUESTION = Request(method="GET", path="/avm")
HOUSE = Found(Property(zoning="R1"), Identity())
APPRAISED = Found(Property(zoning="R1", market_value=200_000), Identity())
"""What stands in for the report: the assessor's value."""


def bought(reports: Reports, found: Found, said: Response | ProviderError | None) -> Found:
    """What is known in the end; without a report `said`, nothing may be asked."""
    purchase = reports.buy("avm", QUESTION, found, "market_value", _told)
    try:
        request = next(purchase)
        assert request is QUESTION
        assert said is not None
        if isinstance(said, ProviderError):
            purchase.throw(said)
        else:
            purchase.send(said)
    except StopIteration as end:
        outcome: Found = end.value
        return outcome
    raise AssertionError("it asked twice")


def _told(response: Response) -> int | None:
    value: int | None = response.json()
    return value


def test_a_comma_list_may_have_blanks() -> None:
    assert listed(" profile, avm ,permits") == {"profile", "avm", "permits"}


@pytest.mark.parametrize("found", [HOUSE, APPRAISED])
def test_what_a_report_tells_is_put_in_its_field(found: Found) -> None:
    known = bought(Reports({"avm"}), found, Response(200, b"243000"))
    assert known == Found(Property(zoning="R1", market_value=243_000), Identity())


@pytest.mark.parametrize("found", [HOUSE, APPRAISED])
def test_a_report_that_tells_nothing_changes_nothing(found: Found) -> None:
    assert bought(Reports({"avm"}), found, Response(200, b"null")) is found


def test_one_that_is_not_bought_is_not_asked_for() -> None:
    assert bought(Reports({"permits"}), HOUSE, None) is HOUSE


@pytest.mark.parametrize("found", [HOUSE, APPRAISED])
def test_one_that_fails_leaves_its_field_untold_and_is_asked_for_the_next_time(found: Found) -> None:
    reports = Reports({"avm"})
    known = bought(reports, found, Unavailable())
    assert known == replace(found, untold=frozenset({"market_value"}))
    assert "avm" in reports
    assert bought(reports, found, Response(200, b"243000")).untold == frozenset()


def test_one_that_is_not_in_the_plan_is_not_bought_any_more() -> None:
    reports = Reports({"permits", "avm"})
    for said in (NotInPlan(), None):
        assert bought(reports, HOUSE, said).untold == {"market_value"}
    assert "avm" not in reports
    assert len(reports) == 1


def test_what_stands_in_for_one_that_is_not_in_the_plan_is_told() -> None:
    reports = Reports({"avm"})
    for said in (NotInPlan(), None):
        assert bought(reports, APPRAISED, said) is APPRAISED


def test_one_that_is_not_in_the_plan_is_lacking_and_one_that_failed_is_not() -> None:
    reports = Reports({"permits", "avm"})
    bought(reports, HOUSE, Unavailable())
    assert not reports.lack("avm")
    bought(reports, HOUSE, NotInPlan())
    assert (reports.lack("avm"), reports.lack("permits")) == (True, False)
