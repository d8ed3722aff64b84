/** The integrations file: a right one is read, every wrong one is refused in a line that says where and how to mend it, and holds no secret. And: where messages may never go. */
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Type from "typebox";
import { Check } from "typebox/value";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IntegrationsFile } from "#services/integrations/contract/index.ts";
import { questionSet } from "#services/parliament/workflow/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { help } from "#services/support/workflow/index.ts";
import type { Problem } from "#services/problem/index.ts";
import { addressTrouble, call } from "./outbound.ts";
import { isRsin, readIntegrations, type Destination } from "./settings.ts";
import { showDeliveries } from "./show.ts";

const workflows = { report, scan, signal, help, "question-set": questionSet };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rugdekking-integrations-"));
  await writeFile(join(folder, "zaken-secret"), "verzonnen-geheim-van-de-test\n", { mode: 0o600 });
  await writeFile(join(folder, "hook-secret"), `whsec_${Buffer.alloc(32, 9).toString("base64")}\n`, { mode: 0o600 });
  await writeFile(join(folder, "short"), "kort\n", { mode: 0o600 });
  await writeFile(join(folder, "open-secret"), "verzonnen-geheim-van-de-test\n");
  await chmod(join(folder, "open-secret"), 0o644);
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

const zaken = {
  name: "zaaksysteem",
  organisation: "gm0000",
  api: "https://zaken.example.nl/zaken/api/v1/",
  clientId: "rugdekking",
  secretFile: "zaken-secret",
  zaaktype: "https://catalogi.example.nl/zaaktypen/1",
  bronorganisatie: "123456782",
  verantwoordelijkeOrganisatie: "111222333",
  statuses: { open: "https://catalogi.example.nl/statustypen/1", ended: "https://catalogi.example.nl/statustypen/2" },
  result: "https://catalogi.example.nl/resultaattypen/1",
};
const webhook = { name: "meldkamer", organisation: "gm0000", url: "https://hook.example.nl/nieuws", secretFile: "hook-secret" };

async function read(file: unknown, production = true): Promise<Destination[]> {
  const path = join(folder, "integrations.json");
  await writeFile(path, typeof file === "string" ? file : JSON.stringify(file));
  return await readIntegrations(path, { production, workflows, organisations: new Set(["gm0000"]) });
}

describe("a right file", () => {
  it("is completed with what is safest: signals only, zeer_geheim, nothing said", async () => {
    const [one, other] = await read({ zaken: [zaken], webhooks: [webhook] });
    expect(one).toMatchObject({ type: "zaken", kinds: ["signal"], vertrouwelijkheidaanduiding: "zeer_geheim", api: "https://zaken.example.nl/zaken/api/v1" });
    expect(other).toMatchObject({ type: "webhook", kinds: ["signal"], says: "nothing" });
  });

  it("is shown request by request, with no secret, no token and no signature in it", async () => {
    const shown = showDeliveries(await read({ zaken: [zaken], webhooks: [webhook] }), workflows, new Date("2026-11-26T10:00:00Z"));
    expect(shown.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      "POST /zaken/api/v1/zaken",
      "POST /zaken/api/v1/statussen",
      "POST /zaken/api/v1/resultaten",
      "POST /zaken/api/v1/statussen",
      "POST /nieuws",
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/geheim-van-de-test|whsec_|Bearer|v1,/);
  });
});

describe("the example in docs/integrations.md", () => {
  it("is a right file", () => {
    const example = /```json\n([\s\S]*?)```/.exec(readFileSync("docs/integrations.md", "utf8"))?.[1] ?? "";
    expect(Check(IntegrationsFile, JSON.parse(example))).toBe(true);
  });
});

