"""Every page and its main states: where they are, who looks, what they do there."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.journeys import acting
from tests.journeys.furnishing import Furnished


@dataclass(frozen=True)
class Stop:
    """One state of one page; `view` is the name of its address, "" for what has none."""

    view: str
    state: str
    path: str | Callable[[Furnished], str]
    who: str = "ada"
    act: acting.Act | None = None
    status: int = 200

    def __str__(self) -> str:
        return f"{self.view or 'error'} {self.state}".replace(":", ".").replace(" ", "-")

    def address(self, company: Furnished) -> str:
        """The path with the numbers of this company in it."""
        return self.path if isinstance(self.path, str) else self.path(company)


ROOM, CLOSED = "/spaces/open-room", "/spaces/closed-room"
HALL = "/spaces/all-of-company"
WRONG = ".errorlist, .field-error, [role=alert]"
STOPS = [
    Stop("stream:home", "full", "/"),
    Stop("stream:home", "writing", "/", act=acting.opened(".compose-text", ".compose-tools")),
    Stop("stream:home", "unsent", "/", act=acting.writing),
    Stop("stream:home", "mention", "/", act=acting.mentioning),
    Stop("stream:home", "mention at the edge", "/", act=acting.mentioning_at_the_edge),
    Stop("stream:home", "news", "/", act=acting.hearing_news),
    Stop("stream:home", "paused", "/", act=acting.paused),
    Stop("stream:home", "image chosen", "/", act=acting.with_image),
    Stop("stream:home", "your menu", "/", act=acting.opened(".bar-me", ".menu-sheet")),
    Stop(
        "stream:home",
        "card menu",
        "/",
        act=acting.opened(".entry-menu > a", ".entry-menu .menu-row"),
    ),
    Stop(
        "stream:home",
        "reactions",
        "/",
        act=acting.opened(".reactions-more summary", ".reactions-sheet"),
    ),
    Stop("stream:home", "error", "/", act=acting.sent("compose-box form")),
    Stop("stream:home", "following", "/?tab=following"),
    Stop("stream:home", "empty", "/?tab=following", who="gus"),
    Stop("stream:home", "older", "/?before=1"),
    Stop("stream:tag", "full", "/tags/claims"),
    Stop("stream:tag", "empty", "/tags/nobody"),
    Stop("posts:write", "blank", "/posts"),
    Stop("comments:entry", "full", lambda company: company.long.url),
    Stop("comments:entry", "bare", lambda company: company.bare.url),
    Stop("comments:entry", "reply", lambda company: f"{company.long.url}?reply={company.reply.pk}"),
    Stop(
        "comments:entry", "error", lambda company: company.bare.url, act=acting.sent("#reply form")
    ),
    Stop("entries:menu", "own", lambda company: f"{company.long.url}/menu"),
    Stop("entries:edit", "full", lambda company: f"{company.long.url}/edit"),
    Stop(
        "entries:edit",
        "error",
        lambda company: f"{company.bare.url}/edit",
        act=acting.sent("main form.form", WRONG, text=""),
    ),
    Stop(
        "entries:edit", "unsaved", lambda company: f"{company.bare.url}/edit", act=acting.changing
    ),
    Stop("entries:menu", "deleted", "/", act=acting.deleted),
    Stop("entries:history", "full", lambda company: f"{company.long.url}/history"),
    Stop("entries:reactions", "full", lambda company: f"{company.long.url}/reactions"),
    Stop("entries:reactions", "empty", lambda company: f"{company.bare.url}/reactions"),
    Stop("people:directory", "full", "/people/"),
    Stop("people:directory", "searched", "/people/?q=a"),
    Stop("people:directory", "nobody", "/people/?q=zzz"),
    Stop("people:person", "own", "/people/ada"),
    Stop("people:person", "other", "/people/cleo"),
    Stop("people:person", "gone", "/people/dora"),
    Stop("people:person", "code", "/people/ada", act=acting.opened(".qr summary", ".qr-image")),
    Stop("people:team", "full", "/people/ben/team"),
    Stop(
        "people:team",
        "unfolded",
        "/people/rita/team",
        act=acting.opened(".chart-more summary", ".chart-all"),
    ),
    Stop("people:team", "alone", "/people/gus/team"),
    Stop("people:unit", "full", lambda company: company.unit),
    Stop("people:unit", "by a guest", lambda company: company.unit, who="gus"),
    Stop("people:followers", "full", "/people/ada/followers"),
    Stop("people:followers", "empty", "/people/rita/followers"),
    Stop("people:following", "full", "/people/ada/following"),
    Stop("people:edit", "full", "/people/me/edit"),
    Stop(
        "people:edit",
        "error",
        "/people/me/edit",
        act=acting.sent("main form.form", WRONG, name="", manager="@nobody"),
    ),
    Stop("spaces:find", "full", "/spaces/"),
    Stop("spaces:find", "invited", "/spaces/", who="cleo"),
    Stop("spaces:find", "none", "/spaces/?q=zzz"),
    Stop("spaces:find", "none of yours", "/spaces/?mine=1&q=zzz"),
    Stop("spaces:new", "blank", "/spaces/new"),
    Stop("spaces:new", "error", "/spaces/new", act=acting.sent("main form.form", WRONG, name="")),
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
        act=acting.opened(".row .menu summary", ".row .menu-sheet"),
    ),
    Stop("spaces:members", "company", f"{HALL}/members"),
    Stop("spaces:members", "nobody", f"{ROOM}/members?q=zzz"),
    Stop("spaces:about", "full", f"{ROOM}/about"),
    Stop("spaces:edit", "full", f"{ROOM}/edit", who="ben"),
    Stop(
        "spaces:edit",
        "saved",
        f"{ROOM}/edit",
        who="ben",
        act=acting.sent("main form.form", "toast-note"),
    ),
    Stop("spaces:edit", "confirm", f"{ROOM}/edit", who="ben", act=acting.making_secret),
    Stop("spaces:leave", "full", f"{ROOM}/leave"),
    Stop("spaces:leave", "last", f"{ROOM}/leave", who="ben"),
    Stop("spaces:invite", "blank", f"{ROOM}/invite"),
    Stop("spaces:invite", "found", f"{CLOSED}/invite?q=e", who="ben"),
    Stop("spaces:invite", "nobody", f"{ROOM}/invite?q=zzz"),
    Stop("spaces:managers", "full", f"{HALL}/managers?q=a", who="rita"),
    Stop("spaces:managers", "nobody", f"{HALL}/managers?q=zzz", who="rita"),
    Stop("townhalls:halls", "full", "/halls/"),
    Stop("townhalls:halls", "none", "/halls/", who="eve"),
    Stop("townhalls:new", "blank", "/halls/new", who="ben"),
    Stop(
        "townhalls:new",
        "error",
        "/halls/new",
        who="ben",
        act=acting.sent("main form.form", WRONG, title="", hosts="@nobody", minutes="1"),
    ),
    Stop("townhalls:hall", "announced", lambda company: company.announced.url),
    Stop("townhalls:hall", "on air", lambda company: company.on_air.url),
    Stop("townhalls:hall", "mine", lambda company: f"{company.on_air.url}?tab=mine"),
    Stop("townhalls:hall", "host", lambda company: company.on_air.url, who="ben"),
    Stop("townhalls:hall", "ended", lambda company: company.ended.url),
    Stop(
        "townhalls:hall",
        "similar",
        lambda company: company.on_air.url,
        act=acting.asking("Seven travel tools"),
    ),
    Stop(
        "townhalls:hall",
        "error",
        lambda company: company.on_air.url,
        act=acting.asking("Hm", WRONG),
    ),
    Stop("townhalls:all", "full", lambda company: f"{company.on_air.url}/all"),
    Stop("townhalls:anonymity", "full", "/halls/anonymity"),
    Stop("townhalls:edit", "full", lambda company: f"{company.announced.url}/edit", who="ben"),
    Stop(
        "townhalls:edit-question",
        "own",
        lambda company: f"/halls/questions/{company.question.pk}/edit",
    ),
    Stop("townhalls:desk", "announced", lambda company: f"{company.announced.url}/desk", who="ben"),
    Stop("townhalls:desk", "on air", lambda company: f"{company.on_air.url}/desk", who="ben"),
    Stop(
        "townhalls:desk",
        "error",
        lambda company: f"{company.on_air.url}/desk",
        who="ben",
        act=acting.refused_poll,
    ),
    Stop("townhalls:desk", "ended", lambda company: f"{company.ended.url}/desk", who="ben"),
    Stop("townhalls:end", "asking", lambda company: f"{company.on_air.url}/end", who="ben"),
    Stop("townhalls:screen", "announced", lambda company: f"{company.announced.url}/screen"),
    Stop("townhalls:screen", "on air", lambda company: f"{company.on_air.url}/screen"),
    Stop("townhalls:screen", "ended", lambda company: f"{company.ended.url}/screen"),
    Stop("townhalls:speaker", "announced", lambda company: f"{company.announced.url}/speaker"),
    Stop("townhalls:speaker", "on air", lambda company: f"{company.on_air.url}/speaker"),
    Stop("townhalls:decline", "blank", lambda company: f"{company.deed}/decline", who="ben"),
    Stop(
        "townhalls:decline",
        "error",
        lambda company: f"{company.deed}/decline",
        who="ben",
        act=acting.sent(reason=" "),
    ),
    Stop("townhalls:answer", "blank", lambda company: f"{company.deed}/answer", who="ben"),
    Stop(
        "townhalls:answer",
        "overtaken",
        lambda company: f"{company.deed}/answer",
        who="ben",
        act=acting.overtaken,
    ),
    Stop("townhalls:merge", "full", lambda company: f"{company.deed}/merge", who="ben"),
    Stop("townhalls:follow-up", "reader", lambda company: f"{company.promised}/follow-up"),
    Stop(
        "townhalls:follow-up",
        "error",
        lambda company: f"{company.promised}/follow-up",
        who="ben",
        act=acting.sent(shown=WRONG, owner="@nobody"),
    ),
    Stop(
        "townhalls:follow-up",
        "choosing",
        lambda company: f"{company.promised}/follow-up",
        who="ben",
        act=acting.choosing_somebody,
    ),
    Stop("comments:entry", "town hall", lambda company: company.on_air.entry.url),
    Stop("notifications:notices", "full", "/notifications/"),
    Stop("notifications:notices", "managing", "/notifications/", who="ben"),
    Stop("notifications:notices", "empty", "/notifications/", who="eve"),
    Stop("site:search", "blank", "/search"),
    Stop("site:search", "found", "/search?q=a"),
    Stop("site:search", "nothing", "/search?q=zzzz"),
    Stop("account_settings", "full", "/settings", who="rita"),
    Stop("account_sessions", "full", "/settings/sessions"),
    Stop("account_change_password", "blank", "/accounts/password/change/"),
    Stop(
        "account_change_password",
        "error",
        "/accounts/password/change/",
        act=acting.sent(shown=WRONG),
    ),
    Stop("account_invitations", "full", "/accounts/invitations", who="rita"),
    Stop(
        "account_invitations",
        "error",
        "/accounts/invitations",
        who="rita",
        act=acting.sent(shown=WRONG),
    ),
    Stop("account_logout", "asking", "/accounts/logout/"),
    Stop("account_login", "blank", "/accounts/login/", who=""),
    Stop("account_login", "asked for", "/e/99999999", who=""),
    Stop("account_login", "error", "/accounts/login/", who="", act=acting.sent(shown=WRONG)),
    Stop("account_reset_password", "blank", "/accounts/password/reset/", who=""),
    Stop(
        "account_reset_password",
        "error",
        "/accounts/password/reset/",
        who="",
        act=acting.sent(shown=WRONG),
    ),
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
        act=acting.sent(shown=WRONG),
    ),
    Stop("account_invitation", "over", "/accounts/invitation/unknown", who="", status=404),
    Stop("account_first", "blank", lambda company: f"/accounts/first/{company.first}", who=""),
    Stop(
        "account_first",
        "error",
        lambda company: f"/accounts/first/{company.first}",
        who="",
        act=acting.sent(shown=WRONG),
    ),
    Stop("account_first", "over", "/accounts/first/unknown", who="", status=404),
]
