// Whistles on a map: all of a selection, fetched as GeoJSON, or the single one whose page this is.
import { fit, makeMap, places, spot } from "../desk/js/map.js";

const element = document.getElementById("points-map");
const said = document.getElementById("points-said");
const landmarks = places();
const map = makeMap(element, landmarks, element.dataset.tiles);
const SIGNS = ["·", "•", "!", "!!"];

function draw(feature) {
  const [longitude, latitude] = feature.geometry.coordinates;
  const { number, text, due, color, url } = feature.properties;
  const icon = window.L.divIcon({ className: `point color-${color}`, html: SIGNS[color], iconSize: color === 3 ? [30, 30] : [24, 24] });
  const tip = document.createElement("span");
  tip.textContent = `${number} ${text} · ${due}`;
  const marker = window.L.marker([latitude, longitude], { icon, title: `${number} ${due}` }).addTo(map).bindTooltip(tip);
  marker.on("click keypress", (event) => {
    if (event.type === "click" || event.originalEvent.key === "Enter") window.location.assign(url);
  });
  return { latitude, longitude };
}

async function drawSelection() {
  const answer = await fetch(element.dataset.points, { headers: { Accept: "application/geo+json" } });
  const { features } = await answer.json();
  const drawn = features.map(draw);
  fit(map, drawn.length ? drawn : landmarks);
  element.hidden = !drawn.length && !landmarks.length;
  said.textContent = drawn.length ? element.dataset.some.replace("{n}", drawn.length) : element.dataset.none;
}

if (element.dataset.points) {
  drawSelection();
} else {
  const here = { latitude: Number(element.dataset.latitude), longitude: Number(element.dataset.longitude) };
  window.L.marker([here.latitude, here.longitude], { icon: spot(), interactive: false, keyboard: false }).addTo(map);
  map.setView([here.latitude, here.longitude], 16);
}
