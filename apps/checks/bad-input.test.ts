/**
 * Bad input on the main road, one test per kind, over real HTTP against a whole house and through the command line: each is refused with a code, says what is wrong,
 * where and how to mend it, and leaves the database exactly as it was. `kill -9` during a thousand submissions is crash.test.ts.
 */
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { generateReceiptCode, generateSeed, signKeyPair, signStatement } from "@rugdekking/seal";
import { generateNoteKey } from "@rugdekking/ledger";
import { main } from "#apps/cli/rugdekking.ts";
import { rotateDesk, signInAsGuest } from "#services/directory/client/index.ts";
import { checkReceipt } from "#services/dossier/client/index.ts";
import { statementTypes, type Receipt, type Submission } from "#services/dossier/contract/index.ts";
import { problems, type ProblemCode } from "#services/problem/index.ts";
import { fileReport, openReport, sendMessage, shareItems } from "#services/reporting/client/index.ts";
import { reportDraft } from "./road.ts";
import { openStage, testMunicipality, type TestStage } from "./stage.ts";

const words = (field: string): string => `demonstratie ${field}`;
/** Minutes the server's clock is ahead. */
let ahead = 0;
/** When set, the next entry a client sends ends here instead of at the server. */
let caught: Submission | null = null;
let catching = false;

let stage: TestStage;
let dossier = "";
let receipt: Receipt;

beforeAll(async () => {
  stage = await openStage({
    extras: { clock: () => new Date(Date.now() + ahead * 60_000) },
    fetch: async (input, init) => {
      if (!catching || init.method !== "POST" || !input.endsWith("/entries")) return await fetch(input, init);
      caught = JSON.parse(typeof init.body === "string" ? init.body : "null") as Submission;
      return Response.json({ code: "own-work", detail: "caught by the test", mend: "none" }, { status: 403 });
    },
  });
}, 120_000);
afterAll(async () => await stage.close());
beforeEach(async () => {
  const filed = await fileReport(stage.company.holder.connection, {
    as: { session: stage.company.holder },
    trust: stage.company.holder.trust,
    desk: stage.company.desks.safety,
    report: reportDraft(words),
    attachments: [],
  });
  ({ dossier, receipt } = filed);
});
afterEach(() => {
  ahead = 0;
  catching = false;
});

/** Everything durable but sessions and challenges, as one text per table. */
async function everything(): Promise<unknown> {
  const { rows: tables } = await sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'
    AND table_name NOT IN ('person_session', 'sign_in_challenge') AND table_type = 'BASE TABLE' ORDER BY 1`.execute(stage.house.db);
  const states: Record<string, unknown> = {};
  for (const { name } of tables) {
    const { rows } =
      await sql`SELECT count(*) AS rows, md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS content FROM ${sql.table(name)} t`.execute(
        stage.house.db,
      );
    states[name] = rows[0];
  }
  expect(Object.keys(states).length).toBeGreaterThan(15);
  return states;
}

/** The entry a client would have sent. */
async function entryOf(write: () => Promise<unknown>): Promise<Submission> {
  catching = true;
  await expect(write()).rejects.toMatchObject({ code: "own-work" });
  catching = false;
  if (caught === null) throw new Error("no entry was sent");
  return caught;
}
const message = async (): Promise<Submission> =>
  await entryOf(async () => await sendMessage(await openReport(stage.company.holder, dossier), words("message")));

async function send(body: string, media = "application/json"): Promise<{ status: number; type: string | null; body: Record<string, unknown> }> {
  const answer = await fetch(`${stage.house.url}/api/v1/dossiers/${dossier}/entries`, {
    method: "POST",
    body,
    headers: { "x-rugdekking": "1", "content-type": media, cookie: `__Host-session=${stage.company.holder.connection.cookie}` },
  });
  return { status: answer.status, type: answer.headers.get("content-type"), body: (await answer.json()) as Record<string, unknown> };
}

/** Refused with this code, in a problem document that says where; and nothing anywhere is different from before. */
async function refused(sent: unknown, code: ProblemCode, where: RegExp): Promise<void> {
  const before = await everything();
  const answer = await send(typeof sent === "string" ? sent : JSON.stringify(sent));
  expect(answer.body).toEqual({
    type: `https://rugdekking.nl/problems/${code}`,
    title: problems[code].title,
    status: problems[code].status,
    code,
    detail: expect.stringMatching(where),
    mend: expect.stringMatching(/^[A-Z].{10,}/),
  });
  expect([answer.status, answer.type]).toEqual([problems[code].status, "application/problem+json; charset=utf-8"]);
  expect(await everything()).toEqual(before);
  const seen = await openReport(stage.company.safety, dossier);
  expect(seen.entries.map(({ header }) => header.kind)).toEqual(["report"]);
}

