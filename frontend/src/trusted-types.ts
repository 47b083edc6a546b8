// The one place that decides which text may become markup or code.
//
// The page's CSP says require-trusted-types-for 'script'. Turbo parses whole pages and stream frames from text, so it
// needs createHTML. Those texts come from our own server only, where templates escape and the text renderer sanitises,
// and the same CSP keeps any script or handler inside them from running. Text that would become a script has no
// use here: without createScript the browser refuses it. The one address of a script is that of our own worker.
window.trustedTypes?.createPolicy("default", {
  createHTML: (text) => text,
  createScriptURL: (url) => {
    if (url !== "/sw.js") throw new TypeError("no script of ours");
    return url;
  },
});

// Turbo revives scripts found in a new body by copying their text, which the policy refuses. Hallway's bodies hold
// data only (type="application/json"), so they are marked as not to be revived before Turbo looks at them.
document.addEventListener("turbo:before-render", (event) => {
  const { newBody } = (event as CustomEvent<{ newBody: HTMLElement }>).detail;
  for (const script of newBody.querySelectorAll("script")) script.dataset["turboEval"] = "false";
});
