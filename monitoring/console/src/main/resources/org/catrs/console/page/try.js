// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
import { ask, send } from "./ask.js";
import { ballOf } from "./ball.js";
import { boundCurve } from "./chart.js";
import { inPixels } from "./detail.js";
import { Drawing } from "./drawing.js";
import { make, votes } from "./elements.js";
import { down, odds, seconds, whole } from "./numbers.js";

const N = [100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000];
const ALPHA = [0.05, 0.01, 0.001, 0.0001, 0.00001, 0.000001];

function slider(id, text, min, max, step, value, onInput) {
  const output = make("output", { htmlFor: id });
  const input = make("input", { id, type: "range", min, max, step, value, oninput: () => onInput() });
  return { element: make("div", { class: "slider" }, make("label", { for: id }, text), output, input), input, output };
}

export function tryView(told) {
  const models = told.state.models;
  let model = models[0];
  let drawing = null;
  let dropped = null;
  let running = null;
  let asked = 0;

  const canvas = make("canvas", {
    class: "pad",
    tabIndex: 0,
    role: "img",
    "aria-label": "Drawing area. Draw with the pointer; or move the pen with the arrow keys, and lift and lower it with the space bar.",
  });
  const choice = make("select", { id: "try-model", onchange: chooseModel }, models.map(({ name, version }) => make("option", { value: name }, `${name} ${version}`)));
  const n = slider("try-n", "Most samples, n", 0, N.length - 1, 1, 4, change);
  const alpha = slider("try-alpha", "Failure probability, alpha", 0, ALPHA.length - 1, 1, 2, change);
  const target = slider("try-target", "Target radius, at which sampling ends", 0, 40, 1, 0, change);
  const cost = make("p", { class: "soft", role: "status" });
  const go = make("button", { class: "main", type: "button", onclick: certify }, "Certify");
  const verdict = make("p", { class: "verdict", role: "status" }, "Draw a digit, then certify it.");
  const meaning = make("p", {});
  const bars = make("div");
  const chart = make("div", { class: "chart" });
  const around = make("div");
  let ball = null;
  const file = make("input", { type: "file", accept: "image/png,image/jpeg", id: "try-file", class: "hidden", tabIndex: -1, "aria-label": "File of an image", onchange: ({ target }) => drop(target.files[0]) });

  function parameters() {
    const radius = Number(target.input.value) * 0.05 * 2 * model.sigma;
    return {
      model: model.name,
      n: N[n.input.value],
      alpha: ALPHA[alpha.input.value],
      target: radius > 0 ? Number(radius.toFixed(4)) : null,
    };
  }

  async function change() {
    const wanted = parameters();
    n.output.textContent = whole(wanted.n);
    alpha.output.textContent = `${wanted.alpha}, ${odds(wanted.alpha)}`;
    target.output.textContent = wanted.target === null ? "none" : down(wanted.target, 2);
    n.input.setAttribute("aria-valuetext", n.output.textContent);
    alpha.input.setAttribute("aria-valuetext", alpha.output.textContent);
    target.input.setAttribute("aria-valuetext", target.output.textContent);
    const mine = ++asked;
    try {
      const { largestRadius, leastSamples, samplesPerSecond } = await ask("/api/cost", wanted);
      if (mine !== asked) return;
      const time = (samples) => (samplesPerSecond ? `, some ${seconds(samples / samplesPerSecond)} here` : "");
      const all = `Even if all votes agree, ${whole(wanted.n)} samples show no radius above ${down(largestRadius)}${time(wanted.n)}.`;
      const aim =
        wanted.target === null
          ? ""
          : leastSamples === null
            ? " That is less than the target, which no vote can reach."
            : ` The target needs ${whole(leastSamples)} samples at least${time(leastSamples)}.`;
      cost.textContent = all + aim;
    } catch (error) {
      cost.textContent = error.message;
    }
  }

  function chooseModel() {
    model = models.find(({ name }) => name === choice.value);
    dropped = null;
    drawing = new Drawing(canvas, model.height, model.width, () => (dropped = null));
    change();
  }

  async function drop(chosen) {
    if (!chosen) return;
    if (chosen.size > told.state.mostBytes) {
      say("abstained", "Too large", `An image may have ${whole(told.state.mostBytes)} bytes, as on the topic.`);
      return;
    }
    dropped = chosen;
    try {
      drawing.clear();
      drawing.show(await createImageBitmap(chosen));
    } catch {
      // What the browser cannot show the service may still take, or it says what it is.
    }
    certify();
  }

  function say(tone, headline, text) {
    verdict.className = `verdict ${tone}`;
    verdict.textContent = headline;
    meaning.textContent = text;
  }

  function leaveBall() {
    ball?.leave();
    around.replaceChildren();
  }

  async function certify() {
    if (running) {
      running.abort();
      return;
    }
    if (!dropped && drawing.isBlank) {
      say("", "The drawing is empty", "Draw a digit first; black alone would be certified, too, as a “1” or whatever is nearest.");
      return;
    }
    running = new AbortController();
    go.textContent = "Stop";
    const points = [];
    say("", "Drawing noise", "");
    bars.replaceChildren();
    chart.replaceChildren();
    leaveBall();
    const image = dropped ?? (await drawing.png());
    try {
      await send("/api/try", parameters(), image, running.signal, (kind, event) => {
        if (kind === "failed") {
          say("abstained", "Not certified", event.message);
          return;
        }
        points.push({ n: event.n, count: event.votes[event.candidate], lowerBound: event.lowerBound });
        progress(event, points);
        if (event.isDone && event.outcome === "CERTIFIED") {
          ball = ballOf({ image: async () => image, label: event.candidate, radius: event.radius, model });
          around.replaceChildren(ball.element);
        }
      });
    } catch (error) {
      if (error.name === "AbortError") say("", "Stopped", "");
      else say("abstained", "Not certified", error.message);
    }
    running = null;
    go.textContent = "Certify";
    change();
  }

  function progress(event, points) {
    const label = model.classNames[event.candidate] ?? String(event.candidate);
    const isCertified = event.outcome === "CERTIFIED";
    const state = event.isDone ? (isCertified ? "" : "Abstained: ") : isCertified ? "So far: " : "Not yet: ";
    say(
      isCertified ? "certified" : "abstained",
      isCertified ? `${state}“${label}” within ${down(event.radius)}` : `${state}no class is above one half for certain`,
      isCertified
        ? `${whole(event.n)} samples in ${seconds(event.seconds)}. ${inPixels(event.radius)}`
        : `${whole(event.n)} samples in ${seconds(event.seconds)}.`,
    );
    bars.replaceChildren(votes(event.votes, model.classNames, event.n, event.candidate));
    boundCurve(chart, points);
  }

  const element = make(
    "section",
    { "aria-labelledby": "try-title" },
    make("h2", { id: "try-title" }, "Certify an image of your own"),
    make("p", { class: "soft" }, "It goes to no topic. The bound that climbs holds at every number of samples at once: you may stop whenever you like."),
    make(
      "div",
      { class: "columns" },
      make(
        "div",
        { class: "card" },
        models.length > 1 ? make("p", {}, make("label", { for: "try-model" }, "Model "), choice) : null,
        canvas,
        make(
          "div",
          { class: "tools" },
          go,
          make("button", { type: "button", onclick: () => { dropped = null; drawing.clear(); say("", "Draw a digit, then certify it.", ""); } }, "Clear"),
          make("button", { type: "button", onclick: () => { drawing.noise(); certify(); } }, "Pure noise"),
          make("button", { type: "button", onclick: () => file.click() }, "Choose a file"),
          file,
        ),
        make("p", { class: "soft small" }, `Or drop a PNG or JPEG here, of ${model?.height} x ${model?.width} pixels: nothing is resized, since a certificate is about the very pixels.`),
        n.element,
        alpha.element,
        target.element,
        cost,
      ),
      make("div", { class: "card" }, verdict, meaning, bars, chart, around, make("div", { class: "lesson" }, make("p", {}, make("strong", {}, "Certified is not right. "), "Try “Pure noise”: it is no digit, and the MNIST models certify it as an “8”, often with a good radius. The certificate says that nearby images get the same label. Whether the label is true it cannot say."))),
    ),
  );
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    canvas.classList.add("dropping");
  });
  element.addEventListener("dragleave", () => canvas.classList.remove("dropping"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    canvas.classList.remove("dropping");
    drop(event.dataTransfer.files[0]);
  });
  if (model) chooseModel();
  else say("", "No model is served yet", "Come back when one is.");
  return { element, leave: () => {
      running?.abort();
      leaveBall();
    } };
}
