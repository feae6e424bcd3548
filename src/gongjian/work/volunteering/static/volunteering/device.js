// Check-in from the volunteer's own page. Without network a check-in waits in the phone and is sent when the network is back;
// each has a number of its own, so that sending it twice counts once.
const form = document.querySelector("[data-device]");
if (form) {
  const store = `volunteering-${form.dataset.device}`;
  const said = form.querySelector(".device-said");
  const waiting = () => JSON.parse(localStorage.getItem(store) || "[]");
  const keep = (stamps) => localStorage.setItem(store, JSON.stringify(stamps));
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let sending = false;

  // crypto.randomUUID is there on https only; a gate may have plain http.
  const slip = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  const show = () => {
    const left = waiting().length;
    if (left) said.textContent = `${form.dataset.waiting} ${left}`;
  };

  const send = async (stamp) => {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      body: new URLSearchParams(stamp),
    });
    if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
    return response.json();
  };

  const flush = async () => {
    if (sending || !navigator.onLine) return;
    sending = true;
    try {
      for (let stamps = waiting(); stamps.length; stamps = waiting()) {
        const answer = await send(stamps[0]);
        keep(waiting().filter((one) => one.slip !== stamps[0].slip));
        said.textContent = answer.detail;
      }
    } catch {
      said.textContent = form.dataset.kept;
    } finally {
      sending = false;
    }
  };

  const position = () =>
    new Promise((resolve) => {
      if (!form.dataset.locate || !navigator.geolocation) return resolve({});
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => resolve({ latitude: coords.latitude.toFixed(6), longitude: coords.longitude.toFixed(6) }),
        () => resolve({}),
        { timeout: 4000, maximumAge: 60000 },
      );
    });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = form.elements.code.value.trim();
    if (!typed) return form.elements.code.focus();
    const stamp = {
      shift: form.elements.shift.value,
      direction: event.submitter.value,
      happened_at: new Date().toISOString(),
      slip: slip(),
      ...(/^\d{6}$/.test(typed) ? { pin: typed } : { code: typed }),
    };
    said.textContent = form.dataset.sending;
    Object.assign(stamp, await position());
    keep([...waiting(), stamp]);
    form.elements.code.value = "";
    if (navigator.onLine) await flush();
    else said.textContent = form.dataset.kept;
  });

  addEventListener("online", flush);
  setInterval(flush, 30000);
  show();
  flush();
}
