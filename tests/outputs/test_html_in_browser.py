"""The page as people use it: in a browser, with the keyboard, on paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Result, State, content_of
from enrich_cli.domain.row import Finished, Row
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.html import Html
from enrich_cli.outputs.whole_file import WholeFile

EVIL = '<img src="http://127.0.0.1:9/x" onerror="document.title=\'run\'"><script>document.title="run"</script>'
PEOPLE = (("Zoe Adams", 0.7), ("ada Brown", 0.99), ("Bob 10", 0.8), (EVIL, 0.6))


@pytest.fixture
def page(browser: Chrome, tmp_path: Path, jane: Finished, known: Enrichment) -> Chrome:
    writer = Html(WholeFile(tmp_path / "page.html"), Columns(("email",), (DataType.PERSON,), has_id=True))
    for number, (name, confidence) in enumerate(PEOPLE):
        writer.write(person(jane, known, number, name, confidence))
    writer.close()
    browser.get("about:blank")
    browser.get_log("performance")  # type: ignore[no-untyped-call]
    browser.get((tmp_path / "page.html").as_uri())
    return browser


def person(jane: Finished, known: Enrichment, number: int, name: str, confidence: float) -> Finished:
    customer = Customer(id=CustomerId(f"c{number}"), name=name)
    data = {"bio": f"likes {name}", "linkedin_url": "https://linkedin.com/in/x"}
    result = Result(State.FOUND, replace(known, confidence=confidence, content=content_of(data)))
    row = replace(jane, row=Row(2, [name], customer), customer_id=f"c{number}")
    return replace(row, results={DataType.PERSON: result})


def ids(page: Chrome) -> list[str]:
    """Of the customers that can be seen, from top to bottom."""
    return [one.text for one in page.find_elements(By.CSS_SELECTOR, ".customer .id") if one.is_displayed()]


def press(page: Chrome, *keys: str) -> None:
    for key in keys:
        ActionChains(page).send_keys(key).perform()


def opened(page: Chrome) -> list[str]:
    found = page.find_elements(By.CSS_SELECTOR, ".customer[open] .id")
    return [one.text for one in found]


def test_it_sends_no_request_and_runs_nothing_that_was_said(page: Chrome) -> None:
    events = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]  # type: ignore[no-untyped-call]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert len(asked) == 1
    assert asked[0].startswith("file:")
    assert page.title == "Enriched customers"
    assert [entry["message"] for entry in page.get_log("browser")] == []  # type: ignore[no-untyped-call]


def test_search_shows_only_who_has_all_the_words(page: Chrome) -> None:
    search = page.find_element(By.ID, "search")
    search.send_keys("LIKES 10")
    assert ids(page) == ["c2"]
    assert page.find_element(By.ID, "count").text == "1 of 4"
    search.send_keys(Keys.ESCAPE)
    assert ids(page) == ["c0", "c1", "c2", "c3"]


def test_sorting_by_name_by_confidence_and_back(page: Chrome) -> None:
    def sort(by: str) -> list[str]:
        page.find_element(By.CSS_SELECTOR, f"[data-sort={by}]").click()
        return ids(page)

    assert sort("name")[1:] == ["c1", "c2", "c0"]
    assert sort("person") == ["c1", "c2", "c0", "c3"]
    assert sort("person") == ["c3", "c0", "c2", "c1"]
    assert sort("order") == ["c0", "c1", "c2", "c3"]
    pressed = page.find_elements(By.CSS_SELECTOR, "[data-sort][aria-pressed=true]")
    assert [button.get_attribute("data-sort") for button in pressed] == ["order"]


def test_everything_can_be_done_with_the_keyboard(page: Chrome) -> None:
    press(page, "/", "b", "r", "o", "w", "n")
    assert ids(page) == ["c1"]
    press(page, Keys.ARROW_DOWN, Keys.ENTER)
    assert opened(page) == ["c1"]
    press(page, Keys.ESCAPE, Keys.ARROW_DOWN, Keys.ENTER, Keys.ARROW_UP, Keys.ARROW_UP, Keys.SPACE)
    assert opened(page) == ["c0", "c1", "c2"]
    page.find_element(By.ID, "open").send_keys(Keys.ENTER)
    assert len(opened(page)) == 4


def test_a_panel_shows_how_sure_we_are_and_is_closed_until_it_is_wanted(page: Chrome) -> None:
    panel = page.find_element(By.CSS_SELECTOR, ".customer .panel")
    assert not panel.is_displayed()
    page.find_element(By.CSS_SELECTOR, ".customer summary").click()
    assert panel.is_displayed()
    assert "70 % sure" in panel.text
    assert "likes Zoe Adams" in panel.text


def test_on_paper_everybody_found_is_open_and_the_tools_are_left_out(page: Chrome) -> None:
    page.find_element(By.ID, "search").send_keys("zoe")
    page.execute_script("dispatchEvent(new Event('beforeprint'))")
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert opened(page) == ["c0"]
        assert ids(page) == ["c0"]
        assert not page.find_element(By.ID, "search").is_displayed()
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    page.execute_script("dispatchEvent(new Event('afterprint'))")
    assert opened(page) == []


def test_a_name_turns_round_nothing_that_stands_beside_it(
    browser: Chrome, tmp_path: Path, jane: Finished, known: Enrichment
) -> None:
    writer = Html(WholeFile(tmp_path / "page.html"), Columns(("email",), (DataType.PERSON,), has_id=True))
    writer.write(person(jane, known, 0, "\u202eYan", 0.7))
    writer.close()
    browser.get((tmp_path / "page.html").as_uri())
    name, its_id, badge = (browser.find_element(By.CSS_SELECTOR, one) for one in ("summary b", ".id", ".badge"))
    assert name.location["x"] < its_id.location["x"] < badge.location["x"]
