"""A second, independent reading of rendered HTML: what in it is not on the list of what may be."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

ELEMENTS = {
    "a", "blockquote", "br", "code", "div", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    ("a", "class"): re.compile("mention|tag"),
    ("a", "href"): re.compile(
        r"(?:https?://[^\s\\]+|mailto:[^\s\\]+|/(?![/\\])[^\s\\]*)", re.IGNORECASE
    ),
    ("a", "rel"): re.compile("nofollow noopener noreferrer"),
    ("li", "class"): re.compile("task|task-done"),
    ("ol", "start"): re.compile(r"\d{1,9}"),
    ("td", "class"): re.compile("align-(?:left|center|right)"),
    ("th", "class"): re.compile("align-(?:left|center|right)"),
}


def forbidden_in(html: str) -> list[str]:
    """Return every element, attribute, comment or nesting of `html` that may not be there."""
    found: list[str] = []
    etree.fromstring(  # well-formed but for the elements without an end
        re.sub(r"<(br|hr)>", r"<\1/>", f"<div>{html.replace('&nbsp;', ' ')}</div>"),
        etree.XMLParser(resolve_entities=False, huge_tree=True),
    )
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for node in root.iter():
        if not isinstance(node.tag, str):
            found.append(f"{node!r}")
            continue
        if node.tag not in ELEMENTS or (node.tag == "div" and node is not root):
            found.append(f"<{node.tag}>")
        if node.tag == "a" and any(above.tag == "a" for above in node.iterancestors()):
            found.append("<a> in <a>")
        for name, value in node.attrib.items():
            permitted = ATTRIBUTES.get((node.tag, name))
            if permitted is None or not permitted.fullmatch(value):
                found.append(f"{node.tag} {name}={value!r}")
    return found
