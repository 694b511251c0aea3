// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

// Looks at the console's page in Chromium as a person does, in both themes: the feed, filters, a certificate, a digit that
// is drawn and certified, the ball around it, health, models. No console error, no request that leaves the host, and
// nothing that axe-core finds.
// Usage: node page.mjs ADDRESS CHROMIUM [PICTURES]
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [address, executablePath, pictures] = process.argv.slice(2);
const axe = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "node_modules/axe-core/axe.min.js"), "utf8");
const problems = [];
const PATIENCE = 120_000;

function require(holds, message) {
  if (!holds) problems.push(message);
}

async function inspect(page, name) {
  // A second copy would be refused, and the page's own policy refuses a script element.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, nodes } of violations) {
    problems.push(`${name}: axe-core finds ${id} at ${nodes.map(({ target }) => target.join(" ")).slice(0, 3).join(", ")}`);
  }
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

async function visit(browser, theme) {
  const page = await browser.newPage({ colorScheme: theme, viewport: { width: 1180, height: 860 } });
  page.setDefaultTimeout(PATIENCE);
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${theme}: the browser's console says: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`${theme}: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    const isOwn = url.startsWith(`${address}/`) || url.startsWith("data:") || url.startsWith("blob:");
    require(isOwn, `${theme}: a request leaves the host: ${url}`);
  });

  await page.goto(`${address}/`);
  await page.waitForFunction(() => document.querySelectorAll(".tile").length >= 10);
  await page.waitForFunction(() => [...document.querySelectorAll(".tile .certified")].length > 0);
  await page.waitForFunction(() => [...document.querySelectorAll(".tile img")].some((image) => image.complete && image.naturalWidth > 0));
  require(await page.getByText("Certified is not right").first().isVisible(), `${theme}: the lesson is not on the page`);
  await inspect(page, `stream-${theme}`);

  const tiles = () => page.locator(".tile").count();
  await page.getByRole("checkbox", { name: "certified" }).uncheck();
  await page.waitForFunction(() => document.querySelectorAll(".tile .certified").length === 0);
  require((await page.locator(".tile .rejected").count()) > 0, `${theme}: the rejected image is not among the tiles`);
  await page.locator(".tile:has(.rejected)").first().click();
  await page.getByText("What to do").waitFor();
  require((await page.locator("body").innerText()).includes("SECRET") === false, `${theme}: a key is shown`);
  await page.keyboard.press("Escape");
  await page.getByRole("checkbox", { name: "certified" }).check();
  const label = await page.locator(".tile .label").first().innerText();
  const before = await tiles();
  await page.getByLabel("Label").selectOption(label);
  await page.waitForFunction((wanted) => [...document.querySelectorAll(".tile .label")].every((found) => found.textContent === wanted), label);
  require((await tiles()) <= before && (await tiles()) > 0, `${theme}: the filter by label shows ${await tiles()} of ${before}`);

  await page.locator(".tile").first().focus();
  await page.keyboard.press("Enter");
  await page.getByText("What it promises").waitFor();
  await page.locator("dialog .votes li").first().waitFor();
  require(await page.getByText("deploy/catrs replay").isVisible(), `${theme}: no command replays the certificate`);
  await inspect(page, `certificate-${theme}`);
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "Try", exact: true }).click();
  const pad = await page.locator("canvas.pad").boundingBox();
  const points = [[0.5, 0.15], [0.5, 0.5], [0.5, 0.85]].map(([x, y]) => [pad.x + x * pad.width, pad.y + y * pad.height]);
  await page.mouse.move(...points[0]);
  await page.mouse.down();
  for (const point of points) await page.mouse.move(...point, { steps: 5 });
  await page.mouse.up();
  await page.getByLabel("Most samples, n").fill("2");
  await page.getByRole("button", { name: "Certify" }).click();
  await page.waitForFunction(() => /^“.*” within [0-9.]+$/.test(document.querySelector(".verdict").textContent));
  require(/1/.test(await page.locator(".verdict").first().innerText()), `${theme}: a stroke downwards is no “1”`);
  await page.getByText(/^Even if all votes agree/).waitFor();
  if (theme === "light") {
    await page.getByRole("button", { name: "See the ball" }).click();
    await page.getByText(/^The label holds/).waitFor();
  }
  await inspect(page, `try-${theme}`);
  await page.getByRole("button", { name: "Pure noise" }).click();
  await page.waitForFunction(() => /^(“|Abstained)/.test(document.querySelector(".verdict").textContent));

  await page.getByRole("link", { name: "Health", exact: true }).click();
  await page.getByText("Every image leaves once").waitFor();
  await inspect(page, `health-${theme}`);
  await page.getByRole("link", { name: "Models", exact: true }).click();
  await page.getByRole("heading", { name: /^mnist-0.50/ }).waitFor();
  await inspect(page, `models-${theme}`);

  await page.setViewportSize({ width: 360, height: 740 });
  for (const view of ["Stream", "Try", "Health", "Models"]) {
    await page.getByRole("link", { name: view, exact: true }).click();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    require(wide <= 0, `${theme}: on a telephone ${view} is ${wide} pixels too wide`);
  }
  await page.getByRole("link", { name: "Stream", exact: true }).click();
  await page.locator(".tile").first().waitFor();
  await inspect(page, `telephone-${theme}`);
  await page.close();
}

if (pictures && !existsSync(pictures)) mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  for (const theme of ["light", "dark"]) await visit(browser, theme);
} catch (error) {
  problems.push(error.message);
} finally {
  await browser.close();
}
problems.forEach((problem) => console.error(problem));
console.log(`${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
