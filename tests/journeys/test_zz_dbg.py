from tests.journeys.test_rooms import *
JS = """
for (const n of ["turbo:submit-start","turbo:submit-end","turbo:visit","turbo:load","turbo:render","turbo:before-render","turbo:before-cache", "turbo:before-stream-render","hallway:reread", "turbo:morph"])
 addEventListener(n, e => console.log("TRACE", Math.round(performance.now()), n, location.pathname, JSON.stringify(e.detail?.url||''), e.target?.outerHTML?.slice?.(0,90) ?? ''));
new MutationObserver(cs => { for (const c of cs) for (const n of [...c.addedNodes, ...c.removedNodes, c.target]) if (n.nodeName == 'SCRIPT' || n.parentNode?.nodeName == 'SCRIPT') console.log("SCRIPT", c.type, [...c.addedNodes].includes(n), n.outerHTML ?? n.data, c.target.nodeName) }).observe(document, {childList: true, subtree: true, characterData: true});
"""
import tests.journeys.screens as s
s._WATCH += JS
_h = s.Screens._hear
def hear(self, m):
    print(m.page.url[-20:], m.text[:260]); _h(self, m)
s.Screens._hear = hear
