// Buttons marked [data-print] print the page; they are hidden where there are no scripts.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// On paper a chart is its table.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("[data-chart] details").forEach((details) => (details.open = true));
});