describe("over HTTP", () => {
  test("wrong type", async () => {
    const good = await message();
    await refused({ ...good, body: 7 }, "input-malformed", /^body\/body /);
    await refused({ ...good, grants: {} }, "input-malformed", /^body\/grants /);
    await refused({ ...good, surplus: true }, "input-malformed", /^body /);
    const wrongHeader = await signStatement(statementTypes.entry, { dossier, seq: "2" }, stage.company.holder.person.sign);
    await refused({ ...good, entry: wrongHeader }, "input-malformed", /^\/entry: /);
    const before = await everything();
    expect((await send(JSON.stringify(good), "text/plain")).body).toMatchObject({ code: "media-type-unknown" });
    expect(await everything()).toEqual(before);
  });

  test("oversized", async () => {
    const good = await message();
    await refused({ ...good, body: "A".repeat(355_000) }, "input-too-large", /^\/body is \d+ bytes, at most 262144$/);
    await refused({ ...good, cover: "A".repeat(11_900) }, "input-too-large", /^\/cover is \d+ bytes/);
    await refused({ ...good, body: "A".repeat(5_000_000) }, "input-too-large", /body is larger/);
  });

  test("truncated", async () => {
    const good = await message();
    const text = JSON.stringify(good);
    await refused(text.slice(0, -20), "input-malformed", /cannot be read/);
    await refused({ ...good, body: good.body.slice(0, -40) }, "digest-mismatch", /^\/body is not the item/);
    await refused({ ...good, entry: { ...good.entry, payload: good.entry.payload.slice(0, -8) } }, "signature-invalid", /^\/entry: /);
  });

  test("replayed: the same envelope gives the same receipt and no second entry; in another dossier nothing", async () => {
    const good = await message();
    const [first, state] = [await send(JSON.stringify(good)), await everything()];
    const again = await send(JSON.stringify(good));
    expect([first.status, again.status, again.body["seq"], again.body["entry"]]).toEqual([201, 201, 2, first.body["entry"]]);
    expect(await everything()).toEqual(state);
    const elsewhere = await fileReport(stage.company.holder.connection, {
      as: { session: stage.company.holder },
      trust: stage.company.holder.trust,
      desk: stage.company.desks.safety,
      report: reportDraft(words),
      attachments: [],
    });
    ({ dossier } = elsewhere);
    await refused(good, "statement-mismatch", /^\/entry: the statement is about another dossier/);
  });

  test("reordered", async () => {
    const early = await message();
    const late = await message();
    expect((await send(JSON.stringify(late))).status).toBe(201);
    const before = await everything();
    const answer = await send(JSON.stringify(early));
    expect([answer.status, answer.body]).toEqual([
      409,
      expect.objectContaining({
        code: "chain-broken",
        detail: expect.stringMatching(/^\/entry follows entry 1, the last one is 2$/),
        mend: expect.stringContaining("sign again"),
      }),
    ]);
    expect(await everything()).toEqual(before);
  });

  test("forged signature", async () => {
    const good = await message();
    const [signature] = good.entry.signatures;
    const forge = (sig: string, keyid = signature?.keyid ?? ""): Submission => ({ ...good, entry: { ...good.entry, signatures: [{ keyid, sig }] } });
    await refused(forge(Buffer.alloc(64, 1).toString("base64url")), "signature-invalid", /^\/entry: /);
    await refused(forge(""), "signature-invalid", /^\/entry: /);
    const stranger = await signKeyPair(generateSeed());
    const bent = JSON.parse(Buffer.from(good.entry.payload, "base64url").toString()) as object;
    await refused({ ...good, entry: await signStatement(statementTypes.entry, bent, stranger) }, "signature-invalid", /^\/entry: /);
  });

  test("stale epoch", async () => {
    const { holder, planner, desks } = stage.company;
    const sharing = await entryOf(async () => {
      const own = await openReport(holder, dossier);
      const [first] = own.entries;
      await shareItems(own, {
        desk: desks.expert,
        items: [first?.header.body.item ?? ""],
        purpose: words("purpose"),
        until: new Date(Date.now() + 86_400_000).toISOString(),
      });
    });
    const { epoch } = await rotateDesk(planner, desks.expert, {});
    await refused(sharing, "epoch-stale", new RegExp(`^/grants/0: the desk is at epoch ${epoch}, the keys are sealed to ${epoch - 1}$`));
  });

  test("expired consent", async () => {
    const { holder, desks } = stage.company;
    const sharing = await entryOf(async () => {
      const own = await openReport(holder, dossier);
      const [first] = own.entries;
      await shareItems(own, {
        desk: desks.expert,
        items: [first?.header.body.item ?? ""],
        purpose: words("purpose"),
        until: new Date(Date.now() + 600_000).toISOString(),
      });
    });
    ahead = 11;
    await refused(sharing, "consent-expired", /^\/consents\/0 ended/);
  });

  test("wrong receipt", async () => {
    const anchor = await stage.company.holder.trust.anchor();
    expect(await checkReceipt(receipt, anchor)).toMatchObject({ entry: receipt.entry });
    const other = await generateNoteKey(anchor.log.split("+")[0] ?? "");
    for (const [wrong, log] of [
      [{ ...receipt, entry: "A".repeat(43) }, anchor.log],
      [{ ...receipt, proof: receipt.proof.replace(/^index (\d+)$/m, (_, index: string) => `index ${Number(index) + 1}`) }, anchor.log],
      [{ ...receipt, proof: receipt.proof.slice(0, -60) }, anchor.log],
      [receipt, other.verifierKey],
    ] as const)
      await expect(checkReceipt(wrong, { log })).rejects.toMatchObject({
        code: "signature-invalid",
        message: expect.stringContaining("entry 1"),
        mend: expect.stringMatching(/./),
      });
    const before = await everything();
    const { connection, trust } = stage.connect();
    await expect(signInAsGuest(connection, { trust, device: "test", receiptCode: generateReceiptCode() })).rejects.toMatchObject({
      code: "receipt-unknown",
      mend: expect.stringContaining("Check the code"),
    });
    expect(await everything()).toEqual(before);
  });
});

