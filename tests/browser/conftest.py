"""Pages in Chromium, cut off from the network."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # the tests of the README run without it
    from playwright.sync_api import Browser, BrowserContext, Page

OpenPage = Callable[..., "Page"]


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """Yield the browser of this machine."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - see above

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: "Browser", tmp_path: Path) -> Iterator[OpenPage]:
    """Yield a function that opens HTML as a file, in a browser that has not seen anything before.

    The options are those of a context, such as `color_scheme`. Whatever a script complains of, and whatever a page
    asks of the network, fails the test.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def complain_of_request(request: Any) -> None:
        if not request.url.startswith(("file:", "blob:")):
            wrong.append(request.url)

    def open_html(html: str, **options: Any) -> "Page":
        path = tmp_path / f"{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        context = chromium.new_context(offline=True, **options)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("request", complain_of_request)
        page.goto(path.as_uri())
        return page

    yield open_html
    for context in contexts:
        context.close()
    assert wrong == []
