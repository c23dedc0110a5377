"""The HTML page, opened in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import report_models as models
import report_tools as tools
from report_browser import Browser

from convbias_lint.reports import render
from convbias_lint.reports.report import Report

VOID = ("meta", "rect")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser(tools.browser()) as browser:
        yield browser


def opened(browser: Browser, folder: Path, report: Report) -> Path:
    page = folder / "report.html"
    page.write_text(render("html", report), encoding="utf-8")
    browser.open(page)
    return page


def problems(browser: Browser) -> list[dict[str, Any]]:
    """What the browser complains of: errors of scripts, refusals of the page's policy."""
    kinds = ("Log.entryAdded", "Runtime.exceptionThrown", "Page.javascriptDialogOpening")
    return [event for event in browser.events if event.get("method") in kinds]


def test_the_page_shows_every_finding(browser: Browser, tmp_path: Path) -> None:
    report = models.everything(tmp_path, show_suppressed=True)
    opened(browser, tmp_path, report)
    shown = sum(len(report.shown(result)) for result in report.results)
    assert browser.run("document.querySelectorAll('.finding').length") == shown
    assert (
        browser.run("document.querySelector('h1').textContent")
        == "Found 9 redundant biases and 1 other problem"
    )
    assert browser.run("document.querySelectorAll('.unreadable').length") == 1
    assert browser.run("document.querySelectorAll('.badge.quiet').length") == 1
    assert problems(browser) == []


