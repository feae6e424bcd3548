// Draws a chart from the table inside figure[data-chart]; the table stays, folded, for whoever reads or prints it.
function color(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function read(table) {
  const head = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
  const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.children]);
  const names = rows.map((cells) => cells[0].textContent.trim());
  const series = head.slice(1).map((name, at) => ({ name, data: rows.map((cells) => Number(cells[at + 1].dataset.value)) }));
  return { names, series };
}

function option(kind, { names, series }, caption) {
  const text = { color: color("--ink"), fontFamily: getComputedStyle(document.body).fontFamily };
  const category = { type: "category", data: names, axisLabel: text, axisTick: { show: false }, inverse: kind === "bars" };
  const value = { type: "value", axisLabel: text, splitLine: { lineStyle: { color: color("--line") } }, minInterval: 1 };
  return {
    aria: { enabled: true, label: { description: caption } },
    animation: false,
    color: [color("--red-solid"), color("--gold"), color("--blue"), color("--green")],
    textStyle: text,
    tooltip: { trigger: "axis" },
    legend: { show: series.length > 1, textStyle: text, bottom: 0 },
    grid: { left: 4, right: 16, top: 12, bottom: series.length > 1 ? 32 : 4, containLabel: true },
    xAxis: kind === "bars" ? value : category,
    yAxis: kind === "bars" ? category : value,
    series: series.map((one) => ({ ...one, type: kind === "line" ? "line" : "bar", barMaxWidth: 28 })),
  };
}

async function draw(figure) {
  const { init } = await import(figure.dataset.library);
  const canvas = figure.querySelector(".chart");
  const facts = read(figure.querySelector("table"));
  canvas.hidden = false;
  if (figure.dataset.chart === "bars") canvas.style.height = `${facts.names.length * 2.4 + 2}rem`;
  const chart = init(canvas, null, { renderer: "svg" });
  const show = () => chart.setOption(option(figure.dataset.chart, facts, figure.querySelector("figcaption").textContent));
  show();
  figure.querySelector("details").open = false;
  new ResizeObserver(() => chart.resize()).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
}

const drawAll = (within) => within.querySelectorAll("[data-chart]").forEach(draw);
drawAll(document);
document.addEventListener("htmx:afterSwap", (event) => drawAll(event.detail.target));
