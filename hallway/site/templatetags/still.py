"""A tag for the parts of a page that are the same for everybody: drawn once, not once a page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT = 4_000


class StillNode(template.Node):
    """Keeps what it drew for each language and each set of the values it was given."""

    def __init__(self, nodelist: NodeList, given: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.given = given
        self._drawn: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.given.items()}
        key = (get_language(), *values.values())
        drawn = self._drawn.get(key)
        if drawn is None:
            # A context of its own: what is the viewer's cannot come in, so it cannot stay in.
            drawn = self.nodelist.render(context.new(values))
            if len(self._drawn) >= MOST_KEPT:
                self._drawn.clear()
            self._drawn[key] = drawn
        return drawn


@register.tag
def still(parser: Parser, token: Token) -> StillNode:
    """`{% still here=nav.here %}…{% endstill %}`: draw the inside once per language and values.

    The inside sees the named values only, neither request nor viewer. Values must be hashable
    and few; give none that people choose freely.
    """
    words = token.split_contents()[1:]
    given = token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError("still takes name=value only")
    nodelist = parser.parse(("endstill",))
    parser.delete_first_token()
    return StillNode(nodelist, given)
