// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
import uPlot from "./uplot/uPlot.esm.js";

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * A curve of bounds over samples, with the line of one half, below which nothing is certified.
 *
 * @param points of { n, lowerBound }
 */
export function boundCurve(element, points, marks = []) {
  const xs = points.map((point) => point.n);
  const bounds = points.map((point) => point.lowerBound);
  const shares = points.map((point) => point.count / point.n);
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line") } };
  const lowest = Math.min(0.45, ...bounds);
  const options = {
    width: Math.max(240, element.clientWidth || 480),
    height: 220,
    cursor: { drag: { setScale: false } },
    scales: { x: { time: false, distr: xs.length > 1 && xs[0] > 0 ? 3 : 1 }, y: { range: [Math.max(0, lowest - 0.05), 1.02] } },
    axes: [
      { ...axis, label: "samples", labelSize: 20, values: (plot, values) => values.map((value) => (value === null ? "" : value.toLocaleString("en"))) },
      { ...axis, label: "share of votes", labelSize: 20, size: 52 },
    ],
    series: [
      { label: "samples" },
      { label: "lower bound", stroke: colour("--certified"), width: 2, points: { show: true, size: 6 } },
      { label: "share of the votes", stroke: colour("--soft"), dash: [4, 4], width: 1.5, points: { show: false } },
    ],
    hooks: {
      draw: [
        (plot) => {
          const context = plot.ctx;
          context.save();
          for (const { y, text, name } of [{ y: 0.5, text: "one half", name: "--rejected" }, ...marks]) {
            const at = plot.valToPos(y, "y", true);
            context.strokeStyle = colour(name);
            context.fillStyle = colour(name);
            context.lineWidth = 1.5;
            context.setLineDash([6, 4]);
            context.beginPath();
            context.moveTo(plot.bbox.left, at);
            context.lineTo(plot.bbox.left + plot.bbox.width, at);
            context.stroke();
            context.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
            context.textAlign = "right";
            context.fillText(text, plot.bbox.left + plot.bbox.width - 4, at - 4 * devicePixelRatio);
          }
          context.restore();
        },
      ],
    },
  };
  element.replaceChildren();
  return new uPlot(options, [xs, bounds, shares], element);
}
