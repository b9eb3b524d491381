// One way to draw each kind of chart: axis with its unit, direct labels rather than a legend, at most
// five colours. Canvas, because a strict content policy refuses the style attributes of SVG text.
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";
import { around } from "./around.js";

use([BarChart, LineChart, ScatterChart, AriaComponent, GridComponent, TooltipComponent, LabelLayout, CanvasRenderer]);

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const number = new Intl.NumberFormat(document.documentElement.lang || "zh-CN", { maximumFractionDigits: 2 });
const barred = (data) => data.kind === "bar" || data.kind === "stack" || data.kind === "rows";
const told = (value) => (value === null || value === undefined ? "" : number.format(value));

function axes(font, size) {
  const label = { color: token("--ink-2"), fontFamily: font, fontSize: size };
  const line = { axisLine: { lineStyle: { color: token("--line") } }, axisTick: { show: false }, axisLabel: label };
  return {
    names: { ...line, type: "category", axisLabel: { ...label, color: token("--ink"), hideOverlap: true } },
    values: { ...line, type: "value", axisLine: { show: false }, splitNumber: 4, splitLine: { lineStyle: { color: token("--line-2") } }, nameTextStyle: label },
  };
}

// Whether names find room beside what they name; if not, the key above the chart says them.
function isNamed(place, data, size) {
  if (data.series.length < 2 || (data.kind !== "line" && data.kind !== "stack")) return false;
  if (widest(data) * size > place.clientWidth * 0.28) return false;
  if (data.kind === "line") return true;
  const totals = data.names.map((_name, at) => data.series.reduce((sum, one) => sum + (one.values[at] ?? 0), 0));
  const height = (place.clientHeight - 80) / Math.max(...totals);
  return data.series.every((one) => (one.values.at(-1) ?? 0) * height > size * 1.25);
}
const widest = (data) => Math.max(...data.series.map((one) => [...one.name].reduce((sum, char) => sum + (char > "\u2e7f" ? 1 : 0.58), 0)));

function series(data, size, direct) {
  const bars = barred(data);
  const named = (one) => one.values.map((value, place) => (place < one.values.length - 1 ? value : {
    value, label: { show: true, position: "right", distance: 8, color: token("--ink"), fontSize: size, formatter: one.name },
  }));
  return data.series.map((one, place) => ({
    name: one.name,
    type: bars ? "bar" : data.kind === "points" ? "scatter" : "line",
    stack: data.kind === "stack" ? "all" : undefined,
    data: data.kind === "stack" && direct ? named(one) : one.values,
    barMaxWidth: 28,
    barCategoryGap: "38%",
    symbol: "circle",
    symbolSize: data.kind === "points" ? 9 : 6,
    showSymbol: one.values.length < 40,
    lineStyle: { width: 2.25 },
    itemStyle: { color: token(`--series-${place + 1}`) },
    label: bars && data.series.length === 1
      ? { show: true, position: data.kind === "rows" ? "right" : "top", color: token("--ink"), fontSize: size, formatter: (at) => `${told(at.value)}${data.kind === "rows" ? ` ${data.unit}` : ""}` } : { show: false },
    endLabel: data.kind === "line" && direct
      ? { show: true, formatter: one.name, color: token(`--series-${place + 1}`), fontSize: size, fontWeight: 600, distance: 6 } : { show: false },
    labelLayout: data.kind === "line" || data.kind === "stack" ? { moveOverlap: "shiftY" } : undefined,
  }));
}

// What is expected as a line, in the band between its ends.
function between(data) {
  const [middle, low, high] = data.series, color = token("--series-1");
  const edge = { type: "line", stack: "between", symbol: "none", lineStyle: { opacity: 0 }, silent: true };
  return [
    { ...edge, name: low.name, data: low.values },
    { ...edge, name: high.name, data: high.values.map((value, at) => (value === null ? null : value - low.values[at])), areaStyle: { color, opacity: 0.18 } },
    { name: middle.name, type: "line", data: middle.values, symbol: "circle", symbolSize: 6, lineStyle: { width: 2.25 }, itemStyle: { color } },
  ];
}
const spoken = (data) => ([at]) => [data.names[at.dataIndex], ...data.series.map((one) => `${one.name} ${told(one.values[at.dataIndex])} ${data.unit}`)].join("\n");

