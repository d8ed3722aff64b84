/**
 * Journey: reading what the Monitor found, on a phone of 360 px and on a wide screen, without an account. The publication is of an invented wave, laid where the server hands publications out: figures and words in place
 * of what is not shown, the table behind a chart opened by keyboard, a file that is really handed out, another group chosen. With `PICTURES=<folder>` the pages are kept as pictures.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createServer } from "#apps/server/create-server.ts";
import type { Publication } from "#services/monitor/contract/publication.ts";
import { distributionsOf, figureNamed } from "#services/monitor/publication/index.ts";
import { desktop, openBrowser, phone, visit } from "./browser.ts";
import { layResults } from "./invented-results.ts";
import { lookFor } from "./look.ts";
import { heading } from "./walk-report.ts";

let data: string;
let server: FastifyInstance;
let url: string;
let browser: Browser;
let publication: Publication;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "rugdekking-results-"));
  [publication, browser] = await Promise.all([layResults(data), openBrowser()]);
  // The frame alone: these pages need nobody to be signed in, and no database.
  const webRoot = fileURLToPath(new URL("../../dist/web", import.meta.url));
  server = await createServer({ origin: "http://127.0.0.1", plugins: [], webRoot, publications: join(data, "publications") });
  url = await server.listen({ host: "127.0.0.1", port: 0 });
}, 180_000);
afterAll(async () => {
  await browser.close();
  await server.close();
  await rm(data, { recursive: true, force: true });
});

const clean = lookFor("r");

test.each([
  { name: "phone", size: phone },
  { name: "desktop", size: desktop },
])(
  "the results on a $name: figures, what is not shown, the table behind a chart, a file, another group",
  async ({ name, size }) => {
    const visitor = await visit(browser, url, size, { path: "/monitor/uitkomsten" });
    const { page } = visitor;
    await heading(page, "Monitor Integriteit en Veiligheid 2026");
    await page.getByText("De antwoorden in dit stuk zijn verzonnen.", { exact: false }).first().waitFor();
    await clean(page, `results-${name}`);

    // The figure that stands out is the figure of the file.
    const any = figureNamed(publication, `${publication.id}/any_aggression/alle`).shown;
    expect(await page.locator(".results-key .results-number").first().textContent()).toBe(String(any?.percent));

    // The chart is a picture with words, and the table behind it opens with the keyboard and says the same.
    const channel = distributionsOf(publication).find(({ id }) => id === "last_channel");
    const figure = page.locator("figure.results-figure").filter({ hasText: `${channel?.title.nl ?? ""}, Alle ambtsdragers` });
    const drawing = figure.locator("svg").filter({ visible: true });
    expect(await drawing.count()).toBe(1);
    const spoken = await drawing.locator("desc").textContent();
    const summary = figure.locator("summary");
    await summary.focus();
    await page.keyboard.press("Enter");
    const table = figure.getByRole("table");
    await table.waitFor();
    for (const { category, group, shown } of channel?.figures ?? []) {
      if (Object.keys(group).length > 0 || shown === null) continue;
      const title = channel?.categories.find(({ id }) => id === category)?.title.nl ?? "";
      const cells = await table
        .getByRole("row")
        .filter({ has: page.getByRole("rowheader", { name: title, exact: true }) })
        .getByRole("cell")
        .allTextContents();
      expect(cells).toEqual([String(shown.percent), `${shown.low}–${shown.high}`, new Intl.NumberFormat("nl-NL").format(shown.n)]);
      expect(spoken).toContain(`${title}: ${shown.percent} (tussen ${shown.low} en ${shown.high})`);
    }
    await clean(page, `open-${name}`);

    // A group of which something is not shown says so, in words and never as a number.
    await page.getByRole("combobox", { name: "Over wie wilt u lezen?" }).selectOption({ label: "Zeeland" });
    await heading(page, "Factsheet: Zeeland");
    expect(new URL(page.url()).pathname).toBe("/monitor/uitkomsten/province-zeeland");
    expect(await page.getByText("niet getoond").count()).toBeGreaterThan(0);
    await page.getByText("Niet getoond: te weinig antwoorden", { exact: false }).first().waitFor();
    await clean(page, `group-${name}`);

    // The link hands out the file that was laid there.
    const link = page.getByRole("link", { name: "Alle cijfers als data (JSON)" });
    const answer = await page.request.get(new URL((await link.getAttribute("href")) ?? "", url).href);
    expect(await answer.text()).toBe(await readFile(join(data, "publications", publication.id, "publication.json"), "utf8"));
    const book = await page.request.get(new URL((await page.getByRole("link", { name: "Codeboek (CSV)" }).getAttribute("href")) ?? "", url).href);
    expect(await book.text()).toContain("distribution,last_channel");
    expect(visitor.complaints).toEqual([]);
  },
  120_000,
);
