"""What somebody does on a page before it is looked at: opens, writes, sends what is wrong."""

from collections.abc import Callable

from django.db.models import F
from playwright.sync_api import Page, expect

from hallway.core.guarding import as_system
from hallway.entries.actions import Draft
from hallway.entries.models import Entry
from hallway.people.models import Person
from hallway.posts.actions import publish_post
from hallway.spaces.models import Space
from hallway.townhalls.models import Question
from tests.journeys.pictures import picture
from tests.journeys.screens import is_live

Act = Callable[[Page], None]


def in_markdown(page: Page) -> None:
    """Keep the editor away: a robot is so quick that it would come between focus and words."""
    page.evaluate("localStorage.setItem('write-in-markdown', 'yes')")


def sent(
    selector: str = "main form[method=post]", shown: str = "[role=alert]", **values: str
) -> Act:
    """Fill in `values` by the names of the fields, send the form, and wait for what it says."""

    def act(page: Page) -> None:
        in_markdown(page)
        for name, value in values.items():
            field = page.locator(f"{selector} [name={name}]")
            is_select = field.evaluate("(field) => field.localName === 'select'")
            (field.select_option if is_select else field.fill)(value)
        # Also what the browser itself would not send.
        page.locator(selector).first.evaluate(
            "(form) => { form.noValidate = true; form.requestSubmit() }"
        )
        expect(page.locator(shown).first).to_be_visible()

    return act


def opened(selector: str, shown: str) -> Act:
    """Open a menu and wait until it is there."""

    def act(page: Page) -> None:
        page.locator(selector).first.click()
        expect(page.locator(shown).first).to_be_visible()

    return act


def writing(page: Page) -> None:
    """Write so much that the box counts what is left, and leave it unsent."""
    in_markdown(page)
    page.locator("main .compose-text").first.fill("So much to say. " * 1249)
    expect(page.locator(".compose-left").first).to_have_attribute("data-over", "")


def asking(words: str, shown: str = ".ask-similar li") -> Act:
    """Type a question in a town hall; with what is offered, or with what is wrong after sending."""

    def act(page: Page) -> None:
        page.locator(".ask-text").fill(words)
        if shown != ".ask-similar li":
            page.locator("#asking").evaluate("(form) => { form.noValidate = true }")
            page.locator(".ask-line .button").click()
        expect(page.locator(shown).first).to_be_visible()

    return act


def changing(page: Page) -> None:
    """Change a form without sending it."""
    in_markdown(page)
    page.locator("main form.form textarea").first.fill("Not saved yet")


def mentioning(page: Page) -> None:
    """Write as far as the list of colleagues."""
    page.locator("main .compose-text").first.click()
    page.keyboard.type("Hello @b")
    expect(page.get_by_role("listbox")).to_be_visible()


def mentioning_at_the_edge(page: Page) -> None:
    """The same at the end of a long line, where the list has no room beside the words."""
    page.locator("main .compose-text").first.click()
    page.keyboard.type("Good morning to everybody on this floor @b")
    expect(page.get_by_role("listbox")).to_be_visible()


def with_image(page: Page) -> None:
    """Choose an image for a post."""
    page.locator("main input[type=file]").first.set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": picture("teal").getvalue()}
    )
    expect(page.locator(".chosen-alt").first).to_be_visible()


def overtaken(page: Page) -> None:
    """Send an answer to a question that somebody else has changed meanwhile."""
    number = int(page.url.split("/")[-2])
    with as_system("another moderator was faster"):
        Question.objects.filter(pk=number).update(version=F("version") + 1)
    sent(answer="A long and careful answer.")(page)


def refused_poll(page: Page) -> None:
    """Prepare a poll with one answer only."""
    page.locator(".desk-prepare summary").click()
    sent(".desk-prepare form", text="Soup?", options="Yes")(page)


def choosing_somebody(page: Page) -> None:
    """Begin to write a name, and see who is offered."""
    page.locator("#id_owner").fill("")
    page.locator("#id_owner").press_sequentially("be")
    expect(page.get_by_role("listbox")).to_be_visible()


def making_secret(page: Page) -> None:
    """Ask to make a space secret, which has to be confirmed."""
    page.locator("input[name=openness][value=secret]").check()
    sent("main form.form", "[role=alert], .field-error, .errorlist")(page)


def hearing_news(page: Page) -> None:
    """Wait for a post that somebody else writes in the meantime."""
    is_live(page)
    said_in_the_hall("This minute", by="ben")
    expect(page.locator(".pill")).to_be_visible()


def paused(page: Page) -> None:
    """What the page says while the hub is away."""
    page.locator(".live-notice").evaluate("(notice) => { notice.hidden = false }")


def deleted(page: Page) -> None:
    """Delete a post of one's own, which can be undone."""
    entry = said_in_the_hall("A slip", by="ada")
    page.goto(f"{entry.url}/menu")
    page.locator(f"[formaction='{entry.url}/delete']").click()
    expect(page.locator(".toast-undo")).to_be_visible()


def said_in_the_hall(words: str, *, by: str) -> Entry:
    """A post that the person with the handle `by` has just written."""
    with as_system("a test furnishes the hall"):
        hall = Space.objects.get(kind=Space.Kind.COMPANY)
    return publish_post(Draft(text=words), hall, by=Person.objects.get(handle=by))
