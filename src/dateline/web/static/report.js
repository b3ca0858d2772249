// Lights the words of a row when it is pointed at or focused, and the row when its words are; a click keeps them lit.

let words = new Map();
let rows = new Map();

function find() {
  words = new Map();
  for (const segment of document.querySelectorAll("[data-rest]"))
    for (const rest of segment.dataset.rest.split(" ")) {
      const [key, part] = rest.split(".");
      if (!words.has(key)) words.set(key, []);
      words.get(key).push([segment, `lit-${part}`]);
    }
  rows = new Map([...document.querySelectorAll(".read [data-key]")].map((row) => [row.dataset.key, row]));
}

find();

let kept = [];
let lit = [];

function light(keys) {
  for (const element of lit) element.classList.remove(...[...element.classList].filter((name) => name.startsWith("lit")));
  lit = [];
  for (const key of keys) {
    for (const [segment, part] of words.get(key) ?? []) {
      segment.classList.add("lit", part);
      lit.push(segment);
    }
    if (rows.has(key)) {
      rows.get(key).classList.add("lit");
      lit.push(rows.get(key));
    }
  }
}

// Words that several rows rest on light the events' rows first: what happened is what one asks for most.
function keysAt(target) {
  const row = target.closest?.(".read [data-key]");
  if (row) return [row.dataset.key];
  const segment = target.closest?.("[data-rest]");
  if (!segment) return null;
  const all = segment.dataset.rest.split(" ");
  const told = all.filter((rest) => /\.(trigger|also)$/.test(rest));
  const cued = all.filter((rest) => /\.(cue|source)$/.test(rest));
  const events = all.filter((rest) => rest.startsWith("e"));
  const chosen = [told, cued, events, all].find((some) => some.length);
  return [...new Set(chosen.map((rest) => rest.split(".")[0]))];
}

const follow = (event) => light(keysAt(event.target) ?? kept);
document.addEventListener("mouseover", follow);
document.addEventListener("focusin", follow);
document.addEventListener("click", (event) => {
  kept = keysAt(event.target) ?? [];
  light(kept);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  light((kept = []));
  for (const panel of document.querySelectorAll(".panel:not(:empty)")) panel.replaceChildren();
});
// A panel that has opened is where the next key should go; another that stands open is closed.
document.addEventListener("htmx:afterSwap", (event) => {
  if (!event.target.classList?.contains("panel")) return;
  for (const panel of document.querySelectorAll(".panel:not(:empty)")) if (panel !== event.target) panel.replaceChildren();
  event.target.querySelector("input:not([type=hidden]), select")?.focus();
});

// After a write the text and the tables are new: the row that was written is shown again, and the next key goes there.
const isForm = (event) => event.detail.requestConfig?.elt?.matches?.("form.cells");
document.addEventListener("htmx:afterSettle", (event) => {
  if (!isForm(event)) return;
  find();
  light((kept = []));
  const row = event.detail.requestConfig.elt.elements.row.value;
  const place = document.getElementById(`e${row}`) ?? document.getElementById("rejected") ?? document.querySelector("form.cells");
  place?.scrollIntoView({ block: "nearest" });
  place?.querySelector(".tools a, a, button:not(.vh)")?.focus({ preventScroll: true });
});

// What was refused is said beside what was typed, which stays.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status < 400 || !isForm(event)) return;
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const words = [...page.querySelectorAll("main h1, main p")].map((each) => each.textContent.trim()).filter(Boolean);
  event.detail.requestConfig.elt.querySelector(".refused").textContent = words.slice(0, 4).join(" · ");
});
