"""What vendors' web addresses tell."""

from __future__ import annotations

import pytest

from enrich_cli.providers.web_addresses import host, last_part, linkedin_handle, linkedin_url


@pytest.mark.parametrize(
    ("url", "handle"),
    [
        ("https://www.linkedin.com/in/ada-sample/", "ada-sample"),
        ("linkedin.com/in/j%C3%B6rg?trk=x", "jörg"),
        ("https://www.linkedin.com/company/acme", None),
        (None, None),
    ],
)
def test_a_person_on_linkedin_is_known_by_the_handle(url: str | None, handle: str | None) -> None:
    assert linkedin_handle(url) == handle


@pytest.mark.parametrize("handle", ["ada-sample", "in/ada-sample", "https://de.linkedin.com/in/ada-sample/"])
def test_a_handle_leads_to_its_profile_however_it_is_written(handle: str) -> None:
    assert linkedin_url(handle) == "https://www.linkedin.com/in/ada-sample"


def test_an_old_kind_of_profile_keeps_its_path() -> None:
    assert linkedin_url("pub/ada-sample/1/2a/3b") == "https://www.linkedin.com/pub/ada-sample/1/2a/3b"


@pytest.mark.parametrize("url", ["https://www.Acme.com:443/shop?x=1", "acme.com", "http://me@acme.com./"])
def test_a_host_is_bare_and_in_lower_case(url: str) -> None:
    assert host(url) == "acme.com"


@pytest.mark.parametrize("url", ["https://x.com/@ada?s=20#top", "@ada", "ada", "https://x.com/ada/"])
def test_the_last_part_of_an_address_is_whose_it_is(url: str) -> None:
    assert last_part(url) == "ada"


@pytest.mark.parametrize("url", ["https://x.com", "", None])
def test_an_address_without_a_path_is_nobody_s(url: str | None) -> None:
    assert last_part(url) is None
