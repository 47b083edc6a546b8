"""The wide picture at the top of a profile: shown, kept, replaced and left out like the photo."""

import io
from typing import Any

from django.core.files.storage import default_storage
from PIL import Image

from hallway.people.models import Cover
from hallway.worker.sweeping import _named
from tests.company.test_settings import settle
from tests.people.test_editing import bomb, picture, save
from tests.world import World


def test_a_cover_is_a_band_for_those_who_may_see(world: World) -> None:
    assert save(world, world.cleo, cover=picture(size=(600, 900))).status_code == 302
    cover = Cover.objects.select_related("person").get()
    assert set(cover.files.values()) <= set(_named())
    page = world.browser(world.ada).get("/people/cleo").content.decode()
    assert f'src="{cover.url}"' in page and cover.large_url in page
    for address in (cover.url, cover.large_url):
        response = world.browser(world.ada).get(address)
        with Image.open(io.BytesIO(response.content)) as shown:
            # Nothing is enlarged, and everything is four times as wide as high.
            assert (shown.format, shown.size) == ("WEBP", (600, 150))
        assert "sandbox" in response.headers["Content-Security-Policy"]
        tag = {"If-None-Match": response.headers["ETag"]}
        assert world.browser(world.ada).get(address, headers=tag).status_code == 304
        assert world.browser(world.gus).get(address, headers=tag).status_code == 404
        assert world.browser(world.gus).get(address).status_code == 404
    for wrong in ("/641", "/96"):
        assert world.browser(world.ada).get(cover.url[:-4] + wrong).status_code == 404
    # On lists and cards it costs nobody anything.
    assert cover.version not in world.browser(world.ada).get("/people/").content.decode()


def test_another_cover_takes_its_place_and_none_leaves_a_band(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    save(world, world.ada, cover=picture())
    old = Cover.objects.select_related("person").get()
    with django_capture_on_commit_callbacks(execute=True):
        save(world, world.ada, cover=picture("red"), photo=picture())
    new = Cover.objects.select_related("person").get()
    assert world.ada.photo and new.version != old.version
    assert world.browser(world.ben).get(old.url).status_code == 404
    assert not any(default_storage.exists(name) for name in old.files.values())
    assert "Remove the cover" in world.browser(world.ada).get("/people/me/edit").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        save(world, world.ada, remove_cover="on")
    assert not Cover.objects.exists()
    assert not any(default_storage.exists(name) for name in new.files.values())
    page = world.browser(world.ben).get("/people/ada").content.decode()
    assert f'<div class="cover hue-{world.ada.hue_step}"></div>' in page


def test_a_hostile_cover_is_refused_and_the_words_stay(world: World) -> None:
    response = save(world, world.ada, about="Words I wrote", cover=bomb(), remove_cover="")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Words I wrote" in page and 'id="id_cover_error"' in page
    assert not Cover.objects.exists()


def test_where_covers_are_switched_off_there_is_not_even_a_band(world: World) -> None:
    save(world, world.ada, cover=picture())
    cover = Cover.objects.select_related("person").get()
    settle(world, shown_fields=["about"])
    browser = world.browser(world.ben)
    assert 'class="cover' not in browser.get("/people/ada").content.decode()
    assert browser.get(cover.url).status_code == 404
    save(world, world.ada, cover=picture("red"), remove_cover="on")
    assert Cover.objects.get().version == cover.version
    settle(world, shown_fields=["cover"])
    assert browser.get(cover.url).status_code == 200
