// What every page does beyond links and forms: keys, dialogs, and a word to screen readers when a list changes.

const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");
const say = (words) => { document.getElementById("announce").textContent = words; };

function walk(step) {
  const items = [...document.querySelectorAll(".item")].filter((item) => item.querySelector("a[href]") && item.checkVisibility());
  const at = items.findLastIndex((item) => item.contains(document.activeElement));
  const next = items[Math.min(Math.max(at < 0 ? (step > 0 ? 0 : items.length - 1) : at + step, 0), items.length - 1)];
  if (!next) return;
  next.querySelector("a[href]").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

let going = 0;

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const went = Date.now() - going < 1500;
  going = 0;
  if (went) {
    const place = document.querySelector(`.masthead [data-key="${CSS.escape(event.key)}"]`);
    if (place) { event.preventDefault(); place.click(); }
    return;
  }
  const deeds = {
    "/": () => document.getElementById("search")?.focus(),
    "?": () => document.getElementById("keys").showModal(),
    j: () => walk(1),
    k: () => walk(-1),
    g: () => { going = Date.now(); },
  };
  const deed = deeds[event.key];
  if (deed) { event.preventDefault(); deed(); }
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
});

// Writes by script carry the seal of the page; empty fields are left out of addresses.
document.addEventListener("htmx:configRequest", (event) => {
  const { headers, parameters, verb } = event.detail;
  headers["x-dateline-seal"] = document.querySelector("meta[name=dateline-seal]").content;
  if (verb === "get") for (const [name, value] of Object.entries(parameters)) if (value === "") delete parameters[name];
});
// A refusal is a whole page that says what to do: it is shown as one.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status < 400) return;
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector("main");
  const found = document.getElementById("found");
  if (page && found) { found.replaceChildren(...page.childNodes); say(found.querySelector("h1")?.textContent ?? ""); }
});
document.addEventListener("htmx:afterSettle", () => {
  if (!document.getElementById("found")) return;
  const count = document.querySelectorAll("#found .item").length;
  say(count ? `${count} listed` : "nothing found");
});
document.addEventListener("htmx:sendError", () => say("the server does not answer"));
