// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

// Draws a dashboard of Grafana from DRAWING: { title, from, to, panels: [panel with series], annotations }. It knows the
// kinds of panel, the units and the options that catrs's dashboards use, and refuses others. What it found is in #result:
// the panels that were drawn, those that have nothing to show, and what went wrong.
"use strict";

const WORDS = { red: "#b3261e", green: "#1b7f5c", orange: "#d98200", blue: "#0b6bb5", purple: "#8e4fa8", yellow: "#c9a500",
  text: "#1f2733", gray: "#7a8594" };
// Okabe and Ito's colours, which colour-blind readers can tell apart, with two more.
const PALETTE = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#7a6c00", "#6a3d9a", "#444444", "#b2b200"];

const UNITS = {
  none: (v) => plain(v),
  short: (v) => scaled(v, ""),
  percentunit: (v) => `${significant(100 * v)}%`,
  s: duration,
  bytes: (v) => scaled(v, "B", 1024, ["", "Ki", "Mi", "Gi", "Ti"]),
};

function significant(v) {
  return Number(v.toPrecision(3)).toLocaleString("en", { maximumFractionDigits: 6 });
}

function plain(v) {
  return Number.isInteger(v) ? v.toLocaleString("en") : significant(v);
}

function scaled(v, unit, base = 1000, prefixes = ["", "k", "M", "G", "T"]) {
  let power = 0;
  while (Math.abs(v) >= base && power < prefixes.length - 1) {
    v /= base;
    power += 1;
  }
  return `${significant(v)} ${prefixes[power]}${unit}`.trim();
}

function duration(v) {
  const size = Math.abs(v);
  if (size === 0) return "0 s";
  if (size < 1e-3) return `${significant(v * 1e6)} µs`;
  if (size < 1) return `${significant(v * 1e3)} ms`;
  if (size < 120) return `${significant(v)} s`;
  if (size < 7200) return `${significant(v / 60)} min`;
  if (size < 172800) return `${significant(v / 3600)} h`;
  return `${significant(v / 86400)} d`;
}

function formatter(unit) {
  const own = /^(si|suffix):(.+)$/.exec(unit ?? "");
  if (own) return own[1] === "si" ? (v) => scaled(v, own[2]) : (v) => `${plain(v)} ${own[2]}`;
  if (!UNITS[unit]) throw new Error(`the unit ${unit} is not known here`);
  return UNITS[unit];
}

function element(tag, parent, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  parent.append(made);
  return made;
}

/** The colour and the unit that an override gives to a series by its name. */
function override(panel, name, property) {
  for (const { matcher, properties } of panel.fieldConfig.overrides ?? []) {
    const matches = matcher.id === "byName" ? matcher.options === name
      : matcher.id === "byRegexp" && new RegExp(matcher.options.replace(/^\/|\/$/g, "")).test(name);
    const found = matches && properties.find(({ id }) => id === property);
    if (found) return found.value;
  }
  return undefined;
}

function colorOf(panel, name, index) {
  const fixed = override(panel, name, "color")?.fixedColor;
  return fixed ? WORDS[fixed] ?? fixed : PALETTE[index % PALETTE.length];
}

function thresholdColor(panel, value) {
  let color = "text";
  for (const step of panel.fieldConfig.defaults.thresholds?.steps ?? []) {
    if (step.value === null || value >= step.value) color = step.color;
  }
  return WORDS[color] ?? color;
}

const last = (series) => series.values.filter((v) => v !== null).at(-1);

function allSeries(panel) {
  return panel.targets.flatMap((target) => target.series.map((series) => ({ ...series, target })));
}

function drawStat(panel, body) {
  const format = formatter(panel.fieldConfig.defaults.unit);
  const box = element("div", body, undefined, "stat");
  const all = allSeries(panel).filter((series) => last(series) !== undefined);
  for (const series of all) {
    const part = element("div", box);
    element("b", part, format(last(series))).style.color = thresholdColor(panel, last(series));
    if (all.length > 1 || panel.options.textMode === "value_and_name") element("small", part, series.name);
  }
  return all.length > 0;
}

