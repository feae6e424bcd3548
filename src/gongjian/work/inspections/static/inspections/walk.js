// One item a screen. Everything is kept in the phone first and sent from there.
import { drop, keep, refused, send, slip, waiting } from "./outbox.js";

const walk = document.getElementById("walk");
const inspection = walk.dataset.inspection;
const token = walk.querySelector("[name=csrfmiddlewaretoken]").value;
const items = [...walk.querySelectorAll(".walk-item")];
const end = walk.querySelector(".walk-end");
const said = walk.querySelector(".walk-said");
const dialog = document.getElementById("finding-dialog");
const form = dialog.querySelector("form");
let current = 0;
let sending = false;

const now = () => new Date().toISOString();
const isDone = (item) => item.dataset.verdict !== "";

function mark(item, verdict) {
  item.dataset.verdict = verdict;
  item.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.verdict === verdict)));
}

function progress() {
  const done = items.filter(isDone).length;
  const bar = walk.querySelector(".progress-bar");
  bar.style.width = `${Math.round((100 * done) / items.length)}%`;
  bar.parentElement.title = walk.dataset.progress.replace("{done}", done).replace("{all}", items.length);
}

function show(number) {
  current = Math.max(0, Math.min(number, items.length));
  items.forEach((item, index) => (item.hidden = index !== current));
  end.hidden = current !== items.length;
  progress();
}

async function tell() {
  const left = (await waiting(inspection)).length;
  said.textContent = left ? walk.dataset.waiting.replace("{n}", left) : walk.dataset.allSent;
  await tellRefused();
}

function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: words });
  made.addEventListener("click", act);
  return made;
}

function refusal(entry) {
  const line = document.createElement("p");
  line.textContent = `${entry.fields.text || ""} ${entry.refused}`.trim();
  const letGo = async () => {
    await drop(entry.key);
    await tell();
  };
  const words = walk.querySelector(".walk-refused").dataset;
  if (entry.fields.kind === "finding") line.append(" ", button(words.mend, () => openFinding(entry.fields.item, entry)));
  line.append(" ", button(words.drop, letGo));
  return line;
}

async function tellRefused() {
  const box = walk.querySelector(".walk-refused");
  const lines = (await refused(inspection)).map(refusal);
  box.querySelector("div").replaceChildren(...lines);
  box.hidden = !lines.length;
}

async function flush() {
  if (sending || !navigator.onLine) return;
  sending = true;
  try {
    for (let [entry] = await waiting(inspection); entry; [entry] = await waiting(inspection)) {
      const reason = await send(walk.dataset.sync, token, entry);
      await (reason ? keep({ ...entry, refused: reason }) : drop(entry.key));
    }
  } catch {
    // The network or the server is away: what is left is tried again.
  } finally {
    sending = false;
    await tell();
  }
}

async function take(fields, photo) {
  try {
    await keep({ inspection, fields, photo });
  } catch {
    said.textContent = walk.dataset.full;
    return;
  }
  await tell();
  flush();
}

// As large as a finding needs, so that a slow network carries it.
async function smaller(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
  if (scale === 1) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
}

let mended = null;

// `entry`: one that was refused, to be mended; its photo is chosen anew.
function openFinding(item, entry = null) {
  form.reset();
  mended = entry;
  ["text", "severity", "responsible", "spot", "due_on"].forEach((name) => {
    if (entry) form.elements[name].value = entry.fields[name] || "";
  });
  form.elements.about.value = item || "";
  form.querySelector(".errorlist").textContent = "";
  dialog.showModal();
}

items.forEach((item, index) => {
  mark(item, item.dataset.verdict);
  item.addEventListener("click", async ({ target }) => {
    const verdict = target.dataset?.verdict;
    if (target.tagName !== "BUTTON" || !verdict) return;
    mark(item, verdict);
    progress();
    if (verdict === "problem") openFinding(item.dataset.item);
    else show(index + 1);
    await take({ kind: "answer", item: item.dataset.item, verdict, at: now() });
  });
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!form.elements.text.value.trim()) {
    form.querySelector(".errorlist").textContent = form.elements.text.validationMessage;
    return form.elements.text.focus();
  }
  const { about: item, text, severity, responsible, spot, due_on } = Object.fromEntries(new FormData(form));
  const [file] = form.elements.photo.files;
  dialog.close();
  if (mended) await drop(mended.key);
  else if (item) show(current + 1);
  const photo = file && (await smaller(file).catch(() => file));
  await take({ kind: "finding", slip: slip(), at: now(), item, text, severity, responsible, spot, due_on }, photo);
});

form.querySelector("[data-close]").addEventListener("click", () => dialog.close());
walk.querySelector("[data-open-finding]").addEventListener("click", () => openFinding(""));
walk.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => show(current + Number(button.dataset.step))));

// A page that is opened again shows what still waits.
(await waiting(inspection)).forEach(({ fields }) => {
  const item = items.find((one) => one.dataset.item === fields.item);
  if (fields.kind === "answer" && item) mark(item, fields.verdict);
});
const first = items.findIndex((item) => !isDone(item));
show(first < 0 ? items.length : first);
addEventListener("online", flush);
setInterval(flush, 30000);
flush();
