// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

/** Asks the service for JSON. */
export async function ask(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null));
  const answer = await fetch(query.size ? `${path}?${query}` : path);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

/** Sends bytes, and calls back with each server-sent event of the answer. */
export async function send(path, parameters, body, signal, onEvent) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null));
  const answer = await fetch(`${path}?${query}`, { method: "POST", body, signal });
  if (!answer.ok) throw new Error(await answer.text());
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      const found = /^event: (.*)\ndata: (.*)$/.exec(event);
      if (found) onEvent(found[1], JSON.parse(found[2]));
    }
  }
}

/** The path of the image that an answer is about. */
export function pictureOf(tile) {
  return `/api/picture?id=${encodeURIComponent(tile.id)}`;
}
