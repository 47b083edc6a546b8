"""Hostile words in every field, looked at in a browser: nothing runs, nothing is even refused."""

import time
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from hallway.comments.actions import comment
from hallway.core.guarding import as_system
from hallway.entries.actions import Draft, edit, react
from hallway.notifications.models import Notification
from hallway.people.actions import change_profile, follow
from hallway.people.models import Person
from hallway.posts.actions import publish_post
from tests.journeys.conftest import House
from tests.journeys.hostile_company import COMPANY, Hostile, build_hostile, turned
from tests.journeys.hostile_texts import BROKEN, PAYLOADS, one_line
from tests.journeys.inspecting import inspect, read_all, visit, watched
from tests.journeys.screens import Screens, is_live
from tests.journeys.test_door import link_in_mail
from tests.journeys.test_writing import picture
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser

TOLD_WITHIN = 60


@pytest.fixture(scope="module")
def company_name() -> str:
    return COMPANY


@pytest.fixture(scope="module")
def hostile(founded: World) -> Hostile:
    # Before the house, which would draw all this for screens that nobody has open.
    return build_hostile(founded)


def told(person: Person) -> int:
    """How many notifications somebody has."""
    with as_system("a test counts"):
        return Notification.objects.filter(person=person).count()


def test_lists_and_threads(hostile: Hostile, house: House, screens: Screens) -> None:
    world = house.world
    until = time.monotonic() + TOLD_WITHIN
    while told(world.ben) < len(PAYLOADS):
        assert time.monotonic() < until, "nobody told Ben of the posts that name him"
        time.sleep(0.1)
    ben = watched(screens, world.ben)
    for address in ("/", "/people/", "/spaces/", "/notifications/", "/beside"):
        visit(ben, address)
    visit(ben, hostile.talk.url, at_least=20)
    visit(ben, f"{hostile.talk.url}/reactions")
    for gate in hostile.gates[:-1]:
        visit(ben, f"{gate.url}/members", at_least=60)
    rita = watched(screens, world.rita)
    visit(rita, "/accounts/invitations", at_least=60)
    ada = watched(screens, world.ada)
    visit(ada, "/settings/sessions")


def test_pages_of_each_thing(hostile: Hostile, house: House, screens: Screens) -> None:
    ada = watched(screens, house.world.ada)
    people = [person.url for person in hostile.people]
    abouts = [f"{space.url}/about" for space in hostile.spaces]
    posts = [post.url for post in hostile.posts]
    edits, histories = [f"{post}/edit" for post in posts], [f"{post}/history" for post in posts]
    # Each shows several payloads, in fields that take turns, so some pages show them all. A few
    # are opened; of the others the browser only reads the answer, which is quicker.
    for addresses in (people[::3], abouts[::2], edits[::2], histories[::2]):
        for address in addresses[::20]:
            visit(ada, address)
        assert any(read_all(ada, addresses))
    for post, space in zip(posts[::30], hostile.spaces[::30], strict=True):
        visit(ada, post)
        visit(ada, space.url)


def test_what_stands_in_an_address(hostile: Hostile, house: House, screens: Screens) -> None:
    # A wrong address is answered with a page, and Chromium says so in the console.
    screens.expect(r"status of 40[04]")
    ben, rita = watched(screens, house.world.ben), watched(screens, house.world.rita)
    words = [*PAYLOADS, *(each.encode("utf-8", "surrogatepass") for each in BROKEN)]
    quoted = [quote(each, safe="") for each in words]
    asking = (
        *("/search?q=", "/people/?q=", "/people/?location=", "/people/?skill=", "/people/?unit="),
        *("/spaces/?q=", "/spaces/?after=", "/spaces/closed-room/invite?q=", "/tags/", "/people/"),
        *("/spaces/", "/?before=", "/posts?space=", "/people/?after=", "/spaces/?kind="),
        f"{hostile.talk.url}?reply=",
    )
    # The search repeats what one typed; the others take turns.
    read_all(ben, [f"/search?q={each}" for each in quoted[::2]])
    read_all(rita, [f"/search?q={each}" for each in quoted[1::2]])
    for place, address in enumerate(asking):
        read_all(ben, [address + each for each in quoted[place::20]])
    read_all(rita, [f"/spaces/open-room/managers?q={each}" for each in quoted[::20]])
    for place, address in enumerate(asking):
        ben.goto(address + quoted[place * 9])
        inspect(ben)


