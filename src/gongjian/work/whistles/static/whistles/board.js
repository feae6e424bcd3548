// A card dropped on a column sends the form of its own button with that column; what is refused comes back where it was.
let dragged = null;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-card]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.querySelector("a").textContent.trim());
  dragged.classList.add("dragged");
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  document.querySelectorAll(".stage.over").forEach((stage) => stage.classList.remove("over"));
});

document.addEventListener("dragover", (event) => {
  const stage = event.target.closest("[data-stage]");
  if (!dragged || !stage) return;
  event.preventDefault();
  document.querySelectorAll(".stage.over").forEach((other) => other !== stage && other.classList.remove("over"));
  stage.classList.toggle("over", !stage.contains(dragged));
});

document.addEventListener("drop", (event) => {
  const stage = event.target.closest("[data-stage]");
  if (!dragged || !stage) return;
  event.preventDefault();
  const form = dragged.querySelector("form.move");
  if (!form || stage.contains(dragged)) return;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const values = { to: stage.dataset.stage, csrfmiddlewaretoken: token };
  window.htmx.ajax("POST", form.getAttribute("action"), { target: "#board", swap: "outerHTML", values });
});
