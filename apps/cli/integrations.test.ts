/** What an operator sees of the systems outside: every request before one is made, and by `doctor` what waits and what was given up. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readOrganisations } from "#registers/organisations/index.ts";
import { statusFile, type DeliveryStatus } from "#services/integrations/contract/index.ts";
import { main } from "./rugdekking.ts";

const folder = mkdtempSync(join(tmpdir(), "rugdekking-integrations-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...line: string[]): Promise<{ exit: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const exit = await main(line, { out: (text) => (out += text), err: (text) => (err += text), bar: false });
  return { exit, out, err };
}

async function written(organisation: string): Promise<string> {
  const file = join(folder, "integrations.json");
  writeFileSync(join(folder, "hook-secret"), `whsec_${Buffer.alloc(32, 9).toString("base64")}\n`, { mode: 0o600 });
  writeFileSync(file, JSON.stringify({ webhooks: [{ name: "dashboard", organisation, url: "https://hook.example.nl/nieuws", secretFile: "hook-secret" }] }));
  return file;
}

describe("integrations check", () => {
  test("shows what would be sent, and no secret", async () => {
    const [{ id } = { id: "" }] = await readOrganisations();
    const { exit, out } = await run("integrations", "check", await written(id), "--json");
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      destinations: [{ name: "dashboard", organisation: id, kinds: ["signal"] }],
      requests: [{ method: "POST", url: "https://hook.example.nl/nieuws", body: { specversion: "1.0", type: "nl.rugdekking.dossier.changed.v1" } }],
    });
    expect(out).not.toMatch(/whsec_|v1,/);
  });

  test("refuses a wrong file in one line, exit 1", async () => {
    const { exit, err } = await run("integrations", "check", await written("gm9999"));
    expect(exit).toBe(1);
    expect(err).toMatch(/^rugdekking: .*webhooks\/0\/organisation: gm9999 is not in the register.*\n$/);
  });
});

describe("doctor", () => {
  const say = (status: DeliveryStatus): void => writeFileSync(join(folder, statusFile), JSON.stringify(status));
  const destination = { name: "dashboard", configured: true, waiting: 2, dead: 0, oldest: new Date().toISOString(), problem: "refused (503)" };
  const found = async (): Promise<{ what: string; ok: boolean; detail: string }[]> =>
    JSON.parse((await run("doctor", "--data", folder, "--json")).out).findings.filter(({ what }: { what: string }) => what.startsWith("deliveries"));

  test("tells what waits and why", async () => {
    say({ at: new Date().toISOString(), destinations: [destination] });
    expect(await found()).toMatchObject([{ what: "deliveries to dashboard", ok: true, detail: expect.stringContaining("2 waiting, 0 given up") }]);
  });

  test("is not content with what was given up, with a name that is gone, with a job that stands still", async () => {
    const at = new Date(Date.now() - 3_600_000).toISOString();
    say({
      at,
      destinations: [
        { ...destination, dead: 3 },
        { ...destination, name: "oud", configured: false },
      ],
    });
    expect((await found()).map(({ what, ok }) => [what, ok])).toEqual([
      ["deliveries", false],
      ["deliveries to dashboard", false],
      ["deliveries to oud", false],
    ]);
  });
});
