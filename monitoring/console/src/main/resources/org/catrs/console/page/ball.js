// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
import { send } from "./ask.js";
import { make, votes } from "./elements.js";
import { down, whole } from "./numbers.js";

function figure(source, text) {
  return make("li", {}, make("figure", {}, make("img", { src: source, alt: "" }), make("figcaption", {}, text)));
}

const png = (base64) => `data:image/png;base64,${base64}`;

function show(element, { picture, label, radius, model }, ball) {
  const name = (index) => model.classNames[index] ?? String(index);
  const share = (100 * ball.votes[label]) / ball.n;
  const top = ball.votes.indexOf(Math.max(...ball.votes));
  const holds = top === label;
  element.replaceChildren(
    make("h4", {}, `The image, and what the network is asked: noisy copies at sigma ${model.sigma}`),
    make(
      "ul",
      { class: "pictures" },
      figure(picture, "the image"),
      ball.copies.map((copy) => figure(png(copy.png), copy.label === null ? "no vote" : `votes “${name(copy.label)}”`)),
    ),
    make("h4", {}, "The worst at the certified distance that a short search found"),
    make(
      "ul",
      { class: "pictures" },
      figure(png(ball.worst), `the image at a distance of ${down(ball.size)}`),
      figure(png(ball.added), "what was added, around gray"),
    ),
    make(
      "p",
      { class: `verdict ${holds ? "certified" : "abstained"}` },
      holds ? `The label holds: “${name(label)}”` : `The search found “${name(top)}”, which the certificate excludes: look into it`,
    ),
    make(
      "p",
      {},
      `${share.toFixed(1)}% of ${whole(ball.n)} noisy copies of that image still vote “${name(label)}”. The certificate says that no image below ${down(radius)}, found or not, has fewer than half.`,
    ),
    votes(ball.votes, model.classNames, ball.n, label),
  );
}

/**
 * The part of a screen that looks into the ball around a certified image.
 *
 * @param image gives PNG, JPEG or raw tensor when it is asked
 */
export function ballOf({ image, label, radius, model }) {
  const found = make("div", { role: "status" });
  const button = make("button", { type: "button", onclick: look }, "See the ball");
  let running = null;

  async function look() {
    running = new AbortController();
    button.disabled = true;
    found.replaceChildren(make("p", { class: "soft" }, "Looking for the worst that may be added. It takes some seconds."));
    try {
      const bytes = await image();
      const picture = URL.createObjectURL(bytes);
      await send("/api/ball", { model: model.name, label, radius }, bytes, running.signal, (kind, event) => {
        if (kind === "failed") found.replaceChildren(make("p", { class: "problem" }, event.message));
        else show(found, { picture, label, radius, model }, event);
      });
    } catch (error) {
      if (error.name !== "AbortError") found.replaceChildren(make("p", { class: "problem" }, error.message));
    }
    button.disabled = false;
  }

  return {
    element: make(
      "div",
      {},
      make("h3", {}, "The ball around the image"),
      make("p", { class: "soft" }, "All images closer than the radius are in the ball, and none has another label. A search tries to come as near as it can to showing the contrary."),
      button,
      found,
    ),
    leave: () => running?.abort(),
  };
}
