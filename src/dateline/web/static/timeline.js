// The picture of the timeline, drawn from the list on the page: a bar for each happening, as long as its time is vague,
// with ends that fade where nobody says just when. A click leads to the happening in the list.

const { scaleUtc, utcFormat } = window.d3;
const SVG = "http://www.w3.org/2000/svg";
const DAY = 86_400_000;
const EDGE = 14; // pixels left free at both sides
const AXIS = 24;
const LEAST = 9; // the shortest bar, in pixels: one that can be hit
const MOST_LANES = 24;
const REACH = 70; // how far "before" and "after" fade away, in pixels

function make(name, attributes, ...inner) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inner);
  return element;
}

function read(item) {
  const { first, last, clock, hedge, words, status } = item.dataset;
  const start = Date.parse(clock ? `${first}T${clock}Z` : `${first}T00:00Z`);
  const end = clock ? start + DAY / 24 : Date.parse(`${last}T00:00Z`) + DAY;
  const vague = !clock && first !== last;
  const folded = Boolean(item.closest("details.folded"));
  return { item, start, end, hedge, words, status, folded, hazy: vague || Boolean(hedge), title: item.querySelector(".title").textContent };
}

// What is vague beyond all measure ("in 2023" among days) does not make the rest small: the bar goes out of the picture.
function reach(bars) {
  const sharp = bars.filter((bar) => !bar.hazy);
  const base = sharp.length > 1 ? sharp : bars;
  let [low, high] = [Math.min(...base.map((bar) => bar.start)), Math.max(...base.map((bar) => bar.end))];
  const room = Math.max(high - low, DAY);
  for (const bar of bars) {
    if (bar.start >= low - room / 2) low = Math.min(low, bar.start);
    if (bar.end <= high + room / 2) high = Math.max(high, bar.end);
  }
  const pad = Math.max((high - low) * 0.02, DAY / 8);
  return [low - pad, high + pad];
}

// Each bar in the first lane that is free where it begins.
function pack(bars, x, width) {
  const lanes = [];
  for (const bar of bars) {
    const from = Math.max(x(bar.start), 0) - (bar.hedge === "before" ? REACH : 0);
    const to = Math.min(Math.max(x(bar.end), x(bar.start) + LEAST), width) + (bar.hedge === "after" ? REACH : 0);
    bar.x = from;
    bar.width = Math.max(to - from, LEAST);
    const free = lanes.findIndex((end) => end + 3 <= from);
    bar.lane = free >= 0 ? free : lanes.length < MOST_LANES ? lanes.length : bars.indexOf(bar) % MOST_LANES;
    lanes[bar.lane] = Math.max(lanes[bar.lane] ?? 0, from + bar.width);
  }
  return lanes.length;
}

function fades() {
  const stop = (offset, thin) => make("stop", { offset, class: thin ? "thin" : "" });
  return make("defs", {},
    make("linearGradient", { id: "hazy" }, stop(0, true), stop(0.35), stop(0.65), stop(1, true)),
    make("linearGradient", { id: "before" }, stop(0, true), stop(1)),
    make("linearGradient", { id: "after" }, stop(0), stop(1, true)));
}

const [year, month, day, hour] = ["%Y", "%b %Y", "%-d %b", "%H:%M"].map(utcFormat);

function label(time) {
  if (time.getUTCHours() || time.getUTCMinutes()) return hour(time);
  if (time.getUTCDate() > 1) return day(time);
  return time.getUTCMonth() ? month(time) : year(time);
}

function drawAxis(x, width, height) {
  return x.ticks(Math.max(2, Math.floor(width / 110))).map((time) => {
    const at = x(time);
    const text = make("text", { x: at, y: height - 7, "text-anchor": at < 40 ? "start" : at > width - 40 ? "end" : "middle" }, label(time));
    return make("g", { class: "tick" }, make("line", { x1: at, x2: at, y1: 0, y2: height - AXIS + 4 }), text);
  });
}

function drawBar(bar, tall) {
  const y = 8 + bar.lane * (tall + 4);
  const kind = bar.hedge === "before" || bar.hedge === "after" ? bar.hedge : bar.hazy ? "hazy" : "";
  const shape = make("rect", { class: `bar ${kind} ${bar.status}${bar.folded ? " folded" : ""}`, x: bar.x, y, width: bar.width, height: tall, rx: bar.hazy ? 1 : tall / 2 },
    make("title", {}, `${bar.words}: ${bar.title}`));
  const link = bar.item.querySelector(".title");
  shape.addEventListener("click", () => { bar.item.closest("details.folded")?.setAttribute("open", ""); link.focus({ preventScroll: true }); bar.item.scrollIntoView({ block: "center" }); });
  for (const [from, to] of [[shape, bar.item], [bar.item, shape]]) {
    from.addEventListener("pointerenter", () => to.classList.add("lit"));
    from.addEventListener("pointerleave", () => to.classList.remove("lit"));
  }
  const strike = bar.status === "denied" ? [make("line", { class: "strike", x1: bar.x - 2, x2: bar.x + bar.width + 2, y1: y + tall / 2, y2: y + tall / 2 })] : [];
  return [shape, ...strike];
}

function draw() {
  const figure = document.querySelector(".lanes");
  if (!figure) return;
  const bars = [...document.querySelectorAll("#found .happening[data-first]")].map(read).filter((bar) => Number.isFinite(bar.start + bar.end));
  figure.hidden = bars.length < 2;
  if (figure.hidden) return;
  const width = figure.clientWidth;
  const x = scaleUtc().domain(reach(bars)).range([EDGE, width - EDGE]);
  bars.sort((a, b) => a.start - b.start || b.end - a.end);
  const lanes = pack(bars, x, width);
  const tall = lanes > 10 ? 7 : 11;
  const height = 8 + lanes * (tall + 4) + AXIS;
  figure.replaceChildren(make("svg", { viewBox: `0 0 ${width} ${height}`, height }, fades(), ...drawAxis(x, width, height), ...bars.flatMap((bar) => drawBar(bar, tall))));
}

let waiting = 0;
const again = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(draw); };
document.addEventListener("htmx:afterSettle", again);
addEventListener("resize", again);
draw();
