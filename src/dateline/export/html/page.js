// Lights the words of a row when it is pointed at or focused, and the row when its words are; a click keeps them lit.
(() => {
  const words = new Map();
  for (const segment of document.querySelectorAll("[data-rest]"))
    for (const rest of segment.dataset.rest.split(" ")) {
      const [key, part] = rest.split(".");
      if (!words.has(key)) words.set(key, []);
      words.get(key).push([segment, `lit-${part}`]);
    }
  const rows = new Map();
  for (const row of document.querySelectorAll("[data-key]")) rows.set(row.dataset.key, row);

  let kept = [], lit = [];
  const light = (keys) => {
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
  };

  // Words that several rows rest on light the events' rows first: what happened is what one asks for most.
  const keysAt = (target) => {
    const row = target.closest?.("[data-key]");
    if (row) return [row.dataset.key];
    const segment = target.closest?.("[data-rest]");
    if (!segment) return null;
    const all = segment.dataset.rest.split(" ");
    const told = all.filter((rest) => /\.(trigger|also)$/.test(rest));
    const cued = all.filter((rest) => /\.(cue|source)$/.test(rest));
    const events = all.filter((rest) => rest.startsWith("e"));
    const chosen = told.length ? told : cued.length ? cued : events.length ? events : all;
    return [...new Set(chosen.map((rest) => rest.split(".")[0]))];
  };

  const follow = (event) => light(keysAt(event.target) ?? kept);
  document.addEventListener("mouseover", follow);
  document.addEventListener("focusin", follow);
  document.addEventListener("click", (event) => {
    kept = keysAt(event.target) ?? [];
    light(kept);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") light((kept = []));
  });
})();
