// Hazards on a map: those of the list beside it, fetched as GeoJSON.
import { fit, makeMap, places } from "../desk/js/map.js";

const element = document.getElementById("hazard-map");
const said = document.getElementById("hazard-said");
const landmarks = places();
const SIGNS = ["", "·", "!", "!!"];

function draw(map, feature) {
  const [longitude, latitude] = feature.geometry.coordinates;
  const { text, severity, state, color, url } = feature.properties;
  const icon = window.L.divIcon({ className: `point color-${color}`, html: SIGNS[color], iconSize: color === 3 ? [30, 30] : [24, 24] });
  const tip = document.createElement("span");
  tip.textContent = `${text} · ${severity} · ${state}`;
  const marker = window.L.marker([latitude, longitude], { icon, title: tip.textContent }).addTo(map).bindTooltip(tip);
  marker.on("click keypress", (event) => {
    if (event.type === "click" || event.originalEvent.key === "Enter") window.location.assign(url);
  });
  return { latitude, longitude };
}

const answer = await fetch(element.dataset.points, { headers: { Accept: "application/geo+json" } });
const { features } = await answer.json();
const map = makeMap(element, landmarks, element.dataset.tiles);
const drawn = features.map((feature) => draw(map, feature));
fit(map, drawn.length ? drawn : landmarks);
element.hidden = !drawn.length && !landmarks.length;
said.textContent = drawn.length ? element.dataset.some.replace("{n}", drawn.length) : element.dataset.none;
