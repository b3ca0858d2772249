// Lights the words of a row when it is pointed at or focused, and the row when its words are; a click keeps them lit.

const words = new Map();
for (const segment of document.querySelectorAll("[data-rest]"))
  for (const rest of segment.dataset.rest.split(" ")) {
    const [key, part] = rest.split(".");
    if (!words.has(key)) words.set(key, []);
    words.get(key).push([segment, `lit-${part}`]);
  }
const rows = new Map([...document.querySelectorAll(".read [data-key]")].map((row) => [row.dataset.key, row]));

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