describe("through the command line", () => {
  const folder = mkdtempSync(join(tmpdir(), "rugdekking-bad-"));
  const at = (name: string): string => join(folder, name);
  afterAll(() => rmSync(folder, { recursive: true }));

  async function cli(...line: string[]): Promise<{ exit: number; out: string; err: string }> {
    let [out, err] = ["", ""];
    const where = ["--server", stage.house.url, "--home", at("home")];
    const exit = await main([...line, ...where], { out: (text) => (out += text), err: (text) => (err += text), bar: false });
    return { exit, out, err };
  }
  /** One line that says what, where and how to mend it, exit 1; and nothing anywhere is different from before. */
  async function wrong(where: RegExp, ...line: string[]): Promise<void> {
    const before = await everything();
    const { exit, out, err } = await cli(...line);
    expect([exit, out]).toEqual([1, ""]);
    expect(err).toMatch(/^rugdekking: [^\n]{10,}; [^\n]{5,}\n$/);
    expect(err).toMatch(where);
    expect(await everything()).toEqual(before);
  }
  const filed = async (name: string): Promise<string> => {
    const code = at(`${name}.txt`);
    const { exit, out, err } = await cli(
      "report",
      "--guest",
      "--organisation",
      testMunicipality.id,
      "--words",
      words("melding"),
      "--receipt-code-file",
      code,
      "--receipt-out",
      at(`${name}.json`),
      "--json",
    );
    expect([exit, err]).toEqual([0, ""]);
    return (JSON.parse(out) as { dossier: string }).dossier;
  };

  test("wrong type", async () => {
    await wrong(
      /--form does not know "rood"/,
      "report",
      "--guest",
      "--organisation",
      testMunicipality.id,
      "--words",
      "x",
      "--form",
      "rood",
      "--receipt-code-file",
      at("nooit.txt"),
    );
    writeFileSync(at("geen-bon.json"), '{"dossier":7}');
    await wrong(/geen-bon\.json is not a receipt/, "ledger", "check", at("geen-bon.json"), "--pin", at("pin.json"));
  });

  test("oversized", async () => {
    const id = await filed("groot");
    writeFileSync(at("groot.words"), "a".repeat(300_000));
    await wrong(/is not the content|bytes|longer|characters/, "message", id, "--words-file", at("groot.words"), "--receipt-file", at("groot.txt"));
  });

  test("truncated", async () => {
    const id = await filed("kort");
    expect((await cli("export", id, "--out", at("kort.zip"), "--receipt-file", at("kort.txt"))).exit).toBe(0);
    truncateSync(at("kort.zip"), readFileSync(at("kort.zip")).length - 100);
    const before = await everything();
    const broken = await cli("verify", at("kort.zip"));
    expect([broken.exit, broken.err]).toEqual([1, expect.stringMatching(/^rugdekking: [^\n]*kort\.zip[^\n]*; [^\n]+\n$/)]);
    expect(await everything()).toEqual(before);
    writeFileSync(at("kort-bon.json"), readFileSync(at("kort.json"), "utf8").slice(0, -30));
    await wrong(/kort-bon\.json is neither a receipt/, "ledger", "check", at("kort-bon.json"));
  });

  test("replayed: nothing is written over what is there", async () => {
    const id = await filed("twee");
    await wrong(/twee\.txt exists already/, "report", "--guest", "--organisation", testMunicipality.id, "--words", "x", "--receipt-code-file", at("twee.txt"));
    expect((await cli("export", id, "--out", at("twee"), "--receipt-file", at("twee.txt"))).exit).toBe(0);
    await wrong(/exists already/, "export", id, "--out", at("twee"), "--receipt-file", at("twee.txt"));
  });

  test("forged: a changed statement in an exported bundle is named", async () => {
    const id = await filed("vals");
    expect((await cli("export", id, "--out", at("vals"), "--receipt-file", at("vals.txt"))).exit).toBe(0);
    expect((await cli("verify", at("vals"))).exit).toBe(0);
    const names = (JSON.parse(readFileSync(join(at("vals"), "bundle.json"), "utf8")) as { files: { name: string }[] }).files.map(({ name }) => name);
    const statement = names.find((name) => name.startsWith("statements/"));
    if (statement === undefined) throw new Error(names.join(" "));
    const path = join(at("vals"), statement);
    writeFileSync(
      path,
      readFileSync(path, "utf8").replace(/"sig":\s*"(.)/, (all, first: string) => all.slice(0, -1) + (first === "A" ? "B" : "A")),
    );
    const before = await everything();
    const { exit, err } = await cli("verify", at("vals"));
    expect([exit, err]).toEqual([1, expect.stringContaining(statement)]);
    expect(await everything()).toEqual(before);
  });

  test("wrong receipt", async () => {
    const id = await filed("bon");
    await wrong(
      /group|groep|check|typ/i,
      "dossier",
      "show",
      id,
      "--receipt-file",
      wrongCode("tikfout.txt", (code) => code.replace(/[A-Z0-9]/, (first) => (first === "A" ? "B" : "A"))),
    );
    await wrong(
      /receipt-unknown/,
      "dossier",
      "show",
      id,
      "--receipt-file",
      wrongCode("onbekend.txt", () => generateReceiptCode()),
    );
    await wrong(/not-found/, "dossier", "show", dossier, "--receipt-file", at("bon.txt"));
    const { verifierKey } = await generateNoteKey("elders.example.nl/log");
    writeFileSync(at("elders.json"), JSON.stringify({ log: verifierKey, registrar: "A".repeat(43) }));
    await wrong(/bon\.json: /, "ledger", "check", at("bon.json"), "--pin", at("elders.json"));
    expect((await cli("ledger", "check", at("bon.json"))).exit).toBe(0);
  });

  /** A receipt code file that is changed from a good one. */
  function wrongCode(name: string, change: (code: string) => string): string {
    writeFileSync(at(name), change(readFileSync(at("bon.txt"), "utf8")));
    return at(name);
  }
});
