"""What is said in the demo fits together: who speaks is there, who is named exists."""

import re
from collections import Counter

import pytest

from hallway.core.text import find_mentions
from hallway.demo.cast import ZONES, leading_roles, read_data, whole_company
from hallway.demo.conversations import Place, actors, places, posts, remarks, scenes
from hallway.demo.pictures import drawn

PLACES: dict[str, Place] = {place.key: place for place in places()}
ROLES = {role.key: role for role in whole_company(250)}
EVERYWHERE = {"company", "wall"}


def may_speak(who: str, space: str) -> bool:
    return (
        space in EVERYWHERE or who in PLACES[space].core or ROLES[who].unit in PLACES[space].units
    )


def all_texts() -> list[str]:
    told = [
        text for post in posts() for text in (post.text, *(said.text for said in post.comments))
    ]
    played = [text for scene in scenes() for text in (scene.text, *(t for _, t in scene.replies))]
    return told + played + [text for texts in remarks().values() for text in texts]


def test_there_is_enough_to_read() -> None:
    assert len(posts()) >= 90
    assert sum(len(post.comments) for post in posts()) >= 150
    assert sum(1 + len(scene.replies) for scene in scenes()) >= 60


def test_nothing_is_said_twice() -> None:
    assert [text for text, times in Counter(all_texts()).items() if times > 1] == []


def test_both_languages_are_heard_about_equally() -> None:
    spoken = Counter(post.lang for post in posts())
    assert set(spoken) == {"de", "en"}
    assert min(spoken.values()) / len(posts()) > 0.4


def test_every_mention_names_somebody() -> None:
    named = {handle for text in all_texts() for handle in find_mentions(text)}
    assert named
    assert named - ROLES.keys() == set()


def test_who_is_named_may_read_it() -> None:
    for post in posts():
        if post.space in EVERYWHERE or PLACES[post.space].openness == "open":
            continue
        for text in (post.text, *(said.text for said in post.comments)):
            outside = [who for who in find_mentions(text) if not may_speak(who, post.space)]
            assert outside == [], text


def test_authors_belong_to_the_space_they_post_in() -> None:
    strangers = [
        (who, post.space) for post in posts() for who in [post.by] if not may_speak(who, post.space)
    ]
    assert strangers == []
    assert [scene for scene in scenes() if not may_speak(scene.by, scene.space)] == []


def test_who_comments_may_read_the_space() -> None:
    for post in posts():
        if post.space in EVERYWHERE or PLACES[post.space].openness == "open":
            continue
        assert [said.by for said in post.comments if not may_speak(said.by, post.space)] == []


def test_only_managers_announce_in_the_news() -> None:
    managed = [place for place in places() if place.posting == "managers"]
    assert [place.key for place in managed] == ["news"]
    authors = {post.by for post in posts() if post.space == "news"}
    assert authors <= set(managed[0].announcers)


def test_answers_answer_what_came_before() -> None:
    for post in posts():
        for number, said in enumerate(post.comments, 1):
            assert said.to < number


def test_scenes_play_where_everybody_may_read() -> None:
    assert {PLACES[scene.space].openness for scene in scenes()} == {"open"}
    watchers = {role.key for role in leading_roles() if role.part}
    assert not watchers & set(actors()), "the three demo people speak for themselves"


@pytest.mark.parametrize("name", sorted({post.image for post in posts() if post.image}))
def test_every_picture_is_drawn_and_described(name: str) -> None:
    assert drawn(name)[:3] == b"\xff\xd8\xff"
    assert all(post.alt for post in posts() if post.image == name)


def test_the_company_is_a_tree_of_250_people_in_six_countries() -> None:
    roles = whole_company(250)
    assert len(roles) == len({role.key for role in roles}) == 250
    assert [role.key for role in roles if not role.manager and role.kind == "employee"] == [
        "helene-brandt"
    ]
    before: set[str] = set()
    for role in roles:
        assert role.manager in before | {""}, "managers come before their people"
        before.add(role.key)
    cities = {role.city for role in roles}
    for country in read_data("names").values():
        assert cities & set(country["cities"])
    assert set(ZONES) >= {"Accra", "Osaka", "Lisboa"}
    assert any(re.search("[一-龯]", role.name) for role in roles)


def test_the_company_is_the_same_each_time() -> None:
    assert whole_company(120) == whole_company(120)
