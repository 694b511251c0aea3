// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
import { ask } from "./ask.js";
import { make } from "./elements.js";
import { healthView } from "./health.js";
import { modelsView } from "./models.js";
import { streamView } from "./stream.js";
import { tryView } from "./try.js";

/** What the page has been told, for all views. The latest answers come last. */
const told = { state: null, now: null, tiles: [], events: [], skipped: 0, isConnected: false };
const MOST_TILES = 500;

const main = document.getElementById("main");
let views = [];
let shown = null;

function tellHealth() {
  const pill = document.getElementById("health");
  const health = told.now?.health;
  const text = !told.isConnected ? "Not connected; trying again" : health.ready ? "Ready" : `Not ready: ${health.detail}`;
  const tone = told.isConnected ? (health.ready ? "pill good" : health.live ? "pill" : "pill bad") : "pill bad";
  // A status that is set again is read out again.
  if (pill.textContent !== text) pill.textContent = text;
  pill.className = tone;
}

function show() {
  const wanted = location.hash.slice(1);
  const view = views.find(({ id }) => id === wanted) ?? views[0];
  for (const link of document.querySelectorAll("#views a")) {
    if (link.hash === `#${view.id}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (shown?.id === view.id) return;
  shown?.view.leave?.();
  shown = { id: view.id, view: view.open(told) };
  main.replaceChildren(shown.view.element);
  document.title = `${view.name} · ${told.state.service}`;
}

function connect() {
  const events = new EventSource("/api/events");
  events.addEventListener("open", () => {
    told.tiles = [];
    told.skipped = 0;
  });
  events.addEventListener("now", ({ data }) => {
    told.now = JSON.parse(data);
    told.isConnected = true;
    tellHealth();
    shown?.view.update?.("now");
  });
  events.addEventListener("tiles", ({ data }) => {
    const { tiles, skipped } = JSON.parse(data);
    told.tiles = told.tiles.concat(tiles).slice(-MOST_TILES);
    told.skipped += skipped;
    shown?.view.update?.("tiles");
  });
  events.addEventListener("told", ({ data }) => {
    told.events = JSON.parse(data).events;
    shown?.view.update?.("told");
  });
  events.addEventListener("error", () => {
    told.isConnected = false;
    tellHealth();
    // The browser tries again by itself, unless the service refused.
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
  });
}

async function begin() {
  try {
    told.state = await ask("/api/state");
  } catch {
    setTimeout(begin, 2000);
    return;
  }
  document.getElementById("service").textContent = told.state.service;
  views = [
    told.state.answers && { id: "stream", name: "Stream", open: streamView },
    told.state.trials && { id: "try", name: "Try", open: tryView },
    { id: "health", name: "Health", open: healthView },
    told.state.certifies && { id: "models", name: "Models", open: modelsView },
  ].filter(Boolean);
  document.getElementById("views").replaceChildren(...views.map(({ id, name }) => make("a", { href: `#${id}` }, name)));
  addEventListener("hashchange", () => {
    show();
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  });
  show();
  connect();
}

begin();