def test_at_the_door(hostile: Hostile, house: House, screens: Screens) -> None:
    page = watched(screens, None)
    read_all(page, [f"/accounts/login/?next={quote(each)}" for each in PAYLOADS])
    for wanted in ("javascript:window.__pwned=1", r"/\evil.example", "https://evil.example/"):
        page.goto(f"/accounts/login/?next={quote(wanted)}")
        page.get_by_label("E-mail").fill("ada@company.example")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Home", level=1)).to_be_attached()
        assert page.url.startswith(house.address)
        inspect(page, at_least=1)
        page.locator(".bar-me").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_invitation_to_somebody_of_that_name(
    hostile: Hostile, house: House, screens: Screens
) -> None:
    rita = watched(screens, house.world.rita)
    rita.goto("/accounts/invitations")
    address = '"<img/src=x/onerror=__pwned=1>"@z.example'
    form = rita.locator("main form.form")
    # Browsers would not take the address; the server does.
    form.evaluate("(form) => { form.noValidate = true }")
    form.locator("[name=email]").fill(address)
    form.locator("[name=name]").fill(PAYLOADS[0])
    form.locator("button:not([type=button])").last.click()
    expect(rita.locator("toast-note")).to_contain_text("__pwned")
    inspect(rita)
    page = watched(screens, None)
    page.goto(link_in_mail(house, "__pwned"))
    inspect(page, at_least=1)
    letter = house.post.letters[-1]
    assert letter.get_content_type() == "text/plain"
    assert "Sons" in letter["From"]


def test_forms_that_are_refused(hostile: Hostile, house: House, screens: Screens) -> None:
    page = watched(screens, house.world.ada)
    for start in range(0, len(PAYLOADS), 30):
        words = PAYLOADS[start : start + 30]
        page.goto("/people/me/edit")
        _send(page, words, manager=f"nobody {words[0]}"[:254])
        page.goto("/spaces/new")
        # A kind of space that does not exist is refused, whatever else is said.
        page.locator("main [name=kind]").first.evaluate("(field) => { field.value = 'none' }")
        _send(page, words)
        page.goto("/posts")
        _send(page, words, title="__pwned" + "x" * 300)
    page.goto("/posts")
    _send(page, BROKEN)


def _send(page: Page, words: list[str], **wrong: str) -> None:
    """Write `words` into the fields of the form in sight, and what is wrong; look at the answer."""
    form = page.locator("main form[method=post]:not([hidden])").first
    form.evaluate(
        """(form, [words, wrong]) => {
          form.noValidate = true;
          const turn = words.values();
          for (const field of form.elements) {
            if (!field.matches("textarea, input[type=text], input:not([type])")) continue;
            field.removeAttribute("maxlength");
            field.value = wrong[field.name] ?? (field.localName === "textarea"
              ? words.join("\\n\\n").slice(0, 1900)
              : (turn.next().value ?? words[0]).replaceAll("\\n", " ").slice(0, 100));
          }
        }""",
        [words, wrong],
    )
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        form.locator("button:not([type=button], [hidden], .compose-later *)").last.click()
    assert answered.value.status == 422, (page.url, answered.value.status)
    expect(page.locator("[role=alert], .field-error").first).to_be_visible()
    inspect(page, at_least=1)