/** Marks annotations: what lasts as a band behind the data, and the begin of each as a line before them. */
function annotationPlugin() {
  const each = (plot, mark) => {
    plot.ctx.save();
    for (const { color, spans } of DRAWING.annotations) {
      plot.ctx.fillStyle = WORDS[color] ?? color;
      for (const [from, to] of spans) {
        const x = plot.valToPos(from, "x", true);
        mark(x, plot.valToPos(to, "x", true) - x, plot.bbox);
      }
    }
    plot.ctx.restore();
  };
  return {
    hooks: {
      drawClear: (plot) => each(plot, (x, width, { top, height }) => {
        plot.ctx.globalAlpha = 0.12;
        plot.ctx.fillRect(x, top, width, height);
      }),
      draw: (plot) => each(plot, (x, width, { top, height }) => {
        plot.ctx.globalAlpha = 0.8;
        plot.ctx.fillRect(x - 1, top, 2, height);
      }),
    },
  };
}

const BINARY = Array.from({ length: 50 }, (none, power) => 2 ** power);

function axes(format, unit) {
  const common = { stroke: "#5a6675", grid: { stroke: "#e6e9ee", width: 1 }, font: "11px DejaVu Sans", ticks: { show: false } };
  return [
    { ...common, size: 24, space: 90, values: (plot, splits) => splits.map(clock) },
    { ...common, values: (plot, splits) => splits.map(format), incrs: unit === "bytes" ? BINARY : undefined,
      size: (plot, values) => 14 + 7 * Math.max(4, ...(values ?? []).map((text) => text.length)) },
  ];
}

/** Time of day, UTC. */
function clock(seconds) {
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}

function legend(panel, card, all, format) {
  const box = element("div", card, undefined, "legend");
  for (const series of all) {
    const part = element("span", box);
    element("i", part).style.background = series.color;
    part.append(`${series.name}: ${format(last(series))}`);
  }
}

function drawTimeSeries(panel, body, card) {
  const custom = panel.fieldConfig.defaults.custom ?? {};
  const format = formatter(panel.fieldConfig.defaults.unit);
  const all = allSeries(panel).filter((series) => last(series) !== undefined);
  if (all.length === 0) return false;
  all.forEach((series, index) => { series.color = colorOf(panel, series.name, index); });
  legend(panel, card, all, format);
  const stacked = custom.stacking?.mode === "normal";
  let drawn = all.map((series) => series.values);
  if (stacked) {
    const sums = DRAWING.times.map(() => 0);
    drawn = drawn.map((values) => values.map((v, i) => { sums[i] += v ?? 0; return v === null && sums[i] === 0 ? null : sums[i]; }));
  }
  const order = all.map((series, index) => index);
  if (stacked) order.reverse();
  const fillOpacity = (custom.fillOpacity ?? 0) / 100;
  const alpha = stacked ? 0.75 : fillOpacity;
  const width = custom.lineWidth ?? 1.5;
  const { min, max } = panel.fieldConfig.defaults;
  const plot = new uPlot({
    width: body.clientWidth - 4,
    height: body.clientHeight - 4,
    padding: [8, 30, 0, 0],
    cursor: { show: false },
    scales: { x: { time: true, range: () => [DRAWING.from, DRAWING.to] },
      y: { range: (u, low, high) => [min ?? Math.min(low, 0), max ?? (high > 0 ? 1.08 * high : 1)] } },
    axes: axes(format, panel.fieldConfig.defaults.unit),
    series: [{}, ...order.map((index) => ({
      stroke: all[index].color,
      width,
      spanGaps: false,
      points: { show: false },
      paths: custom.lineInterpolation === "stepAfter" ? uPlot.paths.stepped({ align: 1 }) : undefined,
      fill: alpha > 0 ? all[index].color + Math.round(alpha * 255).toString(16).padStart(2, "0") : undefined,
    }))],
    plugins: [annotationPlugin()],
  }, [DRAWING.times, ...order.map((index) => drawn[index])], body);
  return plot;
}

