// What happens when a form or a visit does not get through: one stays where one was, words stay, and the page says so.
import { session, type Visit } from "@hotwired/turbo";
import { me } from "./mine-block";
import { hold } from "./offline";
import { toast } from "./toast-note";

interface Answer {
  readonly response: Response;
  readonly statusCode: number;
  readonly responseHTML: Promise<string>;
}

type Trouble = "offline" | "gone" | "failed";

// Answers that are told on the page that is shown, instead of being shown themselves.
const inPlace = new WeakSet<object>();
const told = new WeakSet<object>();

/** Whether `answer` to a form was told where the form is; the page is still the one it was. */
export function isToldInPlace(answer: object | undefined): boolean {
  return answer !== undefined && inPlace.has(answer);
}

function sentence(trouble: Trouble): string {
  return document.getElementById("toasts")?.dataset[trouble] ?? "";
}

/** Says in the box of `form` what is wrong, or in a note where it has no box. */
function tell(form: Element, lines: string[]): void {
  const box = form.closest("compose-box");
  const row = form.querySelector(".compose-row, .reply-main, .field");
  if (!box || !row) return lines.forEach((line) => toast(line));
  forget(form);
  const errors = document.createElement("div");
  errors.className = "errors";
  errors.dataset["client"] = "";
  errors.setAttribute("role", "alert");
  errors.append(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  if (row.matches(".reply-main")) row.prepend(errors);
  else row.before(errors);
  box.setAttribute("open", "");
}

function forget(form: Element): void {
  for (const errors of form.querySelectorAll(".errors")) errors.remove();
}

async function tellAnswer(form: HTMLFormElement, answer: Answer): Promise<void> {
  const page = new DOMParser().parseFromString(await answer.responseHTML, "text/html");
  const lines = [...page.querySelectorAll("compose-box .errors p")].map((line) => line.textContent ?? "");
  tell(form, lines.length ? lines : [sentence("failed")]);
}

document.addEventListener("turbo:submit-start", (event) => forget(event.target as Element));

document.addEventListener("turbo:before-fetch-response", (event) => {
  const form = event.target;
  const answer = (event as CustomEvent<{ fetchResponse: Answer }>).detail.fetchResponse;
  const { statusCode: status } = answer;
  // At the door, the answers that refuse something explain it.
  if (!(form instanceof HTMLFormElement) || form.method === "get" || status < 400 || !me()) return;
  // A form whose answer brings more than what is wrong is shown as a whole.
  const hasBox = form.closest("compose-box:not([whole])") !== null;
  if (status === 429 || (status === 422 && !hasBox)) return;
  event.preventDefault();
  inPlace.add(answer);
  if (status === 422) void tellAnswer(form, answer);
  else tell(form, [sentence(status === 403 || status === 404 ? "gone" : "failed")]);
});

document.addEventListener("turbo:fetch-request-error", (event) => {
  const { target } = event;
  const { error } = (event as CustomEvent<{ error: object }>).detail;
  // Turbo would leave for the browser's own error page.
  event.preventDefault();
  told.add(error);
  if (target instanceof HTMLFormElement) void hold(target, true).then((held) => held || tell(target, [sentence("offline")]));
  else if (target === document.documentElement) stay(session.navigator.currentVisit);
});

// Turbo throws the same error once more, to nobody.
addEventListener("unhandledrejection", (event) => {
  if (typeof event.reason === "object" && event.reason !== null && told.has(event.reason as object)) event.preventDefault();
});

function stay(visit: Visit | undefined): void {
  if (!visit) return;
  const isReread = visit.location.href === visit.referrer?.href && "method" in visit.refresh;
  visit.cancelRender();
  visit.fail();
  const say = (): void => toast(sentence("offline"));
  if (visit.historyChanged && visit.action === "advance") {
    // A copy kept from before was shown in advance, under an address that was not reached.
    document.addEventListener("turbo:load", say, { once: true });
    // Turbo takes a moment to keep the page that was left.
    setTimeout(() => history.back(), 100);
  } else if (!isReread) say();
}

/** Whether the worker may have a copy of `url`; a page that is shown is never replaced by an older one. */
function isKept(url: string): boolean {
  const { pathname, search } = new URL(url);
  return pathname === "/" && !search && location.pathname !== "/" && Boolean(navigator.serviceWorker?.controller);
}

// Where it is known before that nothing can be reached, one does not set out.
document.addEventListener("turbo:before-visit", (event) => {
  if (navigator.onLine || isKept((event as CustomEvent<{ url: string }>).detail.url)) return;
  event.preventDefault();
  toast(sentence("offline"));
});

// What is fetched in advance without a connection would be taken for the answer once there is one.
document.addEventListener("turbo:before-prefetch", (event) => {
  if (!navigator.onLine) event.preventDefault();
});
