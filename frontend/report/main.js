// The report works without this script; with it, the list filters, one lead opens as a page
// of its own, charts are drawn, and language, theme and size are remembered.
import { BarChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import "./report.css";

use([BarChart, ScatterChart, AriaComponent, GridComponent, TooltipComponent, SVGRenderer]);

const root = document.documentElement;
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (selector, within = document) => [...within.querySelectorAll(selector)];
const drawn = new Map();

root.classList.add("js");

function remember(name, value) {
  root.dataset[name] = value;
  try { localStorage.setItem("qingfeng-" + name, value); } catch { /* a file opened from a disk may not keep */ }
}
function recall(name) {
  try { return localStorage.getItem("qingfeng-" + name); } catch { return null; }
}
const english = () => root.dataset.lang === "en";
const say = (zh, en) => (english() ? en : zh);
const token = (name) => getComputedStyle(root).getPropertyValue(name).trim();

// --- language, theme, size ---------------------------------------------------------------
remember("lang", recall("lang") || "zh");
remember("theme", recall("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
remember("size", recall("size") || "100");
function dress() {
  root.lang = english() ? "en" : "zh-CN";
  document.title = say(data.title.zh, data.title.en);
  $("[data-zh]").forEach((item) => { item.textContent = english() ? item.dataset.en : item.dataset.zh; });
  $("[data-place-zh]").forEach((item) => { item.placeholder = english() ? item.dataset.placeEn : item.dataset.placeZh; });
  redraw();
  count();
}
document.getElementById("lang").addEventListener("click", () => { remember("lang", english() ? "zh" : "en"); dress(); });
document.getElementById("theme").addEventListener("click", () => {
  remember("theme", root.dataset.theme === "dark" ? "light" : "dark");
  redraw();
});
document.getElementById("size").addEventListener("click", () => {
  remember("size", { 100: "125", 125: "150", 150: "100" }[root.dataset.size]);
  redraw();
});
$("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));

// --- filters -----------------------------------------------------------------------------
const rows = $("#leads tbody tr");
const form = document.getElementById("filters");
function passes(row, wanted) {
  return ["watch", "colour", "tier", "unit", "month"].every((key) => !wanted[key] || row.dataset[key] === wanted[key])
    && (!wanted.words || wanted.words.toLowerCase().split(/\s+/).every((word) => row.textContent.toLowerCase().includes(word)));
}
function filter() {
  const wanted = Object.fromEntries(new FormData(form));
  rows.forEach((row) => { row.hidden = !passes(row, wanted); });
  count();
}
function count() {
  const shown = rows.filter((row) => !row.hidden).length;
  const line = document.getElementById("count");
  if (line) line.textContent = say(`显示 ${shown} / ${rows.length} 条`, `${shown} of ${rows.length} shown`);
  const none = document.getElementById("none");
  if (none) none.hidden = shown > 0;
}
if (form) {
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
}

// --- one lead as a page ------------------------------------------------------------------
function route() {
  const open = location.hash.startsWith("#lead-") ? document.getElementById(location.hash.slice(1)) : null;
  document.body.classList.toggle("one", Boolean(open));
  $(".lead.open").forEach((lead) => lead.classList.remove("open"));
  if (open) {
    open.classList.add("open");
    window.scrollTo(0, 0);
    const order = rows.filter((row) => !row.hidden).map((row) => row.dataset.lead);
    const here = order.indexOf(open.id);
    step("before", order[here - 1]);
    step("after", order[here + 1]);
    open.querySelector("h2").focus({ preventScroll: true });
  }
  redraw();
}
function step(name, id) {
  const link = document.getElementById(name);
  link.hidden = !id;
  if (id) link.href = "#" + id;
}
window.addEventListener("hashchange", route);
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") { event.preventDefault(); location.hash = "#list"; document.getElementById("words")?.focus(); }
  if (!document.body.classList.contains("one")) return;
  if (event.key === "Escape") location.hash = "#list";
  if (event.key === "ArrowLeft") document.getElementById("before").click();
  if (event.key === "ArrowRight") document.getElementById("after").click();
});
// What a person ticks stays on this machine and prints with the page.
$(".check input").forEach((box) => {
  const key = "qingfeng-tick-" + box.name;
  try { box.checked = localStorage.getItem(key) === "1"; } catch { /* see remember() */ }
  box.addEventListener("change", () => { try { localStorage.setItem(key, box.checked ? "1" : "0"); } catch { /* same */ } });
});

// --- charts ------------------------------------------------------------------------------
const axis = () => ({ axisLine: { lineStyle: { color: token("--line") } }, axisTick: { show: false }, axisLabel: { color: token("--ink-2"), fontFamily: "inherit" }, splitLine: { lineStyle: { color: token("--line-2") } } });
const common = () => ({ animation: false, aria: { enabled: true }, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily }, tooltip: { trigger: "item", confine: true } });
const SHADES = { red: "--red", yellow: "--yellow", blue: "--blue", grey: "--grey" };
const WORDS = { red: ["红", "red"], yellow: ["黄", "yellow"], blue: ["蓝", "blue"], grey: ["观察", "watch only"] };

const charts = {
  watch: () => bars(data.charts.watch.map((row) => say(row.zh, row.en)), data.charts.watch),
  unit: () => bars(data.charts.unit.map((row) => row.zh), data.charts.unit),
  month: () => ({
    ...common(), grid: { left: 40, right: 8, top: 12, bottom: 28 },
    xAxis: { type: "category", data: data.charts.month.map((row) => row.zh), ...axis() },
    yAxis: { type: "value", minInterval: 1, ...axis() },
    series: Object.keys(SHADES).map((colour) => ({
      name: say(...WORDS[colour]), type: "bar", stack: "all", barMaxWidth: 28,
      itemStyle: { color: token(SHADES[colour]) }, data: data.charts.month.map((row) => row[colour] || 0),
    })),
  }),
};
function bars(names, source) {
  return {
    ...common(), grid: { left: 8, right: 48, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: "value", minInterval: 1, ...axis(), axisLabel: { show: false } },
    yAxis: { type: "category", inverse: true, data: names, ...axis(), axisLabel: { color: token("--ink"), width: 130, overflow: "truncate" } },
    series: Object.keys(SHADES).map((colour, place, all) => ({
      name: say(...WORDS[colour]), type: "bar", stack: "all", barMaxWidth: 20, itemStyle: { color: token(SHADES[colour]) },
      data: source.map((row) => row[colour] || 0),
      label: place === all.length - 1 ? { show: true, position: "right", color: token("--ink"), formatter: (at) => source[at.dataIndex].total } : { show: false },
    })),
  };
}
function timeline(id) {
  const points = data.times[id] || [];
  const lanes = [...new Set(points.map((point) => point.lane))];
  return {
    ...common(), grid: { left: 8, right: 20, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: "time", ...axis() },
    yAxis: { type: "category", inverse: true, data: lanes, ...axis(), axisLabel: { color: token("--ink") } },
    tooltip: { confine: true, formatter: (at) => at.data.name },
    series: [{ type: "scatter", symbolSize: 12, itemStyle: { color: token("--act") }, data: points.map((point) => ({ value: [point.at, point.lane], name: point.says })) }],
  };
}
function redraw() {
  drawn.forEach((chart) => chart.dispose());
  drawn.clear();
  $("[data-chart]").forEach((place) => {
    if (place.offsetParent === null) return;
    const option = place.dataset.lead ? timeline(place.dataset.lead) : charts[place.dataset.chart]();
    const chart = init(place, null, { renderer: "svg" });
    chart.setOption(option);
    drawn.set(place, chart);
  });
}
window.addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
window.addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));

dress();
route();
