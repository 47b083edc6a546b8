"""The names of the 24 steps of the colour circle, so that colours can be chosen by ear as well."""

from django.utils.translation import gettext_lazy as _

HUES = (
    _("Crimson"),
    _("Ruby"),
    _("Red"),
    _("Vermilion"),
    _("Orange"),
    _("Amber"),
    _("Gold"),
    _("Olive"),
    _("Lime"),
    _("Leaf green"),
    _("Green"),
    _("Emerald"),
    _("Teal"),
    _("Turquoise"),
    _("Cyan"),
    _("Sky"),
    _("Azure"),
    _("Blue"),
    _("Cobalt"),
    _("Indigo"),
    _("Violet"),
    _("Purple"),
    _("Magenta"),
    _("Pink"),
)
