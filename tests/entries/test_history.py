"""Earlier versions: what each edit changed, in words that a screen reader says, too."""

import pytest

from hallway.entries.actions import edit
from tests.world import World

pytestmark = pytest.mark.django_db


def test_each_version_says_what_it_changed(world: World) -> None:
    post = world.post(world.open, "We meet on <Monday>", by=world.ada, title="Lunch")
    edit(post, title="Lunch", text="We meet on **Tuesday**", by=world.ada)
    edit(post, title="Dinner", text="We meet on **Tuesday**", by=world.ada)
    page = world.browser(world.cleo).get(f"/e/{post.pk}/history").content.decode()
    added, removed = "Hinzugefügt:", "Entfernt:"  # Cleo reads German
    assert f'<del><span class="visually-hidden">{removed} </span>&lt;Monday&gt;' in page
    assert f'<ins><span class="visually-hidden">{added} </span>**Tuesday**' in page
    assert f"{removed} </span>Lunch<" in page
    assert f"{added} </span>Dinner<" in page
    assert page.index("Dinner") < page.index("&lt;Monday&gt;")


def test_many_versions_stand_on_pages(world: World) -> None:
    post = world.post(world.open, "Text 0", by=world.ada)
    for number in range(1, 15):
        edit(post, title="", text=f"Text {number}", by=world.ada)
    browser = world.browser(world.ada)
    first = browser.get(f"/e/{post.pk}/history").content.decode()
    assert first.count('<li class="card version">') == 10
    assert "?before=6" in first
    last = browser.get(f"/e/{post.pk}/history?before=6").content.decode()
    assert last.count('<li class="card version">') == 5
    assert "Text 4" in last
    assert "?before=" not in last
