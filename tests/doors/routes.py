"""Every route of the installation, found by walking the URL resolver, with addresses to try."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hallway.core.guarding import as_system
from hallway.entries.models import Attachment
from tests.doors.story import Story

UNKNOWN: dict[str, object] = {
    "pk": 987_654_321,
    "slug": "no-such-room",
    "handle": "no-such-person",
    "number": 987_654_321,
    "name": "cnry9999nothing",
    "token": "no-such-token",
    "version": "0" * 8,
    "size": 48,
    "width": 640,
    "hue": 20,
}
PUBLIC = {
    "site:brand",
    "site:icon",
    "site:picture",
    "site:maskable",
    "site:manifest",
    "site:worker",
    "site:offline",
    "site:favicon",
    "site:logo",
    "site:robots",
    "site:health",
    "account_login",
    "account_logout",
    "account_language",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_invitation",
    "account_join",
    "account_join_asked",
    "account_join_link",
    "account_first",
    "account_address_answer",
    "account_passkey",
    "account_passkey_options",
    "mfa_authenticate",
    "owndata:left",
    "owndata:stay",
    "townhalls:nameless",
    "outside:unsubscribe",
}
"""What answers those who are not signed in; none of it shows anything that people wrote."""

OWN = {
    "account_change_password",
    "account_settings",
    "account_security",
    "account_display",
    "account_theme",
    "account_confirm",
    "account_address",
    "account_withdraw_address",
    "account_app",
    "account_app_begin",
    "account_app_qr",
    "account_codes",
    "account_remove",
    "account_passkey_new",
    "account_passkey_ask",
    "account_sessions",
    "owndata:overview",
    "owndata:ask",
    "owndata:fetch",
    "owndata:leave",
    "account_end_others",
    "account_end_session",
    "notifications:choices",
    "stream:welcome",
    "stream:about",
    "outside:mail",
    "outside:devices",
    "outside:end-device",
    "people:edit",
    "people:qr",
    "spaces:new",
    "guests:invite",
    "townhalls:anonymity",
}
"""Pages about oneself, and an empty form."""

OF_ADMINISTRATORS = {
    "account_invitations",
    "account_resend",
    "account_withdraw",
    "account_deactivate",
    "account_reactivate",
    *(
        f"console:{page}"
        for page in ("overview", "people", "person", "spaces", "reports", "audit", "audit-csv")
    ),
    *(f"console:{deed}" for deed in ("look", "report")),
    *(f"console:{deed}" for deed in ("invite", "invite-waiting", "import", "import-write")),
    *(f"console:{deed}" for deed in ("administrator", "sign-out")),
    *(f"console:{page}" for page in ("settings", "settings-logo")),
    "account_reset_factors",
    "owndata:leave-of",
    *(f"console:{page}" for page in ("units", "unit", "edit-unit", "remove-unit")),
}

OF_PICTURES = {"entries:image", "entries:kept", "entries:send-ahead"}

DEEDS = {
    "comments:write",
    "entries:send-ahead",
    "entries:react",
    "entries:save",
    "entries:pin",
    "scheduled:publish",
    "scheduled:delete",
    "entries:delete",
    "entries:restore",
    "notifications:levels",
    "notifications:read",
    "notifications:seen",
    "notifications:thread",
    "people:follow",
    "people:unfollow",
    "spaces:join",
    "spaces:ask",
    "spaces:withdraw",
    "spaces:decline",
    "spaces:answer",
    "spaces:role",
    "spaces:remove",
    "spaces:send",
    "spaces:uninvite",
    "spaces:appoint",
    "spaces:end-rule",
    "stream:all-seen",
    "stream:seen",
    "stream:space-seen",
    "stream:settled",
    "stream:understood",
    "guests:prolong",
    *(f"townhalls:{deed}" for deed in ("remind", "tokens", "ask", "withdraw-question", "vote")),
    *(f"townhalls:{deed}" for deed in ("cheer", "choose", "open", "asking", "polls", "poll-state")),
    *(f"townhalls:{deed}" for deed in ("release", "stage", "unstage", "answered", "reopen")),
}
"""What only a POST does; nothing is shown but the way back."""


@dataclass(frozen=True)
class Route:
    """One named address and what it needs."""

    name: str
    needs: tuple[str, ...]
    pattern: str = ""

    def address(self, **values: object) -> str:
        """The address with these values, and unknown ones for the others."""
        return reverse(self.name, kwargs={n: values.get(n, UNKNOWN[n]) for n in self.needs})

    @property
    def is_of_entry(self) -> bool:
        """Whether `pk` is the number of an entry."""
        if self.name in ("notifications:thread", "stream:why"):
            return True
        if "pk" not in self.needs:
            return False
        return (
            self.name.startswith(("entries:", "comments:", "shares:"))
            and self.name not in OF_PICTURES
        )

    @property
    def of_halls(self) -> str:
        """Of what in a town hall `pk` is the number: "hall", "question", "poll", or ""."""
        if not self.name.startswith("townhalls:") or "pk" not in self.needs:
            return ""
        return {"que": "question", "pol": "poll"}.get(self.pattern[:3], "hall")


def routes() -> list[Route]:
    """All of them."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            space = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from _walk(each, space)
        else:
            assert isinstance(each, URLPattern)
            assert each.name, f"{each.pattern} has no name, so nobody can say who guards it"
            needs = tuple(each.pattern.converters) or _groups(each)
            yield Route(prefix + each.name, needs, str(each.pattern))


