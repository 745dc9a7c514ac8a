"""The reports that a lookup buys once the property is found."""

from __future__ import annotations

import pytest

from enrich_cli.providers.errors import NotInPlan, ProviderError, Unavailable
from enrich_cli.providers.lookup import Request, Response
from enrich_cli.providers.reports import Reports, listed

QUESTION = Request(method="GET", path="/permits")


def bought(reports: Reports, name: str, said: Response | ProviderError) -> Response | None:
    purchase = reports.buy(name, QUESTION)
    try:
        assert next(purchase) is QUESTION
        if isinstance(said, ProviderError):
            purchase.throw(said)
        else:
            purchase.send(said)
    except StopIteration as end:
        answer: Response | None = end.value
        return answer
    raise AssertionError("it asked twice")


def test_a_comma_list_may_have_blanks() -> None:
    assert listed(" profile, avm ,permits") == {"profile", "avm", "permits"}


def test_one_that_is_bought_is_asked_for() -> None:
    answer = Response(200, b"{}")
    assert bought(Reports({"permits"}), "permits", answer) is answer


def test_one_that_is_not_bought_is_not_asked_for() -> None:
    with pytest.raises(StopIteration) as end:
        next(Reports({"avm"}).buy("permits", QUESTION))
    assert end.value.value is None


def test_one_that_fails_is_asked_for_the_next_time() -> None:
    reports = Reports({"permits"})
    assert bought(reports, "permits", Unavailable()) is None
    assert "permits" in reports


def test_one_that_is_not_in_the_plan_is_not_bought_any_more() -> None:
    reports = Reports({"permits", "avm"})
    assert bought(reports, "permits", NotInPlan()) is None
    assert "permits" not in reports
    assert len(reports) == 1
