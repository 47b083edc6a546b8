"""One's own profile and photo: what is kept, what is refused with the words kept."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image

from hallway.people.actions import add_person
from hallway.people.models import OrgUnit, Person, PersonSkill, Photo
from tests.world import World

EDIT = "/people/me/edit"


def picture(colour: str = "teal", size: tuple[int, int] = (640, 400)) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return SimpleUploadedFile("me.png", out.getvalue(), "image/png")


def bomb() -> SimpleUploadedFile:
    """A PNG of a few hundred bytes that claims 100,000 by 100,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return SimpleUploadedFile("bomb.png", b"\x89PNG\r\n\x1a\n" + body, "image/png")


def save(world: World, person: Person, **changes: Any) -> HttpResponse:
    browser = world.browser(person)
    form = browser.get(EDIT).context["form"]
    fields = {name: "" if value is None else value for name, value in form.initial.items()}
    fields = {name: value for name, value in fields.items() if name in form.fields}
    response: HttpResponse = browser.post(EDIT, fields | changes)
    person.refresh_from_db()
    return response


def test_everything_is_kept(world: World) -> None:
    unit = OrgUnit.objects.create(name="Claims")
    response = save(
        world, world.ada, name="Ada  Sørensen", title="Head", unit=unit.pk, location="Århus",
        manager="@ben", languages="da, English", about="Ask *me*.", skills="Diving, diving; SQL",
    )  # fmt: skip
    assert (response.status_code, response.headers["Location"]) == (302, "/people/ada")
    ada = world.ada
    assert (ada.name, ada.title, ada.unit, ada.location) == ("Ada Sørensen", "Head", unit, "Århus")
    assert (ada.manager, ada.languages, ada.about) == (world.ben, "da, English", "Ask *me*.")
    assert sorted(PersonSkill.objects.values_list("name", flat=True)) == ["Diving", "SQL"]
    page = world.browser(world.cleo).get("/people/?q=sorensen").content.decode()
    assert "Ada Sørensen" in page


def test_the_form_comes_back_as_it_was_saved(world: World) -> None:
    save(world, world.ada, manager="ben@company.example", skills="SQL, Diving")
    save(world, world.ada)
    assert world.ada.manager == world.ben
    assert PersonSkill.objects.filter(person=world.ada).count() == 2


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "required"),
        ("name", "\u200b…", "at least one letter"),
        ("name", "x" * 121, "at most 120"),
        ("manager", "@nobody", "Nobody has this name"),
        ("manager", "@dora", "Nobody has this name"),
        ("manager", "@ada", "own manager"),
        ("unit", "4711", "valid choice"),
        ("about", "line\n" * 300, "lines"),
        ("skills", ", ".join(f"skill {n}" for n in range(31)), "At most 30"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_stay(
    world: World, field: str, value: str, says: str
) -> None:
    response = save(world, world.ada, title="A new title", **{field: value})
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert 'aria-invalid="true"' in page
    assert 'value="A new title"' in page
    assert world.ada.title == "Claims handler"


def test_nobody_becomes_their_own_manager_in_a_circle(world: World) -> None:
    save(world, world.ada, manager="@ben")
    save(world, world.ben, manager="@cleo")
    assert save(world, world.cleo, manager="@ada").status_code == 422


def test_a_manager_is_found_by_a_name_that_is_theirs_alone(world: World) -> None:
    save(world, world.ada, manager=" ben  OKAFOR")
    assert world.ada.manager == world.ben
    other = add_person("ben2@company.example", "Ben Okafor")
    answer = save(world, world.ada, manager="Ben Okafor")
    assert answer.status_code == 422
    assert "Several people have this name" in answer.content.decode()
    save(world, world.ada, manager=f"@{other.handle}")
    assert world.ada.manager == other


def test_a_guest_has_no_unit_and_no_manager_to_choose(world: World) -> None:
    unit = OrgUnit.objects.create(name="Hidden unit")
    assert "Hidden unit" not in world.browser(world.gus).get(EDIT).content.decode()
    save(world, world.gus, unit=unit.pk, manager="@ada", title="Consultant")
    assert (world.gus.title, world.gus.unit, world.gus.manager) == ("Consultant", None, None)


@pytest.mark.parametrize(
    "field", ["kind", "is_administrator", "is_active", "email", "handle", "password"]
)
def test_no_other_column_can_be_written(world: World, field: str) -> None:
    before = getattr(world.gus, field)
    save(world, world.gus, **{field: "employee" if field == "kind" else "1"})
    assert getattr(world.gus, field) == before


def test_a_photo_is_shown_in_three_sizes_to_those_who_may_see(world: World) -> None:
    save(world, world.cleo, photo=picture())
    assert world.cleo.photo
    base = world.cleo.photo_url.rpartition("/")[0]
    for size in (48, 96, 320):
        address = f"{base}/{size}"
        response = world.browser(world.ada).get(address)
        with Image.open(io.BytesIO(response.content)) as shown:
            assert (shown.format, shown.size) == ("WEBP", (size, size))
        assert response.headers["Cache-Control"] == "private, max-age=600"
        tag = {"If-None-Match": response.headers["ETag"]}
        assert world.browser(world.ada).get(address, headers=tag).status_code == 304
        assert world.browser(world.gus).get(address, headers=tag).status_code == 404
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert world.browser(world.gus).get(address).status_code == 404
    assert world.browser(world.ada).get(f"{base}/97").status_code == 404
    assert world.cleo.photo_url in world.browser(world.ada).get("/people/").content.decode()


def test_a_new_photo_replaces_the_old_one(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    save(world, world.ada, photo=picture())
    old, files = world.ada.photo_url, Photo.objects.get().files.values()
    card = world.ada.card_version
    with django_capture_on_commit_callbacks(execute=True):
        save(world, world.ada, photo=picture("red"))
    assert world.ada.photo_url != old
    assert world.ada.card_version > card
    assert world.browser(world.ben).get(old).status_code == 404
    assert not any(default_storage.exists(name) for name in files)
    assert all(default_storage.exists(name) for name in Photo.objects.get().files.values())
    with django_capture_on_commit_callbacks(execute=True):
        save(world, world.ada, remove_photo="on")
    assert (world.ada.photo, Photo.objects.count()) == ("", 0)


@pytest.mark.parametrize(
    "upload",
    [bomb(), SimpleUploadedFile("me.png", b"<svg onload=alert(1)>", "image/png"),
     SimpleUploadedFile("me.gif", b"GIF89a" + b"\0" * 5, "image/gif")],
    ids=["bomb", "svg", "broken"],
)  # fmt: skip
def test_a_hostile_picture_is_refused_and_the_words_stay(
    world: World, upload: SimpleUploadedFile
) -> None:
    upload.seek(0)
    response = save(world, world.ada, about="Words I wrote", photo=upload)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Words I wrote" in page
    assert "picture" in page
    assert (world.ada.photo, world.ada.about) == ("", "")
    assert not Photo.objects.exists()
