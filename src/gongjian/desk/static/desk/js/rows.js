// j and k walk the links of the rows under [data-rows]; Enter is the link's own.
const links = () => [...document.querySelectorAll("[data-rows] > *")].map((row) => row.querySelector("a[href], button")).filter(Boolean);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  const step = { j: 1, k: -1 }[event.key];
  const rows = links();
  if (!step || rows.length === 0) return;
  const here = rows.findIndex((link) => link.closest("[data-rows] > *").contains(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(here + step, 0), rows.length - 1);
  rows[next].focus();
});
