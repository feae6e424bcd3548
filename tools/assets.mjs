// Builds build/static/vendor from the locked npm packages: npm run build
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(project, "node_modules");
const vendor = join(project, "build", "static", "vendor");
const iconList = join(project, "src", "gongjian", "desk", "icons.txt");
const fonts = { "noto-sans-sc": [400, 600], "noto-serif-sc": [700] };

/** A text file without its source-map comment: the map is not served, and a dangling name breaks collectstatic. */
async function copyText(from, to) {
  const text = await readFile(join(modules, from), "utf8");
  await write(to, text.replace(/^\s*(\/\/|\/\*)# sourceMappingURL=.*$/gm, ""));
}

async function write(to, text) {
  const target = join(vendor, to);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
}

async function copyFont(family, weight) {
  const source = join(modules, "@fontsource", family);
  const css = await readFile(join(source, `${weight}.css`), "utf8");
  const names = [...css.matchAll(/files\/([\w-]+\.woff2)/g)].map((match) => match[1]);
  await mkdir(join(vendor, "fonts"), { recursive: true });
  await Promise.all(names.map((name) => cp(join(source, "files", name), join(vendor, "fonts", name))));
  return css
    .replaceAll("./files/", "./fonts/")
    .replace(/, url\([^)]*\.woff\) format\('woff'\)/g, "")
    .replace(/\/\*.*?\*\/|\n\s*/g, "");
}

async function icons() {
  const listed = (await readFile(iconList, "utf8")).split("\n").map((line) => line.trim());
  const names = listed.filter((line) => line && !line.startsWith("#"));
  const symbols = await Promise.all(names.map(symbol));
  await write("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
  return names.length;
}

async function symbol(name) {
  const svg = await readFile(join(modules, "@tabler", "icons", "icons", "outline", `${name}.svg`), "utf8").catch(() => {
    throw new Error(`icons.txt names "${name}", which Tabler does not have`);
  });
  const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

await rm(vendor, { recursive: true, force: true });
await copyText("@tabler/core/dist/css/tabler.min.css", "tabler.css");
await copyText("@tabler/core/dist/js/tabler.min.js", "tabler.js");
await copyText("htmx.org/dist/htmx.min.js", "htmx.js");
await copyText("leaflet/dist/leaflet.css", "leaflet/leaflet.css");
await copyText("leaflet/dist/leaflet.js", "leaflet/leaflet.js");
await cp(join(modules, "leaflet/dist/images"), join(vendor, "leaflet/images"), { recursive: true });
const faces = Object.entries(fonts).flatMap(([family, weights]) => weights.map((weight) => copyFont(family, weight)));
await write("fonts.css", (await Promise.all(faces)).join("\n"));
await build({
  entryPoints: [join(project, "tools", "echarts.mjs")],
  outfile: join(vendor, "echarts.js"),
  bundle: true,
  minify: true,
  format: "esm",
  nodePaths: [modules],
  legalComments: "eof",
  logLevel: "error",
});
const count = await icons();
console.log(`build/static/vendor: ${(await readdir(vendor)).length} entries, ${count} icons`);
