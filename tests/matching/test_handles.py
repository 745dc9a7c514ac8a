"""When a profile agrees."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.handles import compare_linkedin, compare_twitter
from enrich_cli.matching.weights import Evidence


def linkedin(ours: str, *theirs: str) -> Evidence | None:
    return compare_linkedin(Customer(id=CustomerId("c1"), linkedin_url=ours), Identity(linkedin=theirs))


def twitter(ours: str, *theirs: str) -> Evidence | None:
    return compare_twitter(Customer(id=CustomerId("c1"), twitter=ours), Identity(twitter=theirs))


@pytest.mark.parametrize(
    "theirs",
    [
        "https://www.linkedin.com/in/ad%C3%A1-sample/",
        "http://de.linkedin.com/in/Adá-Sample/en?trk=profile",
        "linkedin.com/in/adá-sample#about",
        "linkedin.com/in/ada%CC%81-sample",
        "in/adá-sample",
        "adá-sample",
    ],
)
def test_one_member_s_profile_can_be_written_in_several_ways(theirs: str) -> None:
    assert linkedin("https://www.linkedin.com/in/adá-sample", theirs) is Evidence.LINKEDIN_SAME


def test_another_handle_is_another_member() -> None:
    assert linkedin("https://www.linkedin.com/in/ada-sample", "in/bob-jones") is Evidence.LINKEDIN_OTHER


@pytest.mark.parametrize(
    "theirs",
    [
        "https://www.linkedin.com/pub/ada-sample/1/2/3",
        "https://www.linkedin.com/company/example",
        "https://www.linkedin.com/in/ACoAAB12345",
        "https://example.com/ada",
        "",
    ],
)
def test_what_is_no_member_s_handle_says_nothing(theirs: str) -> None:
    assert linkedin("https://www.linkedin.com/in/ada-sample", theirs) is None


@pytest.mark.parametrize(
    "theirs", ["AdaSample", "@adasample", "https://twitter.com/adasample/", "x.com/adasample?s=20"]
)
def test_one_twitter_handle_can_be_written_in_several_ways(theirs: str) -> None:
    assert twitter("adasample", "bobjones", theirs) is Evidence.TWITTER_SAME


def test_another_twitter_handle_disagrees_and_none_says_nothing() -> None:
    assert twitter("adasample", "bobjones") is Evidence.TWITTER_OTHER
    assert twitter("adasample", "") is None
