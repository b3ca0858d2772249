// The picture of the map: outlines of countries that came with the app, places as signs, near ones gathered into one,
// and a stretch of time to look at. All that it shows stands in the list too.

const { L, topojson } = window;
const OUTLINES = "/static/vendor/world-atlas/countries-";
const FINE = 4; // from this zoom on, the finer outlines
const CELL = 44; // signs nearer than so many pixels become one
const SHOWN = 30; // events told in one balloon
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const byId = (id) => document.getElementById(id);

let atlas = { spots: [] };
let days = [];
let signs = null;
let map = null;
let asking = 0;

// On the globe an outline may cross the line where days change; on paper it then goes on beyond the edge. The one that
// goes round the pole is closed along the bottom.
function unrolled(ring) {
  let turn = 0;
  const points = ring.map(([lon, lat], index) => {
    const step = index ? lon - ring[index - 1][0] : 0;
    if (Math.abs(step) > 180) turn -= 360 * Math.sign(step);
    return [lon + turn, Math.max(lat, -85)];
  });
  const open = Math.abs(points.at(-1)[0] - points[0][0]) > 180;
  return open ? [...points, [points.at(-1)[0], -85], [points[0][0], -85], points[0]] : points;
}

function flat(world) {
  for (const { geometry } of world.features) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const polygon of polygons) polygon.forEach((ring, index) => { polygon[index] = unrolled(ring); });
  }
  return world;
}

function openMap() {
  document.querySelector(".picture").hidden = false;
  map = L.map("map", {
    minZoom: 0, maxZoom: 11, zoomSnap: 0.5, zoomDelta: 1, worldCopyJump: true, attributionControl: false,
    zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
  }).setView([25, 20], 2);
  signs = L.layerGroup().addTo(map);
  const layers = {};
  const drawOutlines = async () => {
    const wanted = map.getZoom() >= FINE ? "50m" : "110m";
    layers[wanted] ??= fetch(`${OUTLINES}${wanted}.json`).then((answer) => answer.json()).then((world) =>
      L.geoJSON(flat(topojson.feature(world, world.objects.countries)), { interactive: false, style: { className: "land", weight: 0.6 } }));
    const layer = await layers[wanted];
    if ((map.getZoom() >= FINE ? "50m" : "110m") !== wanted) return;
    for (const other of Object.values(layers)) (await other).removeFrom(map);
    layer.addTo(map).bringToBack();
  };
  map.on("zoomend", () => { drawOutlines(); draw(); });
  drawOutlines();
}

// Time: the days on which something is told to have begun, in order.

const from = () => days[Number(byId("from").value)];
const to = () => days[Number(byId("to").value)];
const shows = (event) => (event.first === null ? byId("undated").checked : !days.length || (event.first <= to() && event.last >= from()));

function openSlider() {
  days = [...new Set(atlas.spots.flatMap((spot) => spot.events.flatMap((event) => [event.first, event.last])))].filter(Boolean).sort();
  const slider = byId("slider");
  slider.hidden = days.length < 2;
  for (const [id, value] of [["from", 0], ["to", days.length - 1]]) {
    byId(id).max = Math.max(days.length - 1, 0);
    byId(id).value = Math.max(value, 0);
  }
  byId("undated").checked = true;
}

