// On board and list: "a" opens the current whistle at what can be done with it; ticks are counted, and all can be ticked.
const bulk = document.getElementById("bulk");
const said = bulk?.querySelector("[data-ticked]");
const ticks = () => [...document.querySelectorAll("input[form=bulk][name=whistle]")];

document.addEventListener("keydown", (event) => {
  if (event.key !== "a" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, dialog")) return;
  const link = document.activeElement.closest("[data-rows] > *")?.querySelector("a.what");
  if (link) window.location.assign(`${link.href}#acts`);
});

function count() {
  if (said) said.textContent = said.dataset.ticked.replace("{n}", ticks().filter((tick) => tick.checked).length);
}

document.addEventListener("change", (event) => {
  if (event.target.matches("input[form=bulk][name=whistle]")) count();
});

const all = bulk?.querySelector("[data-tick-all]");
if (all) {
  all.hidden = false;
  all.addEventListener("click", () => {
    const every = ticks().every((tick) => tick.checked);
    ticks().forEach((tick) => { tick.checked = !every; });
    count();
  });
}
