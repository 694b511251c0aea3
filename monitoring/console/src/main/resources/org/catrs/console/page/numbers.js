// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

/** A radius or a bound with so many places. It is rounded down: what is shown is never more than what was certified. */
export function down(value, places = 3) {
  const unit = 10 ** places;
  let whole = Math.floor(value * unit);
  if (whole / unit > value) whole -= 1;
  return (whole / unit).toFixed(places);
}

/** A time of so many seconds. */
export function seconds(value) {
  if (value < 0.001) return "< 1 ms";
  if (value < 1) return `${Math.round(value * 1000)} ms`;
  return value < 90 ? `${value.toFixed(1)} s` : `${Math.round(value / 60)} min`;
}

export function whole(value) {
  return value.toLocaleString("en");
}

/** "one in 1,000" of 0.001. */
export function odds(alpha) {
  return `one in ${whole(Math.round(1 / alpha))}`;
}

export function clock(millis) {
  return new Date(millis).toLocaleTimeString();
}
