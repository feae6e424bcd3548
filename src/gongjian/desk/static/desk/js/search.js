// The drop-down under the search box: arrows walk it, Escape and leaving close it.
const form = document.querySelector(".search-box");
const hits = document.getElementById("search-hits");

function close() {
  hits.replaceChildren();
}

function walk(event) {
  const stops = [form.querySelector("input"), ...hits.querySelectorAll("a")];
  const here = stops.indexOf(document.activeElement);
  const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (here >= 0 && next) {
    event.preventDefault();
    next.focus();
  }
}

form?.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event);
  if (event.key === "Escape") close();
});
form?.addEventListener("focusout", (event) => {
  if (!form.contains(event.relatedTarget)) close();
});