def test_the_page_needs_no_network(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, models.everything(tmp_path))
    asked = [
        event["params"]["request"]["url"]
        for event in browser.events
        if event.get("method") == "Network.requestWillBeSent"
    ]
    assert [url for url in asked if not url.startswith("data:")] == [page.as_uri()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_light_or_dark_as_the_system_and_the_toggle_turns_it(
    scheme: str, browser: Browser, tmp_path: Path
) -> None:
    def ground() -> int:
        """How bright the page is, from 0 to 765."""
        colour = browser.run("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    browser.prefer(scheme)
    opened(browser, tmp_path, models.everything(tmp_path))
    browser.run("localStorage.clear(); delete document.documentElement.dataset.theme")
    was_light = ground() > 383
    assert was_light == (scheme == "light")
    browser.screenshot(tmp_path / f"{scheme}.png")
    browser.click("#theme")
    assert (ground() > 383) != was_light
    browser.click("#theme")
    assert (ground() > 383) == was_light
    browser.run("localStorage.clear()")


def test_text_can_be_read_on_its_ground(browser: Browser, tmp_path: Path) -> None:
    """Contrast of at least 4.5 to 1 (WCAG AA) for everything with text, light and dark."""
    script = """
    (() => {
      const parts = (c) => c.match(/[\\d.]+/g).map(Number);
      const light = ([r, g, b]) => {
        const f = (v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
        return .2126 * f(r) + .7152 * f(g) + .0722 * f(b);
      };
      const ground = (e) => {
        for (; e; e = e.parentElement) {
          const c = parts(getComputedStyle(e).backgroundColor);
          if (c.length < 4 || c[3] === 1) return c;
        }
        return [255, 255, 255];
      };
      const bad = new Set();
      for (const e of document.querySelectorAll("main *")) {
        if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
        if (getComputedStyle(e).opacity !== "1") continue;
        const [a, b] = [light(parts(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
        const contrast = (a + .05) / (b + .05);
        if (contrast < 4.5) bad.add(`${e.tagName}.${e.className}: ${contrast.toFixed(2)}`);
      }
      return [...bad];
    })()
    """
    for scheme in ("light", "dark"):
        browser.prefer(scheme)
        opened(browser, tmp_path, models.everything(tmp_path, show_suppressed=True))
        browser.run("delete document.documentElement.dataset.theme")
        assert browser.run(script) == [], scheme


def test_rules_can_be_hidden(browser: Browser, tmp_path: Path) -> None:
    opened(browser, tmp_path, models.everything(tmp_path))
    visible = "[...document.querySelectorAll('.finding')].filter((e) => !e.hidden).map((e) => e.dataset.code)"
    assert "CB104" in browser.run(visible)
    browser.click(".chip[data-code=CB104]")
    assert "CB104" not in browser.run(visible)
    browser.click(".chip[data-code=CB105]")
    hidden = "[...document.querySelectorAll('.file[hidden] h2')].map((e) => e.textContent)"
    assert browser.run(hidden) == ["option.py"]
    browser.click(".chip[data-code=CB104]")
    assert "CB104" in browser.run(visible)


def test_files_can_be_sorted_by_what_they_save(browser: Browser, tmp_path: Path) -> None:
    opened(browser, tmp_path, models.everything(tmp_path))
    browser.click(".files th:nth-child(3) button")
    column = "[...document.querySelectorAll('.files tbody tr')].map((r) => Number(r.cells[2].dataset.value))"
    savings = browser.run(column)
    assert savings == sorted(savings, reverse=True)
    assert savings[0] == 192
    browser.click(".files th:nth-child(1) button")
    names = browser.run("[...document.querySelectorAll('.files tbody a')].map((a) => a.textContent)")
    assert names == sorted(names)


def test_the_fix_is_shown_as_a_difference(browser: Browser, tmp_path: Path) -> None:
    opened(browser, tmp_path, models.check(tmp_path, {"m.py": models.SEQUENTIAL}))
    rows = "[...document.querySelectorAll('{} code')].map((e) => e.textContent.trim())"
    assert browser.run(rows.format(".old")) == ["nn.Conv2d(3, 64, 3, padding=1),", "bias=True,  # 漢字"]
    made = ["nn.Conv2d(3, 64, 3, padding=1, bias=False),", "bias=False,  # 漢字"]
    assert browser.run(rows.format(".new")) == made
    assert browser.run("[...document.querySelectorAll('ins')].map((e) => e.textContent)") == [
        ", bias=False",
        "False",
    ]


def test_an_inserted_row_is_no_change_of_the_rows_around_it(browser: Browser, tmp_path: Path) -> None:
    split = models.SEQUENTIAL.replace("        bias=True,  # 漢字\n", "")
    opened(browser, tmp_path, models.check(tmp_path, {"m.py": split}))
    assert browser.run("[...document.querySelectorAll('.new code')].map((e) => e.textContent)")[1:] == [
        "        bias=False,"
    ]
    assert browser.run("document.querySelectorAll('.old').length") == 1


def test_nothing_of_a_name_or_source_runs(browser: Browser, tmp_path: Path) -> None:
    report = models.hostile(tmp_path)
    opened(browser, tmp_path, report)
    assert problems(browser) == []
    assert browser.run("document.scripts.length") == 1
    assert browser.run("document.images.length") == 0
    assert browser.run("document.querySelectorAll('.finding').length") == 22
    names = browser.run("[...document.querySelectorAll('.file h2')].map((e) => e.textContent)")
    assert "<script>alert(1)<!--.py" in names


def test_what_would_slip_through_is_stopped_by_the_policy(browser: Browser, tmp_path: Path) -> None:
    text = render("html", models.check(tmp_path, {"m.py": models.ONE_ROW}))
    page = tmp_path / "page.html"
    page.write_text(text.replace("</main>", "<script>window.ran = 1</script></main>"), encoding="utf-8")
    browser.open(page)
    assert browser.run("window.ran") is None
    assert browser.run("document.getElementById('theme').hidden") is False


def test_nothing_found_is_said(browser: Browser, tmp_path: Path) -> None:
    opened(browser, tmp_path, models.check(tmp_path, {"m.py": models.CLEAN}))
    assert browser.run("document.querySelector('h1').textContent") == "Nothing to report in 1 file"


def test_every_element_is_closed(tmp_path: Path) -> None:
    class Balance(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            if tag not in VOID:
                self.open.append(tag)

        def handle_startendtag(self, tag: str, attrs: Any) -> None:
            assert tag in VOID

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    for make in (models.everything, models.hostile):
        parser = Balance()
        parser.feed(render("html", make(tmp_path)))
        parser.close()
        assert parser.open == []
