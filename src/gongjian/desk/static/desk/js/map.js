// A Leaflet map without the internet: the office's own places are its base; tiles only where the office has a server for them.
export function places() {
  const held = document.getElementById("landmarks");
  return held ? JSON.parse(held.textContent) : [];
}

export function makeMap(element, landmarks, tiles) {
  const map = window.L.map(element, { attributionControl: false, zoomSnap: 0.5 });
  if (tiles) window.L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
  landmarks.forEach((place) => {
    const name = document.createElement("span");
    name.textContent = place.name;
    const icon = window.L.divIcon({ className: place.community ? "landmark community" : "landmark", html: name, iconSize: [0, 0] });
    window.L.marker([place.latitude, place.longitude], { icon, interactive: false, keyboard: false }).addTo(map);
  });
  return map;
}

export function fit(map, points) {
  if (points.length === 0) return;
  const bounds = window.L.latLngBounds(points.map((point) => [point.latitude, point.longitude]));
  map.fitBounds(bounds, { padding: [30, 30], maxZoom: 16 });
}

export const spot = () => window.L.divIcon({ className: "spot", html: "", iconSize: [18, 18] });
