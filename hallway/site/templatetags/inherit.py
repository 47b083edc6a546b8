"""`{% extends %}` and `{% include %}` that look for a template named outright only once.

Django looks for the parent of a page, and walks through all its parts for blocks, on every page it
draws; that was a tenth of what a page costs. What is written here is found once and kept with the
tag, whose template the loader keeps for as long.
"""

from __future__ import annotations

from typing import Any, cast

from django import template
from django.template.base import NodeList, Parser, Template, Token
from django.template.context import Context
from django.template.loader_tags import (
    BLOCK_CONTEXT_KEY,
    BlockContext,
    BlockNode,
    ExtendsNode,
    IncludeNode,
    do_extends,
    do_include,
)
from django.utils.safestring import SafeString

register = template.Library()


class Extends(ExtendsNode):
    """Django's, for a parent whose name is a constant."""

    _above: tuple[Template, dict[str, BlockNode]] | None = None

    def render(self, context: Context) -> SafeString:
        if self._above is None:
            parent = self.get_parent(context)
            self._above = parent, _outermost(parent.nodelist)
        parent, blocks = self._above
        held = context.render_context.get(BLOCK_CONTEXT_KEY)
        if held is None:
            held = context.render_context[BLOCK_CONTEXT_KEY] = BlockContext()
        held.add_blocks(self.blocks)
        held.add_blocks(blocks)
        with context.render_context.push_state(parent, isolated_context=False):
            drawn: SafeString = parent.nodelist.render(context)
            return drawn


class Include(IncludeNode):
    """Django's, for a template whose name is a constant."""

    _found: Template | None = None

    def render(self, context: Context) -> SafeString:
        found = self._found
        if found is None:
            drawn_now = cast(Template, context.template)
            found = drawn_now.engine.get_template(self.template.resolve(context))
            self._found = found
        values = {name: given.resolve(context) for name, given in self.extra_context.items()}
        if self.isolated_context:
            return found.render(context.new(values))
        if not values:
            return found.render(context)
        with context.push(**values):
            return found.render(context)


def _outermost(nodes: NodeList) -> dict[str, BlockNode]:
    """The blocks of a template that extends no other; one that does brings its own."""
    if nodes.get_nodes_by_type(ExtendsNode):
        return {}
    blocks: list[Any] = nodes.get_nodes_by_type(BlockNode)
    return {block.name: block for block in blocks}


@register.tag
def extends(parser: Parser, token: Token) -> ExtendsNode:
    """As Django's `{% extends %}`."""
    node = do_extends(parser, token)
    if not _is_constant(node.parent_name):
        return node
    return Extends(node.nodelist, node.parent_name)


@register.tag
def include(parser: Parser, token: Token) -> IncludeNode:
    """As Django's `{% include %}`; a constant name counts from the folder of all templates."""
    node = do_include(parser, token)
    if not _is_constant(node.template) or str(node.template.var).startswith("."):
        return node
    return Include(
        node.template, extra_context=node.extra_context, isolated_context=node.isolated_context
    )


def _is_constant(expression: Any) -> bool:
    return isinstance(expression.var, str) and not expression.filters
