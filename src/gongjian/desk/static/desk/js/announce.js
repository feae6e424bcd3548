// Says aloud what a swap brought: the text of [data-announce] inside it, or that the connection failed.
const announcer = document.getElementById("announcer");

document.addEventListener("htmx:afterSwap", (event) => {
  const said = event.detail.target.querySelector("[data-announce]");
  if (said) announcer.textContent = said.textContent;
});
document.addEventListener("htmx:responseError", (event) => {
  const target = event.detail.target;
  target.textContent = announcer.dataset.failed;
});
document.addEventListener("htmx:sendError", (event) => {
  event.detail.target.textContent = announcer.dataset.offline;
});
