"""Every page and its main states: where they are, who looks, what they do there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver
from playwright.sync_api import Page, expect

from tests.journeys.furnishing import Furnished

# Addresses that answer no page: deeds by POST, data for scripts, files, ways to another page.
NO_PAGES = {
    *("site:brand", "site:logo", "site:robots", "site:health", "people:complete", "people:me"),
    *("people:follow", "people:unfollow", "people:photo", "spaces:complete", "spaces:ask"),
    *("spaces:complete-by-number", "spaces:join", "spaces:withdraw", "spaces:decline"),
    *("spaces:answer", "spaces:role", "spaces:remove", "spaces:send", "spaces:uninvite"),
    *("spaces:appoint", "entries:react", "entries:delete", "entries:restore", "entries:image"),
    *("comments:write", "notifications:read", "notifications:seen", "hub:ticket", "stream:seen"),
    *("account_language", "account_resend", "account_withdraw", "account_deactivate"),
    *("account_reactivate", "account_end_others", "account_end_session"),
}


@dataclass(frozen=True)
class Stop:
    """One state of one page; `view` is the name of its address, "" for what has none."""

    view: str
    state: str
    path: str | Callable[[Furnished], str]
    who: str = "ada"
    act: Callable[[Page], Any] | None = None
    status: int = 200

    def __str__(self) -> str:
        return f"{self.view or 'error'} {self.state}".replace(":", ".").replace(" ", "-")

    def address(self, company: Furnished) -> str:
        """The path with the numbers of this company in it."""
        return self.path if isinstance(self.path, str) else self.path(company)


def names() -> Iterator[str]:
    """The name of every address of Hallway."""

    def walk(patterns: Any, prefix: str) -> Iterator[str]:
        for one in patterns:
            if hasattr(one, "url_patterns"):
                inner = f"{prefix}{one.namespace}:" if one.namespace else prefix
                yield from walk(one.url_patterns, inner)
            else:
                yield prefix + one.name

    yield from walk(get_resolver().url_patterns, "")


def send(selector: str = "main form[method=post]:not([hidden])") -> Callable[[Page], None]:
    """Send a form and wait for the page that says what is wrong with it."""

    def act(page: Page) -> None:
        form = page.locator(selector).first
        # Also what the browser itself would not send.
        form.evaluate("(form) => { form.noValidate = true }")
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            form.locator("button:not([type=button]):not([hidden])").last.click()
        page.wait_for_selector("[role=alert], .errorlist, .field-error")

    return act


def filled(values: dict[str, str], selector: str) -> Callable[[Page], None]:
    """The same after filling in `values` by the names of the fields."""

    def act(page: Page) -> None:
        for name, value in values.items():
            page.locator(f"{selector} [name={name}]").fill(value)
        send(selector)(page)

    return act


def opened(selector: str, shown: str) -> Callable[[Page], None]:
    """Open a menu and wait until it is there."""

    def act(page: Page) -> None:
        page.locator(selector).first.click()
        expect(page.locator(shown).first).to_be_visible()

    return act


def mentioning(page: Page) -> None:
    """Write as far as the list of colleagues."""
    page.get_by_role("main").locator(".compose-text").first.click()
    page.keyboard.type("Hello @b")
    expect(page.get_by_role("listbox")).to_be_visible()


def with_image(page: Page) -> None:
    """Choose an image for a post."""
    data = Furnished and b""
    from tests.journeys.furnishing import picture

    data = picture("teal").getvalue()
    page.locator("input[type=file]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": data}
    )
    expect(page.locator(".compose-images input")).to_be_visible()


def secret_openness(page: Page) -> None:
    """Ask to make a space secret, which has to be confirmed."""
    page.locator("input[name=openness][value=secret]").check()
    send("main form.form")(page)


ROOM, CLOSED = "/spaces/open-room", "/spaces/closed-room"
STOPS = [
    Stop("stream:home", "full", "/"),
    Stop("stream:home", "writing", "/", act=opened(".compose-text", ".compose-tools")),
    Stop("stream:home", "mention", "/", act=mentioning),
    Stop("stream:home", "image chosen", "/", act=with_image),
    Stop("stream:home", "your menu", "/", act=opened(".bar-me", ".menu-sheet")),
    Stop("stream:home", "card menu", "/", act=opened(".entry-menu > a", ".entry-menu .menu-row")),
    Stop(
        "stream:home", "reactions", "/", act=opened(".reactions-more summary", ".reactions-sheet")
    ),
    Stop("stream:home", "error", "/", act=send("compose-box form")),
    Stop("stream:home", "following", "/?tab=following"),
    Stop("stream:home", "empty", "/?tab=following", who="gus"),
    Stop("stream:home", "older", "/?before=1"),
    Stop("stream:beside", "full", "/beside"),
    Stop("stream:tag", "full", "/tags/claims"),
    Stop("stream:tag", "empty", "/tags/nobody"),
    Stop("posts:write", "blank", "/posts"),
    Stop("comments:entry", "full", lambda company: company.long.url),
    Stop("comments:entry", "bare", lambda company: company.bare.url),
    Stop("comments:entry", "reply", lambda company: f"{company.long.url}?reply={company.reply.pk}"),
    Stop("comments:entry", "error", lambda company: company.bare.url, act=send("#reply form")),
    Stop("entries:menu", "own", lambda company: f"{company.long.url}/menu"),
    Stop("entries:edit", "full", lambda company: f"{company.long.url}/edit"),
    Stop(
        "entries:edit",
        "error",
        lambda company: f"{company.bare.url}/edit",
        act=filled({"text": ""}, "main form.form"),
    ),
    Stop("entries:history", "full", lambda company: f"{company.long.url}/history"),
    Stop("entries:reactions", "full", lambda company: f"{company.long.url}/reactions"),
    Stop("entries:reactions", "empty", lambda company: f"{company.bare.url}/reactions"),
    Stop("people:directory", "full", "/people/"),
    Stop("people:directory", "nobody", "/people/?q=zzz"),
    Stop("people:person", "own", "/people/ada"),
    Stop("people:person", "other", "/people/cleo"),
    Stop("people:person", "gone", "/people/dora"),
    Stop("people:followers", "full", "/people/ada/followers"),
    Stop("people:followers", "empty", "/people/rita/followers"),
    Stop("people:following", "full", "/people/ada/following"),
    Stop("people:edit", "full", "/people/me/edit"),
    Stop(
        "people:edit",
        "error",
        "/people/me/edit",
        act=filled({"name": "", "manager": "@nobody"}, "main form.form"),
    ),
    Stop("spaces:find", "full", "/spaces/"),
    Stop("spaces:find", "invited", "/spaces/", who="cleo"),
    Stop("spaces:find", "none", "/spaces/?q=zzz"),
    Stop("spaces:find", "none of yours", "/spaces/?mine=1&q=zzz"),
    Stop("spaces:new", "blank", "/spaces/new"),
    Stop("spaces:new", "error", "/spaces/new", act=filled({"name": ""}, "main form.form")),
    Stop("spaces:space", "member", ROOM),
    Stop("spaces:space", "manager", ROOM, who="ben"),
    Stop("spaces:space", "empty", "/spaces/secret-room"),
    Stop("spaces:space", "outside", ROOM, who="cleo"),
    Stop("spaces:space", "asked", CLOSED, who="cleo"),
    Stop("spaces:space", "invited", CLOSED, who="rita"),
    Stop("spaces:space", "asking", CLOSED, who="eve"),
    Stop("spaces:members", "manager", f"{CLOSED}/members", who="ben"),
    Stop(
        "spaces:members",
        "menu",
        f"{CLOSED}/members",
        who="ben",
        act=opened(".row .menu summary", ".row .menu-sheet"),
    ),
    Stop("spaces:members", "company", "/spaces/all-of-company/members"),
    Stop("spaces:members", "nobody", f"{ROOM}/members?q=zzz"),
    Stop("spaces:about", "full", f"{ROOM}/about"),
    Stop("spaces:edit", "full", f"{ROOM}/edit", who="ben"),
    Stop("spaces:edit", "confirm", f"{ROOM}/edit", who="ben", act=secret_openness),
    Stop("spaces:leave", "full", f"{ROOM}/leave"),
    Stop("spaces:leave", "last", f"{ROOM}/leave", who="ben", act=send()),
    Stop("spaces:invite", "blank", f"{ROOM}/invite"),
    Stop("spaces:invite", "found", f"{CLOSED}/invite?q=e", who="ben"),
    Stop("spaces:invite", "nobody", f"{ROOM}/invite?q=zzz"),
    Stop("spaces:managers", "full", f"{CLOSED}/managers?q=a", who="rita"),
    Stop("notifications:notices", "full", "/notifications/"),
    Stop("notifications:notices", "managing", "/notifications/", who="ben"),
    Stop("notifications:notices", "empty", "/notifications/", who="eve"),
    Stop("site:search", "blank", "/search"),
    Stop("site:search", "found", "/search?q=a"),
    Stop("site:search", "nothing", "/search?q=zzzz"),
    Stop("account_settings", "full", "/settings", who="rita"),
    Stop("account_sessions", "full", "/settings/sessions"),
    Stop("account_change_password", "blank", "/accounts/password/change/"),
    Stop("account_change_password", "error", "/accounts/password/change/", act=send()),
    Stop("account_invitations", "full", "/accounts/invitations", who="rita"),
    Stop("account_invitations", "error", "/accounts/invitations", who="rita", act=send()),
    Stop("account_logout", "asking", "/accounts/logout/"),
    Stop("account_login", "blank", "/accounts/login/", who=""),
    Stop("account_login", "error", "/accounts/login/", who="", act=send()),
    Stop("account_reset_password", "blank", "/accounts/password/reset/", who=""),
    Stop("account_reset_password", "error", "/accounts/password/reset/", who="", act=send()),
    Stop("account_reset_password_done", "full", "/accounts/password/reset/done/", who=""),
    Stop(
        "account_reset_password_from_key",
        "blank",
        lambda company: f"/accounts/password/reset/key/{company.resetting}/",
        who="",
    ),
    Stop(
        "account_reset_password_from_key",
        "over",
        "/accounts/password/reset/key/unknown/",
        who="",
        status=404,
    ),
    Stop(
        "account_invitation",
        "error",
        lambda company: f"/accounts/invitation/{company.invited}",
        who="",
        act=send(),
    ),
    Stop("account_invitation", "over", "/accounts/invitation/unknown", who="", status=404),
    Stop("account_first", "over", "/accounts/first/unknown", who="", status=404),
    Stop("", "404", "/nothing/here", status=404),
    Stop("", "404 signed out", "/e/99999999", who="", status=200),
]
