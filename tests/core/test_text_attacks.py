"""No text a person writes becomes script, style or a link that lies about its host."""

# ruff: noqa: E501 (payloads stand on one line)

from __future__ import annotations

import pytest

from hallway.core.text import render
from hallway.core.text.sanitising import sanitised
from tests.core.text_allowlist import forbidden_in

MARKDOWN = r"""
[x](javascript:alert(1))
[x](JaVaScRiPt:alert(1))
[x](javascript&colon;alert(1))
[x](javascript&#58;alert(1))
[x](&#106;&#97;&#118;ascript:alert(1))
[x](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74:alert(1))
[x](java&Tab;script:alert(1))
[x](java&NewLine;script:alert(1))
[x](<java	script:alert(1)>)
[x](&#1;javascript:alert(1))
[x]( javascript:alert(1))
[x](javascript://%0aalert(1))
[x](javascript%3Aalert(1))
[x](\javascript:alert(1))
[x](data:text/html,<script>alert(1)</script>)
[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)
[x](data:image/svg+xml,<svg/onload=alert(1)>)
[x](data:image/png;base64,AAAA)
[x](vbscript:msgbox(1))
[x](livescript:x)
[x](blob:https://a/b)
[x](file:///etc/passwd)
[x](view-source:javascript:x)
[x](//evil.example)
[x](///evil.example)
[x](/\evil.example)
[x](\\evil.example)
[x](/%5Cevil.example)
[x](</	/evil.example>)
[x](https:evil.example)
[x](https:/\evil.example)
[x](https://a"onmouseover="alert(1))
[x](https://a'onmouseover='alert(1))
[x](https://a.example "t" onclick="alert(1)")
[x](https://a.example '"><img src=x onerror=alert(1)>')
[x](https://a.example (t"><svg onload=alert(1)>))
[x]: javascript:alert(1)
![x](javascript:alert(1))
![x"onerror="alert(1)](https://a.example)
![x](https://a.example/x.png"onerror="alert(1))
![![a](javascript:x)](javascript:y)
[![a](javascript:x)](javascript:y)
[a](b"onclick=x//)[c](d)
<javascript:alert(1)>
<JAVASCRIPT:alert(1)>
<data:text/html,x>
<https://a"onclick=alert(1)>
<https://a.example/`onclick=alert(1)>
<a@b.example"onclick=alert(1)>
https://a.example/"onmouseover="alert(1)
https://a.example/'><script>alert(1)</script>
www.a.example/"><img src=x onerror=alert(1)>
x"onclick="alert(1)@a.example
<script>alert(1)</script>
<scr<script>ipt>alert(1)</scr</script>ipt>
<svg onload=alert(1)>
<svg><style><img src=x onerror=alert(1)></style></svg>
<svg><a xlink:href="javascript:alert(1)">x</a></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<img src=x onerror=alert(1)>
<img src=x onerror=alert(1)//
<iframe srcdoc="<script>alert(1)</script>">
<iframe src=javascript:alert(1)>
<object data=javascript:alert(1)>
<embed src=javascript:alert(1)>
<base href=//evil.example>
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<link rel=stylesheet href=//evil.example>
<style>*{background:url(//evil.example)}</style>
<p style="background:url(javascript:alert(1))">
<a href="javascript:alert(1)">x</a>
<details open ontoggle=alert(1)>
<input autofocus onfocus=alert(1)>
<template><script>alert(1)</script></template>
<!--><script>alert(1)</script>-->
<![CDATA[<script>alert(1)</script>]]>
<?php alert(1) ?>
<!DOCTYPE html><script>alert(1)</script>
`<img src=x onerror=alert(1)>`
``` "><script>alert(1)</script>
~~~ onload=alert(1) class="x"
&lt;script&gt;alert(1)&lt;/script&gt;
&#60;script&#62;alert(1)&#60;/script&#62;
@anna"><script>alert(1)</script>
#tag"><script>alert(1)</script>
#"onclick=alert(1)
*<img src=x onerror=alert(1)>*
**[x](javascript:alert(1)**)
[<img src=x onerror=alert(1)>](https://a.example)
[x](https://a.example)<script>alert(1)</script>
\<script>alert(1)\</script>
\u003cscript\u003ealert(1)
<<script>alert(1);//<</script>
<x/onclick=alert(1)>
<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>
""".strip().split("\n")

BLOCKS = [
    "|a|\n|:-:|\n|<script>alert(1)</script>|",
    '|a"onclick="x|\n|-:|\n|[x](javascript:alert(1))|',
    "|a|\n|:style=x:|\n|b|",
    "[a]: javascript:alert(1)\n\n[a]",
    "[a]: <data:text/html,x> 'onclick=\"x\"'\n\n[a]",
    '[a]: https://a.example "x\\" onclick=\\"y"\n\n![a]',
    "999999999. <script>",
    "- [x] <script>alert(1)</script>",
    "> <svg/onload=alert(1)>",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "    </code></pre><script>alert(1)</script>",
    "<div>\n\n*x*\n\n</div onclick=x>",
    "[x](java\nscript:alert(1))",
    "[x](java\x00script:alert(1))",
    "[x](\u202ejavascript:alert(1))",
    "[x](java\u200bscript:alert(1))",
    "[x](\ufeffjavascript:alert(1))",
    "\x1b]8;;javascript:alert(1)\x07x\x1b]8;;\x07",
]

RAW = [
    '<a href="javascript:x" onclick="y" style="z" target="_blank" id="q">a</a>',
    '<a href="//evil.example" class="mention evil" rel="opener">a</a>',
    '<svg><style><a title="</style><img src=x onerror=alert(1)>">',
    '<math><mi><table><mglyph><style><!--</style><img title="--><img src=1 onerror=alert(1)>">',
    '<td style="text-align:right" class="align-right x">a</td>',
    '<input type="checkbox" checked><form action="x"><button>b</button></form>',
    '<img src="/x"><script>a</script><!-- c --><p onclick="x">b</p>',
]


def test_the_corpus_is_large_enough() -> None:
    assert len(MARKDOWN) + len(BLOCKS) >= 60


@pytest.mark.parametrize("payload", MARKDOWN + BLOCKS)
def test_no_payload_leaves_the_allow_list(payload: str) -> None:
    for source in (payload, f"> - {payload}", f"x {payload} y", f"*{payload}*", f"[{payload}](/x)"):
        html = render(source, people={"anna": '"><script>alert(1)</script>'}).html
        assert not forbidden_in(html), html


@pytest.mark.parametrize("html", RAW)
def test_the_sanitiser_alone_would_hold(html: str) -> None:
    assert not forbidden_in(sanitised(html))
