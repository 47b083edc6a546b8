"""Why somebody is shown an entry, in one sentence: the rule of the home stream in words."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hallway.entries.models import Entry
from hallway.people.following import followed_of
from hallway.people.models import Person
from hallway.spaces import access as spaces


def reason(viewer: Person, entry: Entry) -> str:
    """What brings `entry`, which the viewer may see, onto their home page, or that nothing does."""
    names = {"space": entry.space.name, "name": entry.author.name}
    if entry.author_id == viewer.pk:
        return _("You wrote this.")
    follows = bool(followed_of(viewer, [entry.author]))
    belongs = spaces.belongs(viewer, entry.space)
    if belongs and entry.space.is_wall:
        return _("It is on your wall.")
    if belongs and entry.space.is_company and follows:
        return _("It is in %(space)s, which is for everybody, and you follow %(name)s.") % names
    if belongs and entry.space.is_company:
        return _("It is in %(space)s, which is for everybody in the company.") % names
    if belongs and follows:
        return _("You are in %(space)s, and you follow %(name)s.") % names
    if belongs:
        return _("You are in %(space)s.") % names
    if follows:
        return _("You follow %(name)s.") % names
    if entry.space.is_wall:
        return _("Everybody may read the wall of %(name)s. It is not on your home page.") % {
            "name": entry.space.owner.name if entry.space.owner else entry.space.name
        }
    return _("Everybody may read %(space)s. It is not on your home page.") % names


def menu_row(request: HttpRequest, entry: Entry) -> str:
    """The question in the menu of a card; a comment is where its conversation is."""
    if entry.is_comment:
        return ""
    return render_to_string("stream/_why_row.html", {"entry": entry}, request)