def _groups(each: URLPattern) -> tuple[str, ...]:
    regex = getattr(each.pattern, "regex", None)
    return tuple(regex.groupindex) if regex is not None else ()


def hidden(story: Story, who: str, route: Route) -> Iterator[dict[str, object]]:
    """Values that exist in the world but not for `who`: each with what the others need."""
    company = story.company
    if route.is_of_entry:
        for name in ("secret.post", "secret.comment", "open.deleted", "open.gone", "open.deep"):
            own = route.name == "entries:restore" and company.items[name].deleted_by == who
            own |= route.name == "entries:decision" and company.explains(who, name)
            if not company.sees(who, name) and not own:
                yield {"pk": story.entries[name].pk}
    elif route.name == "entries:image":
        with as_system("the images of posts that somebody may not see"):
            for name in ("secret.post", "open.deleted"):
                if not company.sees(who, name):
                    entry = story.entries[name]
                    yield {"pk": Attachment.objects.filter(entry=entry).values_list("pk")[0][0]}
    elif route.name.startswith("scheduled:") and "pk" in route.needs:
        if who != "ada":
            yield {"pk": story.scheduled}
    elif route.name == "entries:kept":
        if who != "ada":
            yield {"pk": story.upload}
    elif route.of_halls:
        yield from _hidden_of_halls(story, who, route)
    elif route.name == "people:unit":
        for name, unit in story.units.items():
            if not company.knows_unit(who, name):
                yield {"pk": unit.pk}
    elif "slug" in route.needs:
        for name, row in story.rooms.items():
            if row.slug and not company.knows_room(who, name):
                yield {"slug": row.slug, "handle": "ada"}
    elif route.name.startswith("people:") and "handle" in route.needs:
        for name, person in story.world.people.items():
            if not company.knows(who, name):
                of_cover = route.name == "people:cover"
                version = story.cover_of(name) if of_cover else person.photo[-8:]
                yield {"handle": name, "version": version, "size": 640 if of_cover else 48}
    elif route.name == "console:report":
        # Not even administrators see it before they have looked.
        yield {"pk": story.entries["secret.post"].pk}
    elif route.name in OF_ADMINISTRATORS and not company.people[who].administrator:
        yield {"handle": "ben", "number": story.invitation, "pk": story.units["claims"].pk}
    elif route.name == "account_end_session":
        other = "ben" if who != "ben" else "ada"
        yield {"handle": story.sessions[other]}


def _hidden_of_halls(story: Story, who: str, route: Route) -> Iterator[dict[str, object]]:
    company = story.company
    directs = route.name.removeprefix("townhalls:") in OF_MODERATORS
    may = company.moderates if directs else company.sees
    if route.of_halls == "hall":
        for room, hall in story.halls.items():
            if not may(who, f"{room}.townhall"):
                yield {"pk": hall.pk}
    elif route.of_halls == "question":
        for name, asked in company.questions.items():
            own = asked.by == who and not directs
            hidden = not asked.is_public and not own and not company.moderates(who, asked.hall)
            if not may(who, asked.hall) or hidden:
                yield {"pk": story.questions[name].pk}
    else:
        for name, poll in story.polls.items():
            if not company.polled(who, name) or not may(who, f"{name.partition('.')[0]}.townhall"):
                yield {"pk": poll.pk}


OF_MODERATORS = {
    *("desk", "speaker", "end", "edit", "export-csv", "export-json", "open", "asking", "polls"),
    *("poll-state", "release", "stage", "unstage", "answered", "reopen", "decline", "merge"),
    "answer",
}
"""Pages and deeds in town halls that are for those who direct them."""