describe("a wrong file is refused", () => {
  it.each<[string, unknown, RegExp]>([
    ["not JSON", "{", /is not JSON/],
    ["a field that does not exist", { zaken: [{ ...zaken, toelichting: "Demo" }] }, /zaken\/0/],
    ["a confidentiality outside the list", { zaken: [{ ...zaken, vertrouwelijkheidaanduiding: "geheimst" }] }, /vertrouwelijkheidaanduiding/],
    ["an RSIN that fails the 11-test", { zaken: [{ ...zaken, bronorganisatie: "123456789" }] }, /bronorganisatie is not an RSIN/],
    ["http in production", { zaken: [{ ...zaken, api: "http://127.0.0.1:8000/api" }] }, /api is not an https address/],
    ["a password in an address", { webhooks: [{ ...webhook, url: "https://a:wachtwoord@hook.example.nl/" }] }, /url holds a name or password/],
    ["a cloud's metadata address", { webhooks: [{ ...webhook, url: "https://169.254.169.254/latest" }] }, /link-local/],
    ["an unknown organisation", { webhooks: [{ ...webhook, organisation: "gm9999" }] }, /gm9999 is not in the register/],
    ["statuses without a result", { zaken: [{ ...zaken, result: undefined }] }, /statuses and no result/],
    ["a phase that does not exist", { zaken: [{ ...zaken, phases: { signal: { afgewogen: "https://a.example.nl" } } }] }, /no phase afgewogen/],
    ["one name twice", { zaken: [zaken], webhooks: [{ ...webhook, name: "zaaksysteem" }] }, /two destinations/],
    ["a missing secret", { zaken: [{ ...zaken, secretFile: "weg" }] }, /secretFile.*cannot be read/],
    ["a short secret", { zaken: [{ ...zaken, secretFile: "short" }] }, /16 characters/],
    ["a secret everyone may read", { zaken: [{ ...zaken, secretFile: "open-secret" }] }, /everyone on this machine/],
    ["a secret that is none", { webhooks: [{ ...webhook, secretFile: "zaken-secret" }] }, /not a webhook secret/],
  ])("%s", async (_what, file, message) => {
    const problem = await read(file).then(
      () => null,
      (error: Problem) => error,
    );
    expect(problem?.code).toBe("input-malformed");
    expect(problem?.message).toMatch(message);
    expect(problem?.mend).not.toBe("");
    expect(`${problem?.message}${problem?.mend}`).not.toMatch(/wachtwoord|geheim-van-de-test/);
  });
});

describe("where messages may go", () => {
  it.each(["https://10.0.0.8/zaken", "https://zaken.gemeente.example.nl/", "https://[fd12::8]/"])(
    "%s may be called: a zaaksysteem stands inside",
    (address) => {
      expect(addressTrouble(address, true)).toBeNull();
    },
  );
  it.each([
    "https://169.254.169.254/",
    "https://[fe80::1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://0.0.0.0/",
    "https://[::]/",
    "https://224.0.0.1/",
    "http://10.0.0.8/",
    "ftp://hook.example.nl/",
    "https://hook.example.nl/#a",
    "hook.example.nl",
  ])("%s may not", (address) => {
    expect(addressTrouble(address, false)).not.toBeNull();
  });
  it("plain http goes to this machine only, and not in production", () => {
    for (const address of ["http://127.0.0.1:1/", "http://[::1]:1/", "http://localhost:1/"])
      expect([addressTrouble(address, false), addressTrouble(address, true)]).toEqual([null, expect.stringContaining("https")]);
  });
  it("an answer that never ends or is too long is given up", async () => {
    const server = createServer((request, response) => {
      if (request.url === "/long") response.end("x".repeat(300 * 1024));
      else response.write("x");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (!Check(Type.Object({ port: Type.Integer() }), address)) throw new Error("no port");
    const ask = async (path: string): Promise<unknown> =>
      await call({ method: "GET", url: `http://127.0.0.1:${address.port}${path}`, headers: {} }, 500).catch((error: unknown) => error);
    expect(await ask("/long")).toMatchObject({ code: "answer-unreadable" });
    expect(await ask("/slow")).toMatchObject({ code: "timed-out" });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe("the 11-test", () => {
  it.each(["123456782", "111222333"])("%s passes", (rsin) => expect(isRsin(rsin)).toBe(true));
  it.each(["123456789", "12345678", "12345678a", "000000001"])("%s does not", (rsin) => expect(isRsin(rsin)).toBe(false));
});
