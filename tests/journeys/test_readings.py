"""A page with scripts tells that it is read, in a browser that does not mind; a file when it is fetched."""

import pytest
from playwright.sync_api import Browser

from tests.journeys import exhibits
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey
_USUAL = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0 Safari/537.36"


def _reads(browser: Browser, site: Site, headers: dict[str, str]) -> None:
    context = browser.new_context(base_url=site.base, user_agent=_USUAL, extra_http_headers=headers)
    page = context.new_page()
    page.goto(f"/entries/{exhibits.read(site.home)['entry_usual']}/")
    with page.expect_download():
        page.get_by_role("link", name="名单", exact=True).click()
    page.wait_for_timeout(1_000)
    assert context.cookies() == []
    context.close()


def test_reading_and_fetching_are_told_and_asking_not_to_be_tracked_is_heard(browser: Browser, site: Site) -> None:
    entry = exhibits.read(site.home)["entry_usual"]
    folder = site.home / "views"

    def told() -> list[str]:
        lines = "".join(path.read_text() for path in folder.glob("*.log")).splitlines()
        return sorted(line.rpartition(" ")[0] for line in lines if line.startswith(f"{entry} "))

    _reads(browser, site, {"DNT": "1"})
    assert told() == []
    _reads(browser, site, {})
    assert told() == [f"{entry} 0", f"{entry} 1"]