function tell() {
  const words = (day) => `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
  if (days.length < 2) return;
  byId("from").setAttribute("aria-valuetext", words(from()));
  byId("to").setAttribute("aria-valuetext", words(to()));
  byId("period").textContent = from() === to() ? words(from()) : `${words(from())} to ${words(to())}`;
  const ask = byId("ask");
  ask.hidden = from() === days[0] && to() === days.at(-1);
  const address = new URL(location.href);
  address.searchParams.set("when", from() === to() ? from() : `${from()}/${to()}`);
  address.searchParams.delete("offset");
  ask.href = `${address.pathname}${address.search}`;
}

function drawBars() {
  const svg = document.querySelector(".bars");
  const buckets = Math.min(days.length, 60);
  if (!buckets) return;
  const counts = new Array(buckets).fill(0);
  const bucket = (index) => Math.floor((index * buckets) / days.length);
  const place = new Map(days.map((day, index) => [day, index]));
  for (const spot of atlas.spots) for (const event of spot.events) if (event.first) counts[bucket(place.get(event.first))] += 1;
  const most = Math.max(...counts, 1);
  svg.setAttribute("viewBox", `0 0 ${buckets} 100`);
  const [low, high] = [bucket(Number(byId("from").value)), bucket(Number(byId("to").value))];
  svg.replaceChildren(...counts.map((count, index) => {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const height = count ? Math.max((100 * count) / most, 6) : 0;
    for (const [name, value] of Object.entries({ x: index + 0.1, width: 0.8, y: 100 - height, height })) bar.setAttribute(name, value);
    if (index >= low && index <= high) bar.classList.add("in");
    return bar;
  }));
}

// Places: what is seen of each at this time, gathered where they would lie on each other.

function gather() {
  const groups = new Map();
  for (const spot of atlas.spots) {
    const events = spot.events.filter(shows);
    if (!events.length) continue;
    const at = map.project([spot.lat, spot.lon], map.getZoom());
    const key = spot.exact ? `${Math.floor(at.x / CELL)},${Math.floor(at.y / CELL)}` : `country ${spot.lat},${spot.lon}`;
    groups.set(key, [...(groups.get(key) ?? []), { ...spot, events }]);
  }
  return [...groups.values()];
}

const count = (group) => group.reduce((sum, spot) => sum + spot.events.length, 0);
const nameOf = (spot) => (spot.exact ? spot.name : `somewhere in ${spot.name}`);

function signFor(group) {
  const [spot] = group;
  const several = group.length > 1;
  const size = Math.round(20 + Math.min(20, 5 * Math.log2(count(group))));
  const inside = document.createElement("span");
  inside.className = "sign";
  if (several) inside.classList.add("several");
  else if (!spot.exact) inside.classList.add("vague");
  if (group.every((each) => !each.sure)) inside.classList.add("unsure");
  inside.textContent = `${count(group) > 1 ? count(group) : ""}${several || spot.exact ? "" : "?"}`;
  const title = several ? `${group.length} places: ${group.slice(0, 3).map(nameOf).join(", ")}` : nameOf(spot);
  const lat = group.reduce((sum, each) => sum + each.lat, 0) / group.length;
  const lon = group.reduce((sum, each) => sum + each.lon, 0) / group.length;
  const icon = L.divIcon({ html: inside, className: "", iconSize: [size, size] });
  const told = `${title}, ${count(group)} ${count(group) === 1 ? "event" : "events"}`;
  const sign = L.marker([lat, lon], { icon, title: told, alt: told, zIndexOffset: spot.exact ? 100 : 0 });
  const open = () => {
    const bounds = L.latLngBounds(group.map((each) => [each.lat, each.lon]));
    if (several && map.getZoom() < map.getMaxZoom()) map.fitBounds(bounds.pad(0.3), { maxZoom: map.getZoom() + 3 });
    else balloon(group, sign.getLatLng());
  };
  return sign.on("click", open).on("add", () => sign.getElement()?.setAttribute("aria-label", told));
}

function balloon(group, at) {
  const box = document.createElement("div");
  for (const spot of group) {
    const title = document.createElement("h3");
    title.textContent = nameOf(spot);
    const list = document.createElement("ul");
    for (const event of spot.events.slice(0, SHOWN)) {
      const link = document.createElement("a");
      link.href = `/event/${event.id}`;
      link.textContent = event.title;
      const item = document.createElement("li");
      item.append(link, event.when ? `, ${event.when}` : ", no date");
      list.append(item);
    }
    if (spot.events.length > SHOWN) list.append(Object.assign(document.createElement("li"), { textContent: `and ${spot.events.length - SHOWN} more` }));
    box.append(title, list);
  }
  L.popup({ maxWidth: 320 }).setLatLng(at).setContent(box).openOn(map);
}

function draw() {
  signs.clearLayers();
  for (const group of gather()) signFor(group).addTo(signs);
}

function fit() {
  const seen = atlas.spots.filter((spot) => spot.exact);
  const points = (seen.length ? seen : atlas.spots).map((spot) => [spot.lat, spot.lon]);
  if (points.length) map.fitBounds(L.latLngBounds(points).pad(0.15), { maxZoom: 5, animate: false });
}

async function load() {
  const mine = ++asking;
  const answer = await fetch(byId("found").dataset.source ?? "/map.json");
  if (mine !== asking || !answer.ok) return;
  atlas = await answer.json();
  for (const button of document.querySelectorAll("[data-spot]")) button.hidden = false;
  openSlider();
  tell();
  drawBars();
  fit();
  draw();
}

byId("slider").addEventListener("submit", (event) => event.preventDefault());
byId("slider").addEventListener("input", ({ target }) => {
  if (target.id === "from" && from() > to()) byId("to").value = target.value;
  if (target.id === "to" && from() > to()) byId("from").value = target.value;
  tell();
  drawBars();
  draw();
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-spot]");
  if (!button) return;
  const spot = atlas.spots[Number(button.dataset.spot)];
  if (!spot) return;
  map.setView([spot.lat, spot.lon], Math.max(map.getZoom(), spot.exact ? 6 : 4), { animate: !still });
  balloon([spot], [spot.lat, spot.lon]);
  byId("map").scrollIntoView({ block: "nearest" });
});
document.addEventListener("htmx:afterSettle", ({ target }) => { if (target.id === "found" || target.querySelector?.("#found")) load(); });

openMap();
load();
