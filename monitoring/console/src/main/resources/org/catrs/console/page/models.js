// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
import { facts, make } from "./elements.js";

const STATES = { LOADING: "is being made ready", SERVED: "is served", REFUSED: "was refused", RETIRED: "was taken back" };

export function modelsView(told) {
  const served = make("div", { class: "columns" });
  const told_ = make("div");

  function drawServed() {
    const models = told.now?.figures?.models ?? [];
    const releases = new Map(told.events.filter(({ kind }) => kind === "ModelRelease").map(({ event }) => [`${event.name} ${event.version}`, event]));
    served.replaceChildren(
      ...models.map((model) => {
        const release = releases.get(`${model.name} ${model.version}`);
        return make(
          "div",
          { class: "card" },
          make("h3", {}, `${model.name} ${model.version}`),
          facts([
            ["Network (SHA-256)", make("code", {}, model.sha256)],
            ["Release", release ? (release.signature ? "signed; the service checked it" : "not signed") : "none: it is the model of the configuration"],
            release && ["sigma", String(release.sigma)],
            release && ["Classes", String(release.classNames.length)],
            release?.issued && ["Issued", new Date(release.issued).toLocaleString()],
          ].filter(Boolean)),
        );
      }),
    );
    if (models.length === 0) served.replaceChildren(make("p", { class: "soft" }, "No model certifies at this instance now."));
  }

  function drawTold() {
    const statuses = told.events.filter(({ kind }) => kind === "ModelStatus").sort((one, other) => other.time - one.time);
    told_.replaceChildren(
      statuses.length === 0
        ? make("p", { class: "soft" }, "No release was told of. A model of the configuration is served until the service ends.")
        : make(
            "ul",
            { class: "events" },
            statuses.slice(0, 40).map(({ event, time }) =>
              make(
                "li",
                {},
                make("strong", {}, `${event.name} ${event.version ?? ""} ${STATES[event.state]}`),
                ` at ${event.instance}`,
                event.state === "REFUSED" ? make("p", { class: "problem" }, make("code", {}, event.reason), ` ${event.message}`) : null,
                make("p", { class: "soft small" }, new Date(time).toLocaleString(), event.servedVersion && event.servedVersion !== event.version ? `; version ${event.servedVersion} still certifies there` : ""),
              ),
            ),
          ),
    );
  }

  drawServed();
  drawTold();
  return {
    element: make(
      "section",
      { "aria-labelledby": "models-title" },
      make("h2", { id: "models-title" }, "Models"),
      make("p", { class: "soft" }, "What certifies at this instance, and what the instances made of releases."),
      served,
      make("div", { class: "card" }, make("h3", {}, "Releases and swaps, all instances"), told_),
    ),
    update: (what) => {
      if (what === "now") drawServed();
      if (what === "told") {
        drawServed();
        drawTold();
      }
    },
  };
}
