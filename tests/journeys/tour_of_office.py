"""The pages of administrators and their main states."""

from playwright.sync_api import Page, expect

from hallway.accounts.models import Session
from hallway.accounts.sessions import SessionStore
from tests.journeys import acting
from tests.journeys.stop import WRONG, Stop
from tests.world import just_confirmed


def confirmed(path: str, shown: str) -> acting.Act:
    """Come back to the page after Rita, who has no password here, is taken for confirmed."""

    def act(page: Page) -> None:
        for session in Session.objects.filter(person__handle="rita").select_related("person"):
            assert session.person
            just_confirmed(SessionStore(session.pk), session.person)
        page.goto(path)
        expect(page.locator(shown).first).to_be_visible()

    return act


def wrong_limit(page: Page) -> None:
    """Ask for posts shorter than they may be made."""
    confirmed("/admin/settings", "[name=hue]")(page)
    acting.sent("main form.stack", WRONG, longest_text="400")(page)


OF_OFFICE = [
    Stop("console:overview", "full", "/admin/", who="rita"),
    Stop("console:people", "full", "/admin/people/", who="rita"),
    Stop("console:people", "nobody", "/admin/people/?q=zzz", who="rita"),
    Stop("console:person", "other", "/admin/people/of/ben", who="rita"),
    Stop("console:person", "own", "/admin/people/of/rita", who="rita"),
    Stop("console:invite", "blank", "/admin/people/invite", who="rita"),
    Stop(
        "console:invite",
        "error",
        "/admin/people/invite",
        who="rita",
        act=acting.sent("main form.form", WRONG, people="nobody"),
    ),
    Stop(
        "console:import",
        "blank",
        "/admin/people/import",
        who="rita",
        act=confirmed("/admin/people/import", "[name=file]"),
    ),
    Stop("console:spaces", "full", "/admin/spaces/", who="rita"),
    Stop("console:spaces", "none", "/admin/spaces/?q=zzz", who="rita"),
    Stop("guests:invite", "blank", "/guests/into/open-room", who="ben"),
    Stop(
        "guests:invite",
        "error",
        "/guests/into/open-room",
        who="ben",
        act=acting.sent("main form.form", WRONG, name=""),
    ),
    Stop("people:person", "guest with a host", "/people/vera", who="ben"),
    Stop("console:units", "full", "/admin/units/", who="rita"),
    Stop(
        "console:unit",
        "full",
        lambda company: f"/admin/units/{company.unit.rsplit('/', 1)[1]}",
        who="rita",
    ),
    Stop(
        "console:edit-unit",
        "full",
        lambda company: f"/admin/units/{company.unit.rsplit('/', 1)[1]}/edit",
        who="rita",
    ),
    Stop("console:reports", "full", "/admin/reports/", who="rita"),
    Stop(
        "console:report",
        "full",
        lambda company: f"/admin/reports/{company.unseen.pk}",
        who="rita",
    ),
    Stop(
        "console:settings",
        "full",
        "/admin/settings",
        who="rita",
        act=confirmed("/admin/settings", "[name=hue]"),
    ),
    Stop(
        "console:settings",
        "error",
        "/admin/settings",
        who="rita",
        act=wrong_limit,
    ),
    Stop("console:audit", "full", "/admin/audit/", who="rita"),
    Stop("console:audit", "none", "/admin/audit/?who=nobody", who="rita"),
]