/** Counts of a bucket in each step: what is below its bound less what is below the one before. */
function drawHeatmap(panel, body) {
  const buckets = panel.targets.flatMap((target) => target.series)
    .map((series) => ({ bound: Number(series.labels.le.replace("+Inf", "Infinity")), values: series.values }))
    .sort((a, b) => a.bound - b.bound);
  const counts = buckets.map(({ values }, row) =>
    values.map((v, i) => Math.max(0, (v ?? 0) - (row > 0 ? buckets[row - 1].values[i] ?? 0 : 0))));
  const most = Math.max(...counts.flat());
  if (!(most > 0)) return false;
  const bounds = buckets.map(({ bound }) => bound).filter(Number.isFinite);
  const highest = bounds[Math.min(bounds.length - 1, counts.findLastIndex((row) => row.some((v) => v > 0)))];
  const format = formatter(panel.options.yAxis?.unit ?? panel.fieldConfig.defaults.unit);
  const step = DRAWING.times[1] - DRAWING.times[0];
  const plot = new uPlot({
    width: body.clientWidth - 4,
    height: body.clientHeight - 4,
    padding: [8, 30, 0, 0],
    cursor: { show: false },
    scales: { x: { time: true, range: () => [DRAWING.from, DRAWING.to] }, y: { range: () => [0, highest] } },
    axes: axes(format),
    series: [{}, { paths: () => null, points: { show: false } }],
    plugins: [{
      hooks: {
        draw: (u) => {
          counts.forEach((row, index) => {
            const low = index > 0 ? buckets[index - 1].bound : 0;
            const high = Math.min(buckets[index].bound, highest);
            if (high <= low) return;
            const y = u.valToPos(high, "y", true);
            const height = u.valToPos(low, "y", true) - y;
            row.forEach((count, i) => {
              if (count === 0) return;
              const x = u.valToPos(DRAWING.times[i] - step, "x", true);
              u.ctx.fillStyle = shade(Math.sqrt(count / most));
              u.ctx.fillRect(Math.max(x, u.bbox.left), y, u.valToPos(DRAWING.times[i], "x", true) - Math.max(x, u.bbox.left) + 0.5, height + 0.5);
            });
          });
        },
      },
    }, annotationPlugin()],
  }, [DRAWING.times, DRAWING.times.map(() => 0)], body);
  return plot;
}

/** From light to dark of one hue: readable without colours. */
function shade(part) {
  const mix = (from, to) => Math.round(from + (to - from) * part);
  return `rgb(${mix(226, 5)}, ${mix(237, 48)}, ${mix(247, 97)})`;
}

/** Rows of a table: the labels of the series that all queries share, with the value of each query. */
function tableRows(panel) {
  const rows = new Map();
  for (const target of panel.targets) {
    for (const series of target.series) {
      const key = JSON.stringify(series.labels);
      if (!rows.has(key)) rows.set(key, { labels: series.labels, values: {} });
      rows.get(key).values[target.refId] = last(series);
    }
  }
  return [...rows.values()];
}

function renamed(panel, name) {
  const organize = panel.transformations?.find(({ id }) => id === "organize")?.options;
  return organize?.excludeByName?.[name] ? undefined : organize?.renameByName?.[name] ?? name;
}

function columnOrder(panel) {
  const index = panel.transformations?.find(({ id }) => id === "organize")?.options?.indexByName ?? {};
  return (a, b) => (index[a] ?? 99) - (index[b] ?? 99);
}

function valueName(panel, refId) {
  return panel.targets.length > 1 ? `Value #${refId}` : "Value";
}

function drawTable(panel, body) {
  const rows = tableRows(panel);
  if (rows.length === 0) return false;
  const columns = [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))]
    .map((name) => ({ name, of: (row) => row.labels[name] ?? "" }));
  for (const { refId } of panel.targets) {
    const name = valueName(panel, refId);
    const shown = renamed(panel, name);
    const format = formatter(override(panel, shown, "unit") ?? panel.fieldConfig.defaults.unit);
    columns.push({ name, of: ({ values }) => (values[refId] === undefined ? "" : format(values[refId])) });
  }
  const order = columnOrder(panel);
  const shown = columns.filter(({ name }) => renamed(panel, name) !== undefined)
    .sort((a, b) => order(a.name, b.name));
  const table = element("table", body);
  const head = element("tr", element("thead", table));
  shown.forEach(({ name }) => element("th", head, renamed(panel, name)));
  const lines = element("tbody", table);
  for (const row of rows) {
    const line = element("tr", lines);
    shown.forEach((column) => element("td", line, column.of(row)));
  }
  return true;
}

