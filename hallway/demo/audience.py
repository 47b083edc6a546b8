"""The audience of a town hall in the demo: asks, backs and claps while somebody has the doors open.

Through everybody's doors, one deed every few seconds; as soon as no hall is on air it is quiet.
"""

import http.client
import logging
import re
import threading
from random import Random

from hallway.demo.browsing import Browser, Refused
from hallway.demo.cast import leading_roles
from hallway.demo.conversations import actors
from hallway.demo.founding import PASSWORD
from hallway.demo.halls import later_questions

log = logging.getLogger(__name__)

WAITING = 6.0
"""Seconds between two looks whether a hall is on air."""
PAUSE = (1.0, 4.0)
"""Seconds between two deeds in a hall."""

_ON_AIR = re.compile(r'id="air-(\d+)"')
_QUESTION = re.compile(r'<li id="question-(\d+)"[^>]*data-state="(?:open|on_stage)"')
_DEEDS = ("back", "back", "back", "back", "cheer", "cheer", "cheer", "ask")
_CHEERS = ("clap", "clap", "clap", "heart", "idea", "laugh")


class Audience:
    """Those of the company who come to the town hall of one server."""

    def __init__(self, address: str, dice: Random | None = None) -> None:
        self._dice = dice or Random()
        emails = {role.key: role.email for role in leading_roles()}
        self._browsers = [Browser(address, emails[key], PASSWORD) for key in actors()]
        self._asked: set[str] = set()

    def run(self, stop: threading.Event) -> None:
        """Take part in whatever is on air until `stop` is set; a server that is away is awaited."""
        pause = WAITING
        while not stop.wait(pause):
            try:
                pause = self._dice.uniform(*PAUSE) if self.step() else WAITING
            except (OSError, http.client.HTTPException, Refused) as error:
                log.info("the audience of the demo waits: %s", error)
                pause = WAITING

    def step(self) -> bool:
        """Do one thing in a hall that is on air; returns whether there is one.

        Raises what `browsing.Browser` raises.
        """
        browser = self._dice.choice(self._browsers)
        on_air = _ON_AIR.search(browser.read("/spaces/"))
        if on_air is None:
            return False
        page = browser.read(f"/halls/{on_air[1]}")
        deed = self._dice.choice(_DEEDS)
        if deed == "ask":
            self._ask(browser, page, on_air[1])
        elif deed == "back" and (questions := _QUESTION.findall(page)):
            chosen = self._dice.choice(questions[:12])
            browser.send(f"/halls/questions/{chosen}/vote", page, on="1")
        else:
            browser.send(f"/halls/{on_air[1]}/cheer", page, kind=self._dice.choice(_CHEERS))
        return True

    def _ask(self, browser: Browser, page: str, hall: str) -> None:
        fresh = [text for text in later_questions() if text not in self._asked]
        if fresh:
            text = self._dice.choice(fresh)
            self._asked.add(text)
            browser.send(f"/halls/{hall}/questions", page, text=text)
