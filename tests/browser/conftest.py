"""A real browser against a real server: Chromium by Playwright, the office answering at localhost."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Browser, Page, sync_playwright

from gongjian.registry.models import Account, Office
from gongjian.registry.tests.factories import PASSWORD, make_office

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {"phone": 360, "desktop": 1280, "wide": 1920}
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _chromium() -> str:
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("Browser tests need Chromium: `make test` installs it as root, otherwise install the package chromium.")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(live_server: Any, transactional_db: None) -> Iterator[Office]:
    """The office that the live server answers for, its scope open."""
    from gongjian.ledger.catalogue import load_catalogue

    load_catalogue()
    office = make_office(hostnames=["localhost", "127.0.0.1"])
    with scope(office=office):
        yield office


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """`open_page("/path", width=360, account=..., language="en")`: a page in a fresh session; script errors fail the test."""
    contexts, faults = [], []

    def opened(path: str = "/", *, width: int = 1280, account: Account | None = None, language: str = "zh-CN") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale=language, base_url=live_server.url, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        if account is not None:
            sign_in(page, account)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not [fault for fault in faults if "status of 4" not in fault], faults


def sign_in(page: Page, account: Account) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(account.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form[action*=login] button[type=submit], main button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def check_accessible(page: Page) -> None:
    """No violation of WCAG 2.1 A and AA that axe-core can see."""
    page.wait_for_load_state()
    page.evaluate(AXE.read_text() + ";0")  # past the content security policy, which refuses a script element
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
    violations = [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert not violations, "\n".join(violations)


def check_fits(page: Page) -> None:
    """Nothing is wider than the window."""
    page.wait_for_load_state()  # between two pages there is no document to measure
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url} is {overflow} px wider than the window"
