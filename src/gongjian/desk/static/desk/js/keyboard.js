// "/" and Ctrl+K go to the search box; "?" and [data-dialog] buttons open a dialog.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  const search = (event.key === "/" && !typing(event.target)) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
  const box = document.getElementById("search");
  if (search && box) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "?" && !typing(event.target)) {
    document.getElementById("keyboard-help").showModal();
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dialog]");
  if (button) document.getElementById(button.dataset.dialog).showModal();
});
