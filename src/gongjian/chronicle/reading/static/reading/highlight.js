// While a proposal is pointed at or has the focus, the sentence that it came from is marked and brought into view.
const panes = document.querySelector("[data-highlight]");

function show(card) {
  for (const marked of panes.querySelectorAll(".now")) marked.classList.remove("now");
  const sentence = document.getElementById(card.dataset.sentence);
  card.classList.add("now");
  if (!sentence) return;
  sentence.classList.add("now");
  const pane = sentence.closest(".report-text");
  const below = sentence.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTo({ top: pane.scrollTop + below - pane.clientHeight / 3, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

if (panes) {
  for (const event of ["focusin", "mouseover"]) {
    panes.addEventListener(event, (happened) => {
      const card = happened.target.closest("[data-sentence]");
      if (card && !card.classList.contains("now")) show(card);
    });
  }
}
