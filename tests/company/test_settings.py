"""What administrators settle holds for all from their next page on, and costs none a query."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from hallway.audit.models import Row
from hallway.company.models import Company
from hallway.company.present import company
from hallway.console.actions import change_settings
from hallway.core.storage import stored_before
from hallway.people.models import Person
from hallway.worker.sweeping import _named
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def form(**changed: Any) -> dict[str, Any]:
    """The form as it is shown now, with something changed."""
    now = company()
    return {
        "seen": now.version,
        "name": now.name,
        "hue": now.hue,
        "languages": now.languages,
        "language": now.language,
        "second_step": now.second_step,
        "joining": now.joining,
        "domains": "\n".join(now.domains),
        "largest_picture": now.largest_picture,
        "longest_text": now.longest_text,
        "shown_fields": [each for each in Company.ProfileField.values if now.shows(each)],
        **changed,
    }


def settle(world: World, **changed: Any) -> None:
    """Rita settles something."""
    answer = world.confirmed(world.rita).post("/admin/settings", form(**changed))
    assert answer.status_code == 302, answer.context["form"].errors


def queries(browser: Client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get("/").status_code == 200
    return len(asked)


def test_name_and_colour_hold_on_every_page_and_are_noted(world: World) -> None:
    ada = world.browser(world.ada)
    ada.get("/")
    before = queries(ada)
    settle(world, name="Südlicht", hue="25")
    for browser in (ada, Client()):
        page = browser.get("/", follow=True).content.decode()
        assert "Südlicht" in page and "/brand/25.css" in page
    assert queries(ada) == before
    noted = Row.objects.order_by("pk").values_list("deed", "before", "after", "by_id")
    assert list(noted) == [
        ("company.name", "", "Südlicht", world.rita.pk),
        ("company.hue", "", "25", world.rita.pk),
    ]
    assert "Südlicht" in world.browser(world.rita).get("/admin/audit/").content.decode()
    # Where the environment's own is chosen again, the environment decides again.
    settle(world, name="Hallway", hue="166")
    assert (Company.objects.get().own_name, Company.objects.get().own_hue) == ("", None)


def test_another_process_learns_of_it_with_the_next_page(world: World) -> None:
    ada = world.browser(world.ada)
    settle(world, name="Südlicht")
    assert "Südlicht" in ada.get("/").content.decode()
    # As if another process had done it: this one is told nothing.
    Company.objects.update(own_name="Ostlicht", version=7)
    assert "Ostlicht" in ada.get("/").content.decode()
    Company.objects.all().delete()
    assert "Ostlicht" not in ada.get("/").content.decode()


def test_two_at_once_do_not_undo_each_other(world: World) -> None:
    rita, shown = world.confirmed(world.rita), form()
    settle(world, name="Südlicht")
    answer = rita.post("/admin/settings", shown | {"hue": "25"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert company().hue == 166
    assert 'value="25"' in page and f'value="{company().version}"' in page
    version = company().version
    assert not change_settings({"own_name": "Südlicht"}, seen=version, by=world.rita)
    assert company().version == version


def test_only_administrators_who_have_just_shown_who_they_are(world: World) -> None:
    assert world.browser(world.ada).get("/admin/settings").status_code == 404
    assert world.confirmed(world.ben).post("/admin/settings", form(name="X")).status_code == 404
    answer = world.browser(world.rita).post("/admin/settings", form(name="X"))
    assert answer["Location"].startswith("/settings/confirm")
    for address in ("people/of/ben/administrator", "people/import", "people/import/write"):
        answer = world.browser(world.rita).post(f"/admin/{address}", {"be": "yes"})
        assert answer["Location"].startswith("/settings/confirm"), address
    world.ben.refresh_from_db()
    assert not world.ben.is_administrator
    assert not Row.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"hue": "361"}, {"languages": []}, {"languages": ["de"]}, {"second_step": "x"}],
)
def test_what_makes_no_sense_is_not_settled(world: World, wrong: dict[str, Any]) -> None:
    answer = world.confirmed(world.rita).post("/admin/settings", form(**{"name": "Kept", **wrong}))
    assert answer.status_code == 422
    assert not Company.objects.exists()
    assert "name" in wrong or 'value="Kept"' in answer.content.decode()


def test_a_language_that_is_taken_away_is_spoken_to_nobody(world: World) -> None:
    assert Person.objects.get(pk=world.cleo.pk).language == "de"
    settle(world, languages=["en"])
    assert Person.objects.get(pk=world.cleo.pk).language == "en"
    for browser in (world.browser(world.cleo), Client(headers={"Accept-Language": "de-AT"})):
        browser.cookies["language"] = "de"
        answer = browser.get("/accounts/login/", follow=True)
        assert answer["Content-Language"] == "en"
    assert "Deutsch" not in Client().get("/accounts/login/").content.decode()
    answer = world.browser(world.cleo).post(
        "/settings/display", {"language": "de", "theme": "dark", "time_zone": ""}
    )
    assert answer.status_code == 422
    settle(world, languages=["en", "de"], language="de")
    assert Client().get("/accounts/login/")["Content-Language"] == "de"


def png() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGBA", (900, 300), (200, 20, 20, 120)).save(file, "PNG")
    return SimpleUploadedFile("logo.svg", file.getvalue(), "image/svg+xml")


def test_a_logo_is_drawn_anew_and_shown_to_everybody(world: World) -> None:
    rita = world.confirmed(world.rita)
    assert Client().get("/logo").status_code == 404
    assert rita.post("/admin/settings/logo", {"logo": png()}).status_code == 302
    page = Client().get("/accounts/login/").content.decode()
    assert f"/logo?{company().version}" in page
    answer = Client().get("/logo")
    assert answer["Content-Type"] == "image/webp"
    with Image.open(BytesIO(b"".join(answer))) as drawn:  # type: ignore[arg-type]
        assert (drawn.format, drawn.width) == ("WEBP", 640)
    first = company().logo
    assert first in set(_named())
    rita.post("/admin/settings/logo", {"logo": png()})
    assert company().logo != first
    bad = SimpleUploadedFile("x.png", b"<svg onload=alert(1)>")
    assert rita.post("/admin/settings/logo", {"logo": bad}).status_code == 422
    tomorrow = timezone.now() + timedelta(days=1)
    rita.post("/admin/settings/logo", {"remove": "yes"})
    assert Client().get("/logo").status_code == 404
    assert list(Row.objects.values_list("deed", flat=True)) == ["company.logo"] * 3
    assert first not in {name for names in stored_before(tomorrow) for name in names}
