// The place of a report: tapped on the map, or the phone's own when its button is pressed. Everything works without.
import { fit, makeMap, places, spot } from "../desk/js/map.js";

const pick = document.getElementById("pick");
const told = document.getElementById("picked");
const unpick = document.getElementById("unpick");
const field = (name) => document.getElementById(`id_${name}`);
const landmarks = places();
let map, marker;

function nearest(latitude, longitude) {
  const near = (place) => window.L.latLng(latitude, longitude).distanceTo([place.latitude, place.longitude]);
  const known = landmarks.filter((place) => place.id !== null).sort((one, other) => near(one) - near(other));
  return known.length && near(known[0]) < 1500 ? known[0] : null;
}

function choose(latitude, longitude) {
  field("latitude").value = latitude.toFixed(6);
  field("longitude").value = longitude.toFixed(6);
  const place = nearest(latitude, longitude);
  if (place) {
    field("place").value = place.id;
    field("place").dispatchEvent(new Event("change", { bubbles: true }));
  }
  told.textContent = place ? pick.dataset.near + place.name : pick.dataset.told;
  unpick.hidden = false;
  if (!map) return;
  marker ??= window.L.marker([latitude, longitude], { icon: spot(), interactive: false, keyboard: false });
  marker.setLatLng([latitude, longitude]).addTo(map);
}

function forget() {
  field("latitude").value = field("longitude").value = "";
  marker?.remove();
  told.textContent = "";
  unpick.hidden = true;
}

function locate() {
  told.textContent = pick.dataset.asking;
  navigator.geolocation.getCurrentPosition(
    (found) => {
      choose(found.coords.latitude, found.coords.longitude);
      map?.setView([found.coords.latitude, found.coords.longitude], 16);
    },
    () => { told.textContent = pick.dataset.refused; },
    { enableHighAccuracy: true, timeout: 15000 },
  );
}

function start() {
  pick.hidden = false;
  const element = document.getElementById("pick-map");
  if (landmarks.length) {
    map = makeMap(element, landmarks, pick.dataset.tiles);
    fit(map, landmarks);
    map.on("click", (event) => choose(event.latlng.lat, event.latlng.lng));
  } else {
    element.hidden = true;
    document.getElementById("pick-label").hidden = true;
  }
  document.getElementById("locate").hidden = !navigator.geolocation || !window.isSecureContext;
  document.getElementById("locate").addEventListener("click", locate);
  unpick.addEventListener("click", forget);
  if (field("latitude").value) choose(Number(field("latitude").value), Number(field("longitude").value));
}

start();
