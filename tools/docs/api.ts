/** Writes the API description that the running server serves to docs/api/openapi.json (`npm run docs`); its test says when the committed file is out of date. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Served, startServed } from "#tools/docs/served.ts";

/** Where the description is committed, from the root of the tree. */
export const apiPage = "docs/api/openapi.json";

/** The served description as committed: indented, and with the address of this one server left out, so that every machine writes the same bytes. */
export async function renderApi({ origin }: Served): Promise<string> {
  const answer = await fetch(`${origin}/api/openapi.json`);
  if (!answer.ok) throw new Error(`/api/openapi.json answers ${answer.status}`);
  return `${JSON.stringify(await answer.json(), null, 2).replaceAll(origin, "")}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const served = await startServed();
  try {
    mkdirSync(dirname(apiPage), { recursive: true });
    writeFileSync(apiPage, await renderApi(served));
  } finally {
    await served.close();
  }
}