function drawBars(panel, body, card) {
  const rows = tableRows(panel);
  if (rows.length === 0) return false;
  const format = formatter(panel.fieldConfig.defaults.unit);
  const category = panel.options.xField;
  rows.sort((a, b) => a.labels[category].localeCompare(b.labels[category], "en", { numeric: true }));
  const bars = panel.targets.map(({ refId }, index) => {
    const name = renamed(panel, valueName(panel, refId));
    return { name, color: colorOf(panel, name, index), values: rows.map(({ values }) => values[refId] ?? null) };
  });
  const box = element("div", card, undefined, "legend");
  for (const { name, color } of bars) {
    const part = element("span", box);
    element("i", part).style.background = color;
    part.append(name);
  }
  const [bottom, value] = axes(format);
  const plot = new uPlot({
    width: body.clientWidth - 4,
    height: body.clientHeight - 4,
    padding: [8, 30, 0, 0],
    cursor: { show: false },
    scales: { x: { time: false, range: () => [-0.5, rows.length - 0.5] },
      y: { range: (u, low, high) => [0, (panel.fieldConfig.defaults.max ?? high * 1.1) || 1] } },
    axes: [{ ...bottom, splits: () => rows.map((row, i) => i), grid: { show: false },
      values: (u, splits) => splits.map((i) => rows[i].labels[category]) }, value],
    series: [{}, ...bars.map(({ color }, index) => ({
      stroke: color,
      fill: color,
      points: { show: false },
      paths: (u, at) => {
        const path = new Path2D();
        const width = 0.8 / bars.length;
        u.data[at].forEach((v, i) => {
          if (v === null) return;
          const x = u.valToPos(i - 0.4 + index * width, "x", true);
          const y = u.valToPos(v, "y", true);
          path.rect(x, y, u.valToPos(i - 0.4 + (index + 1) * width, "x", true) - x - 1, u.bbox.top + u.bbox.height - y);
        });
        return { fill: path };
      },
    }))],
  }, [rows.map((row, i) => i), ...bars.map(({ values }) => values)], body);
  return plot;
}

function drawAlerts(panel, body) {
  const job = /^\{job=~"(.*)"\}$/.exec(panel.options.alertInstanceLabelFilter)?.[1];
  const alerts = DRAWING.alerts.filter((alert) => job === undefined || new RegExp(`^(?:${job})$`).test(alert.job));
  if (alerts.length === 0) {
    element("div", body, "no alert fires", "well");
    return true;
  }
  const table = element("table", body);
  for (const { name, severity, summary } of alerts) {
    const line = element("tr", table);
    element("td", line, name).style.fontWeight = "bold";
    element("td", line, severity).style.color = severity === "critical" ? WORDS.red : WORDS.orange;
    element("td", line, summary).style.whiteSpace = "normal";
  }
  return true;
}

/** Whether a plot has a mark of its own beside axes and grid, which are gray. */
function painted(plot) {
  const { left, top, width, height } = plot.bbox;
  const pixels = plot.ctx.getImageData(left, top, width, height).data;
  for (let i = 0; i < pixels.length; i += 4) {
    const [r, g, b, a] = pixels.subarray(i, i + 4);
    if (a > 0 && Math.max(r, g, b) - Math.min(r, g, b) > 12) return true;
  }
  return false;
}

/** How each kind of panel is drawn: gives its plot, or whether it shows anything. */
const KINDS = { stat: drawStat, timeseries: drawTimeSeries, heatmap: drawHeatmap, table: drawTable, barchart: drawBars,
  alertlist: drawAlerts };

function place(grid, panel) {
  const card = element("section", grid, undefined, panel.type === "row" ? "row" : "panel");
  const { x, y, w, h } = panel.gridPos;
  card.style.gridArea = `${y + 1} / ${x + 1} / span ${h} / span ${w}`;
  if (panel.type === "row") {
    card.textContent = panel.title;
    return undefined;
  }
  element("h2", card, panel.title);
  return { panel, card, body: element("div", card, undefined, "body") };
}

function drawInto({ panel, card, body }) {
  if (!KINDS[panel.type]) throw new Error(`panels of type ${panel.type} are not known here`);
  return KINDS[panel.type](panel, body, card);
}

async function draw() {
  const result = { drawn: [], empty: [], problems: [] };
  const header = element("header", document.body);
  element("h1", header, DRAWING.title);
  element("span", header, `drawn from the dashboard's queries, ${clock(DRAWING.from)} to ${clock(DRAWING.to)} UTC`);
  const grid = element("div", document.body);
  grid.id = "grid";
  const outcomes = [];
  for (const placed of DRAWING.panels.map((panel) => place(grid, panel)).filter(Boolean)) {
    try {
      outcomes.push({ ...placed, shown: drawInto(placed) });
    } catch (error) {
      result.problems.push(`${placed.panel.title}: ${error.message}`);
    }
  }
  // uPlot paints when this script has ended.
  await new Promise((resolve) => { setTimeout(resolve, 0); });
  for (const { panel, body, shown } of outcomes) {
    const isShown = shown instanceof uPlot ? painted(shown) : shown;
    result[isShown ? "drawn" : "empty"].push(panel.title);
    if (!isShown) {
      body.replaceChildren();
      element("div", body, "nothing to show", "nothing");
    }
  }
  return result;
}

draw().then((result) => {
  const told = element("script", document.body, JSON.stringify(result));
  told.type = "application/json";
  told.id = "result";
});
