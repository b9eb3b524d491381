// What stands around the lines of a chart: a band that others lie in, periods in grey, days as upright lines.
import { LineChart } from "echarts/charts";
import { MarkAreaComponent, MarkLineComponent } from "echarts/components";
import { use } from "echarts/core";

use([LineChart, MarkAreaComponent, MarkLineComponent]);

function banded(band, token) {
  const edge = { type: "line", stack: "band", symbol: "none", lineStyle: { opacity: 0 }, silent: true, tooltip: { show: false } };
  return [
    { ...edge, name: `${band.name} 1`, data: band.low },
    { ...edge, name: band.name, data: band.high.map((value, at) => (value === null ? null : value - band.low[at])), areaStyle: { color: token("--series-5"), opacity: 0.16 } },
  ];
}

function marked(spans, token, size) {
  const label = { color: token("--ink-2"), fontSize: size };
  const areas = spans.filter((one) => one.first !== one.last || !one.is_day);
  const days = spans.filter((one) => one.is_day);
  return {
    type: "line", data: [], silent: true, tooltip: { show: false },
    markArea: { silent: true, itemStyle: { color: token("--mark"), opacity: 0.7 }, label: { ...label, position: "top" }, data: areas.map((one) => [{ name: one.says, xAxis: one.first }, { xAxis: one.last }]) },
    markLine: { silent: true, symbol: "none", lineStyle: { color: token("--ink-2"), type: "dashed" }, label: { ...label, position: "end", formatter: (at) => at.name }, data: days.map((one) => ({ name: one.says, xAxis: one.first })) },
  };
}

// Series that lie behind those of the chart; none for a chart without a band and spans.
export function around(data, token, size) {
  return [...(data.band ? banded(data.band, token) : []), ...(data.spans?.length ? [marked(data.spans, token, size)] : [])];
}