function option(place, data) {
  const style = getComputedStyle(document.body);
  const size = Math.round(parseFloat(style.fontSize) * 0.8667);
  const { names, values } = axes(style.fontFamily, size);
  const lying = data.kind === "rows";
  const direct = isNamed(place, data, size);
  const key = place.closest("figure").querySelector(".chart-key");
  if (key && !lying) key.hidden = direct;
  const ends = direct ? widest(data) * size + 16 : lying ? 72 : 12;
  values.name = lying ? "" : data.unit;
  values.nameLocation = "end";
  values.nameTextStyle = { ...values.nameTextStyle, align: lying ? "right" : "left", padding: lying ? 0 : [0, 0, 0, -4] };
  names.data = data.names;
  names.inverse = lying;
  const banded = data.kind === "interval";
  names.boundaryGap = (data.kind !== "line" && !banded) || Boolean(data.spans?.length);
  // Things are counted whole: no tick stands between two of them.
  if (data.series.every((one) => one.values.every((value) => value === null || Number.isInteger(value)))) values.minInterval = 1;
  if (banded && data.unit === "%") Object.assign(values, { min: 0, max: 100, interval: 25 });
  const room = (place.clientWidth - ends - 48) / data.names.length - 4;
  if (!lying && room > 3 * size) {
    names.axisLabel = { ...names.axisLabel, interval: 0, hideOverlap: false, overflow: "break", width: room, lineHeight: size * 1.3 };
  }
  if (lying) names.axisLabel = { ...names.axisLabel, width: Math.min(160, place.clientWidth * 0.38), overflow: "truncate" };
  if (lying) values.axisLabel = { show: false };
  if (lying) values.splitLine = { show: false };
  return {
    animation: false,
    aria: { enabled: true, label: { description: data.says } },
    textStyle: { fontFamily: style.fontFamily, color: token("--ink") },
    grid: { left: 4, right: ends, top: data.spans?.length ? 48 : data.unit && !lying ? 34 : 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: data.kind === "points" ? "item" : "axis", renderMode: "richText", confine: true, backgroundColor: token("--sheet"), borderColor: token("--line"),
      textStyle: { color: token("--ink"), fontSize: size }, axisPointer: { type: barred(data) ? "shadow" : "line", shadowStyle: { color: token("--act"), opacity: 0.07 } },
      ...(banded ? { formatter: spoken(data) } : { valueFormatter: (value) => `${told(value)} ${data.unit}` }),
    },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: banded ? between(data) : [...around(data, token, size), ...series(data, size, direct)],
  };
}

// What a picture must carry to be understood alone: title, what it says, source.
function framed(chart, data) {
  const drawn = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: token("--sheet") });
  const sheet = document.createElement("canvas");
  const head = 96;
  const foot = 48;
  sheet.width = drawn.width + 48;
  sheet.height = drawn.height + head + foot;
  const pen = sheet.getContext("2d");
  const font = getComputedStyle(document.body).fontFamily;
  pen.fillStyle = token("--sheet");
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.fillStyle = token("--ink");
  pen.font = `600 30px ${font}`;
  pen.fillText(data.title, 24, 44, sheet.width - 48);
  pen.fillStyle = token("--ink-2");
  pen.font = `24px ${font}`;
  pen.fillText(data.says || "", 24, 80, sheet.width - 48);
  pen.drawImage(drawn, 24, head);
  pen.font = `22px ${font}`;
  pen.fillText(data.source || "", 24, sheet.height - 18, sheet.width - 48);
  return sheet.toDataURL("image/png");
}

export function draw(place, data) {
  const chart = init(place, null, { renderer: "canvas" });
  const paint = () => chart.setOption(option(place, data), true);
  const theme = matchMedia("(prefers-color-scheme: dark)");
  paint();
  theme.addEventListener("change", paint);
  return {
    resize: () => { chart.resize(); paint(); },
    picture: () => framed(chart, data),
    dispose: () => { theme.removeEventListener("change", paint); chart.dispose(); },
  };
}
