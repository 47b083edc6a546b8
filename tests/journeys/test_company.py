"""An administrator settles the looks and a second step; open screens follow with the next page."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import expect

from hallway.accounts.models import Session
from hallway.accounts.sessions import SessionStore
from tests.journeys.conftest import House
from tests.journeys.screens import Screens
from tests.world import just_confirmed

pytestmark = pytest.mark.browser


def test_what_rita_settles_ada_meets_on_her_next_page(house: House, screens: Screens) -> None:
    world = house.world
    ada, rita = screens.of(world.ada), screens.of(world.rita)
    for session in Session.objects.filter(person__in=[world.ada, world.rita]):
        assert session.person
        just_confirmed(SessionStore(session.pk), session.person)
    rita.goto("/admin/settings")
    rita.locator("[name=name]").fill("Südlicht")
    rita.locator("[name=hue]").fill("25")
    rita.locator("main form.stack .button").click()
    expect(rita.locator(".bar-company")).to_have_text("Südlicht")
    ada.locator(".side a[href='/people/']").click()
    expect(ada.locator(".bar-company")).to_have_text("Südlicht")
    expect(ada.locator("link[href='/brand/25.css']")).to_have_count(1)

    rita.locator("[name=second_step][value=everybody]").check()
    rita.locator("main form.stack .button").click()
    ada.goto("/")
    expect(ada.locator("main .note")).to_contain_text("asks for a second step")
    ada.locator("[formaction$='/app/begin']").click()
    key = ada.locator(".secret-key").inner_text().replace(" ", "")
    code = totp.format_hotp_value(totp.hotp_value(key, int(time.time()) // 30))
    ada.locator("[name=code]").fill(code)
    ada.locator("main .form .button").first.click()
    expect(ada.locator(".codes")).to_be_visible()
    ada.goto("/")
    expect(ada.locator("main .compose-text").first).to_be_visible()