def test_open_screens_hear_it(hostile: Hostile, house: House, screens: Screens) -> None:
    world = house.world
    said = world.post(world.open, "before __pwned", by=world.ben)
    pages = [
        watched(screens, world.ben) for _ in ("home", "thread", "notices", "space", "directory")
    ]
    addresses = ("/", said.url, "/notifications/", world.open.url, world.ada.url)
    for page, address in zip(pages, addresses, strict=True):
        page.goto(address)
        is_live(page)
        page.evaluate("() => { window.stayed = true }")
    home, thread, notices, space, _profile = pages

    change_profile(world.ada, by=world.ada, name=PAYLOADS[13], title=PAYLOADS[20])
    world.ada.refresh_from_db()
    several = ["\n\n".join(PAYLOADS[start : start + 9]) for start in range(0, len(PAYLOADS), 9)]
    first = None
    for place, words in enumerate(several):
        title = one_line(PAYLOADS[place * 9], 200)
        fresh = publish_post(Draft(text=words, title=title), world.open, by=world.ada)
        said_so = comment(Draft(text=f"{words}\n\n@ben"), first or said, by=world.ada)
        first = first or said_so
        react(said, ("like", "love")[place % 2], by=hostile.people[place])
        edit(fresh, title=one_line(words, 200), text=turned(place)[0], by=world.ada)
    follow(world.ben, by=hostile.people[14])
    edit(said, title=PAYLOADS[1], text="\n\n".join(PAYLOADS), by=world.ben)
    publish_post(Draft(text="This is the end."), world.open, by=world.ada)
    comment(Draft(text="That was all."), said, by=world.ada)

    expect(thread.locator(".said", has_text="That was all.")).to_be_visible(timeout=20_000)
    for page in (home, space):
        end = page.locator("article.entry", has_text="This is the end.")
        until = time.monotonic() + TOLD_WITHIN
        while not end.is_visible():
            assert time.monotonic() < until, "the last post never came"
            # A new name has the page read anew meanwhile; what comes after that waits here.
            if page.locator(".pill").is_visible():
                page.locator(".pill").click()
            page.wait_for_timeout(100)
    expect(notices.locator(".row", has_text="follows you")).to_be_visible(timeout=20_000)
    for page in pages:
        inspect(page, at_least=1)
        assert page.evaluate("() => window.stayed === true"), f"{page.url} was loaded anew"
        # Read anew and morphed into what is there, as after a gap.
        with page.expect_response(lambda answer: answer.request.resource_type == "fetch"):
            page.evaluate("() => document.dispatchEvent(new CustomEvent('hallway:reread'))")
        page.wait_for_load_state("networkidle")
        inspect(page, at_least=1)
    # Visited and come back to, which shows a copy that Turbo kept.
    home.get_by_role("link", name="People", exact=True).first.click()
    expect(home.get_by_role("heading", name="People", level=1)).to_be_visible()
    inspect(home, at_least=1)
    home.go_back()
    expect(home.locator("article.entry").first).to_be_visible()
    inspect(home, at_least=1)


def test_links_that_are_pointed_at_and_clicked(
    hostile: Hostile, house: House, screens: Screens
) -> None:
    world = house.world
    said = world.post(world.open, "\n\n".join(PAYLOADS), by=world.ben, title=PAYLOADS[0])
    # Turbo reads ahead what is pointed at, also where there is nothing.
    screens.expect(r"status of 404")
    page = screens.of(world.ada, said.url)
    asked: list[str] = []
    # An answer without content lets the page stay where it is.
    page.context.route(
        lambda address: not address.startswith(house.address),
        lambda route: (asked.append(route.request.url), route.fulfill(status=204))[0],
    )
    links = page.locator(".prose a")
    assert links.count() > 20
    for link in links.all():
        outside = link.evaluate("(link) => link.origin !== location.origin")
        link.hover()
        if outside and link.evaluate("(link) => link.protocol !== 'mailto:'"):
            link.click()
    assert asked and all(address.startswith("http") for address in asked)
    inspect(page, at_least=len(PAYLOADS) - 20)
    for words in ("x", "__pwned"):
        link = page.locator(".prose a[href^='/']", has_text=words).first
        if link.count():
            link.click()
            page.wait_for_load_state("load")
            inspect(page)
            page.goto(said.url)


def test_names_of_files_and_words_beside_images(
    hostile: Hostile, house: House, screens: Screens
) -> None:
    page = watched(screens, house.world.ada)
    page.goto("/")
    page.get_by_label("Share something").fill("Look at __files")
    for start in (0, 13, 26, 39):
        words = [one_line(each, 120) for each in PAYLOADS[start : start + 4]]
        names = [f"{each}.png" for each in words]
        page.locator("input[type=file]").set_input_files(
            [{"name": each, "mimeType": "image/png", "buffer": picture(9, 9)} for each in names]
        )
        expect(page.locator(".chosen")).to_have_count(4)
        for field, alt in zip(page.locator("[name=alt]").all(), words, strict=True):
            field.fill(alt)
        inspect(page, at_least=1)
        if start < 39:
            for _ in words:
                page.locator("[data-deed=remove]").first.click()
    page.get_by_label("Where to post").select_option(label="Open room")
    page.get_by_role("button", name="Post", exact=True).click()
    shown = page.locator("article.entry", has_text="Look at __files")
    expect(shown.locator("img").nth(3)).to_be_attached(timeout=30_000)
    assert "__pwned" in (shown.locator("img").first.get_attribute("alt") or "")
    inspect(page)
