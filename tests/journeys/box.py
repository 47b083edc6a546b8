"""The box for writing posts, as a test uses it."""

from playwright.sync_api import Locator, Page


def write(page: Page, words: str) -> Locator:
    """Put `words` into the box of the page, and return its field."""
    field = page.locator("#compose textarea")
    field.click()
    field.fill(words)
    return field


def send(page: Page) -> None:
    page.locator("#compose").get_by_role("button", name="Post", exact=True).click()
