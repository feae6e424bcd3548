// What waits in the phone until the network is back: rows of IndexedDB, photos included, sent one after another in their order.
// Each finding has a number of its own, each answer its moment, so that sending twice counts once.
const STORE = "entries";

const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("inspections", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key", autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function run(mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

const all = async (inspection) => (await run("readonly", (store) => store.getAll())).filter((entry) => entry.inspection === inspection);

export const keep = (entry) => run("readwrite", (store) => store.put(entry));
export const drop = (key) => run("readwrite", (store) => store.delete(key));
export const waiting = async (inspection) => (await all(inspection)).filter((entry) => !entry.refused);
// Nothing that was typed is lost: it stays until somebody mends it or lets it go.
export const refused = async (inspection) => (await all(inspection)).filter((entry) => entry.refused);

// crypto.randomUUID is there on https only; a site may have plain http.
export function slip() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// Resolves to null once taken in, to the reason where it is refused; throws where it should be tried again later.
export async function send(url, token, entry) {
  const body = new FormData();
  Object.entries(entry.fields).forEach(([name, value]) => value && body.append(name, value));
  if (entry.photo) body.append("photo", entry.photo, entry.photo.name || "photo.jpg");
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  const response = await fetch(url, { method: "POST", headers, body, redirect: "error" });
  if (response.ok) return null;
  if (![404, 409, 422].includes(response.status)) throw new Error(String(response.status));
  return (await response.json()).detail;
}
