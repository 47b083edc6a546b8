"""The allow-list of HTML that may leave the renderer, enforced on its output by a second parser."""

from __future__ import annotations

import nh3

from hallway.core.text.addresses import LINK_REL, is_safe_address

ALLOWED: dict[str, set[str]] = {
    "a": {"href", "rel", "class"},
    "blockquote": set(),
    "br": set(),
    "code": set(),
    "em": set(),
    "h3": set(),
    "h4": set(),
    "h5": set(),
    "h6": set(),
    "hr": set(),
    "li": {"class"},
    "ol": {"start"},
    "p": set(),
    "pre": set(),
    "s": set(),
    "strong": set(),
    "table": set(),
    "tbody": set(),
    "td": {"class"},
    "th": {"class"},
    "thead": set(),
    "tr": set(),
    "ul": set(),
}
"""Every element that may appear, with every attribute it may have."""

CLASSES: dict[str, set[str]] = {
    "a": {"mention", "tag"},
    "li": {"task", "task-done"},
    "td": {"align-left", "align-center", "align-right"},
    "th": {"align-left", "align-center", "align-right"},
}
"""Every value of `class` that may appear."""

_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    attributes={"a": {"href"}, "ol": {"start"}},
    allowed_classes=CLASSES,
    tag_attribute_values={"a": {"rel": {LINK_REL}}},
    link_rel=None,
    strip_comments=True,
    url_schemes={"http", "https", "mailto"},
    url_relative=lambda address: address if is_safe_address(address) else None,
)


def sanitised(html: str) -> str:
    """Return `html` with nothing in it but what ALLOWED and CLASSES list."""
    return _CLEANER.clean(html)
