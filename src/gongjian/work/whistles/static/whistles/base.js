// A Leaflet map without the internet: the office's own places are its base; tiles only where the office has a server for them.
export function places() {
  const held = document.getElementById("landmarks");
  return held ? JSON.parse(held.textContent) : [];
}

export function makeMap(element, landmarks, tiles) {
  const map = window.L.map(element, { attributionControl: false, zoomSnap: 0.5 });
  if (tiles) window.L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
  landmarks.forEach((place) => {
    const icon = window.L.divIcon({ className: place.community ? "landmark community" : "landmark", html: "", iconSize: null });
    const marker = window.L.marker([place.latitude, place.longitude], { icon, interactive: false, keyboard: false }).addTo(map);
    marker.getElement().textContent = place.name;
  });
  return map;
}

export function fit(map, points) {
  if (points.length === 0) return;
  const bounds = window.L.latLngBounds(points.map((point) => [point.latitude, point.longitude]));
  map.fitBounds(bounds, { padding: [30, 30], maxZoom: 16 });
}
