// Draws a chart from the table inside figure[data-chart]; the table stays, folded, for whoever reads or prints it.
const style = getComputedStyle(document.documentElement);
const probe = document.createElement("span");
document.body.append(probe);

function color(name) {
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}

function read(table) {
  const head = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
  const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.children]);
  const names = rows.map((cells) => cells[0].textContent.trim());
  const series = head.slice(1).map((name, at) => ({ name, data: rows.map((cells) => Number(cells[at + 1].dataset.value)) }));
  return { names, series };
}

function option(kind, { names, series }, caption) {
  const text = { color: color("--ink"), fontFamily: style.getPropertyValue("--sans") };
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

for (const figure of document.querySelectorAll("[data-chart]")) {
  const { init } = await import(figure.dataset.library);
  const canvas = figure.querySelector(".chart");
  const facts = read(figure.querySelector("table"));
  canvas.hidden = false;
  if (figure.dataset.chart === "bars") canvas.style.height = `${facts.names.length * 2.4 + 2}rem`;
  const chart = init(canvas, null, { renderer: "svg" });
  chart.setOption(option(figure.dataset.chart, facts, figure.querySelector("figcaption").textContent));
  figure.querySelector("details").open = false;
  new ResizeObserver(() => chart.resize()).observe(canvas);
}
probe.remove();
