/**
 * Evidence from the moment it is chosen to the check of its bundle: a real house, a real time-stamp authority (`openssl ts` behind HTTP) and everything it and the server were sent, searched for what
 * they may not learn.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sql } from "kysely";
import { hasOpenssl, makeAuthority, serveAuthority, type Behaviour, type ServedAuthority, type TestAuthority } from "@rugdekking/timestamp/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sourceOf } from "#apps/cli/commands/bundle.ts";
import { buildBundle, memoryBundle, verifyBundle } from "#services/dossier/bundle/index.ts";
import {
  append,
  captureFile,
  captureTool,
  readEvidence,
  stampEvidence,
  uploadAll,
  type AttachmentSource,
  type DossierHandle,
} from "#services/dossier/client/index.ts";
import { addEvidence, fileReport, openReport, shareItems, takeUp } from "#services/reporting/client/index.ts";
import { findIn, findInText, mark } from "./canary-search.ts";
import { reportDraft } from "./road.ts";
import { openStage, type TestStage } from "./stage.ts";

if (!hasOpenssl) console.warn("openssl is not on this machine: time stamps are not checked against a real authority here");

const folder = mkdtempSync(join(tmpdir(), "rugdekking-evidence-"));
const words = (field: string): string => `${mark} ${field}`;
const bytesOf = (text: string): Buffer => Buffer.from(`${mark} ${text}`);
const evidence = (name: string, bytes: Buffer): AttachmentSource => ({
  name: `${mark} ${name}`,
  mediaType: "image/png",
  bytes: new Blob([new Uint8Array(bytes)]),
  capturedAt: null,
  note: words("note"),
});

test("the tool in a capture record is this program in this version", () => {
  const manifest: { readonly version: string } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(captureTool).toBe(`rugdekking ${manifest.version}`);
});

describe.skipIf(!hasOpenssl)("evidence with a time-stamp authority", () => {
  let authority: TestAuthority;
  let served: ServedAuthority;
  let stage: TestStage;
  const sent: string[] = [];
  const files = [bytesOf("een dreigend bericht"), bytesOf("nog een bericht")];

  beforeAll(async () => {
    authority = makeAuthority({ intermediate: true });
    served = await serveAuthority(authority);
    const roots = join(folder, "wortel.pem");
    writeFileSync(roots, authority.rootPem);
    stage = await openStage({
      settings: { timestampAuthority: served.url, timestampRoots: roots },
      extras: { timestampTimeout: 700 },
      fetch: (input, init) => {
        if (typeof init.body === "string") sent.push(init.body);
        return fetch(input, init);
      },
    });
  }, 120_000);
  afterAll(async () => {
    await stage.close();
    await served.close();
    authority.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = async (sources: readonly AttachmentSource[]): Promise<DossierHandle> => {
    const { holder, desks } = stage.company;
    const { dossier } = await fileReport(holder.connection, {
      as: { session: holder },
      trust: holder.trust,
      desk: desks.safety,
      report: reportDraft(words),
      attachments: sources,
    });
    return await openReport(holder, dossier);
  };

  test("each file has a record with its hash, and a stamp that its desk can check too", async () => {
    served.behave("honest");
    const own = await file(files.map((bytes, place) => evidence(`scherm ${place}.png`, bytes)));
    const mails = stage.mails.length;
    expect(await stampEvidence(own, "own")).toMatchObject({ on: true, kept: 2, waiting: 0, problem: null });
    expect(await stampEvidence(own, "own")).toMatchObject({ kept: 0, waiting: 0 });
    const desk = await openReport(stage.company.safety, own.id);
    const found = await readEvidence(desk);
    expect(found.map(({ record }) => record.sha256)).toEqual(files.map((bytes) => createHash("sha256").update(bytes).digest("hex")));
    for (const { record, stamp } of found) {
      expect(record).toMatchObject({ how: "file", clock: "device", from: { url: null, account: null, platform: null } });
      expect(stamp).toMatchObject({ authority: "Demo Tijd, Demo Tijd stempel", accuracy: 1, entry: 2 });
    }
    expect(new Set(found.map(({ record }) => record.salt)).size).toBe(2);
    // The report itself was told by mail; a stamp that follows it is not news.
    await stage.house.mailRound();
    expect(stage.mails.length - mails).toBeLessThanOrEqual(1);
  });

  test("a time stamp that is none takes neither the evidence nor the export with it, and the check of the bundle names it", async () => {
    served.behave("honest");
    const own = await file([evidence("heel.png", bytesOf("blijft staan"))]);
    const [{ note } = expect.fail("there is no evidence")] = await readEvidence(own);
    const nonsense = { item: note.item, record: "A".repeat(43), nonce: "A".repeat(11), at: "2026-01-01T00:00:00.000Z", authority: "Niemand" };
    await append(own, { kind: "timestamp", body: { version: 1, stamps: [{ ...nonsense, response: "A" }] } });
    await append(own, { kind: "timestamp", body: { version: 1, text: "geen tijdstempel" } });
    expect(await readEvidence(own)).toMatchObject([{ stamp: null, refused: true }]);
    expect(await stampEvidence(own, "own")).toMatchObject({ kept: 1, waiting: 0, problem: null });
    expect(await readEvidence(own)).toMatchObject([{ stamp: { authority: "Demo Tijd, Demo Tijd stempel" }, refused: false }]);
    const bundle = memoryBundle();
    await buildBundle(await sourceOf(own), bundle);
    expect([...bundle.files.keys()].filter((name) => name.endsWith(".tsr"))).toHaveLength(1);
    const { first } = await verifyBundle(async () => bundle, { pin: stage.house.anchor });
    expect(first).toMatchObject({ check: "timestamps", what: "it holds a time stamp that cannot be read" });
    expect(first?.file).toMatch(/^statements\//);
  });

  test("a body speaks for its own files alone, once for each and truly; nonsense in one takes nothing of the others", async () => {
    served.behave("honest");
    const own = await file([evidence("eerst.png", bytesOf("van de melder"))]);
    const [first = expect.fail("there is no evidence")] = await readEvidence(own);
    const key = own.keys.channels.get("main") ?? expect.fail("there is no key");
    const more = ["eigen.png", "dubbel.png", "anders.png"].map((name) => evidence(name, bytesOf(name)));
    const sources = await Promise.all(
      more.map(async (one) => ({
        ...one,
        capture: await captureFile(one.bytes instanceof Blob ? one.bytes : expect.fail("no blob"), { name: one.name, how: "file" }),
      })),
    );
    const { references, notes } = await uploadAll(own.session.connection, { dossier: own.id, channel: "main" }, sources, key);
    const [mine, double, other] = notes;
    const foreign = { ...first.note, name: "verzonnen.png", capture: { ...first.record, name: "verzonnen.png" } };
    await append(own, {
      kind: "evidence",
      body: { version: 1, note: "", attachments: [mine, double, double, { ...other, capture: first.record }, foreign] },
      attachments: references,
    });
    const [stray = expect.fail("no reference")] = (await uploadAll(own.session.connection, { dossier: own.id, channel: "main" }, more.slice(0, 1), key))
      .references;
    await append(own, { kind: "evidence", body: { version: 1, note: "geen lijst van bestanden" }, attachments: [stray] });
    expect((await readEvidence(own)).map(({ entry, record }) => [entry.seq, record.name])).toEqual([
      [1, `${mark} eerst.png`],
      [2, `${mark} eigen.png`],
    ]);
  });

  test("a file that changed after it was chosen is refused", async () => {
    const capture = await captureFile(new Blob(["zoals het was"]), { name: "bericht.txt", how: "file" });
    const source = { ...evidence("bericht.txt", Buffer.from("zoals het werd")), capture };
    await expect(file([source])).rejects.toMatchObject({ code: "digest-mismatch" });
  });

  test.each<[Behaviour, string]>([
    ["silent", "unavailable"],
    ["broken", "unavailable"],
    ["moved", "unavailable"],
    ["garbage", "unavailable"],
    ["endless", "unavailable"],
    ["refusing", "signature-invalid"],
    ["replay", "signature-invalid"],
  ])("an authority that is %s: the report is there, the stamp waits (%s) and is had later", async (behaviour, code) => {
    served.behave(behaviour);
    const own = await file([evidence("later.png", bytesOf(`later ${behaviour}`))]);
    const outcome = await stampEvidence(own, "own");
    expect(outcome).toMatchObject({ on: true, kept: 0, waiting: 1, problem: { code } });
    expect((await readEvidence(own)).map(({ stamp }) => stamp)).toEqual([null]);
    served.behave("honest");
    expect(await stampEvidence(own, "own")).toMatchObject({ kept: 1, waiting: 0, problem: null });
    expect((await readEvidence(own))[0]?.stamp?.authority).toBe("Demo Tijd, Demo Tijd stempel");
  });

  test("nobody asks without a session, and nothing but 32 and 8 bytes", async () => {
    const ask = (body: unknown): Promise<Response> =>
      fetch(`${stage.house.url}/api/v1/timestamps`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Rugdekking": "1", Origin: stage.house.url },
        body: JSON.stringify(body),
      });
    expect((await ask({ digest: "A".repeat(43), nonce: "A".repeat(11) })).status).toBe(401);
    expect((await ask({ digest: "A".repeat(44), nonce: "A".repeat(11) })).status).toBe(400);
    expect((await ask({ digest: "A".repeat(43), nonce: "A".repeat(11), url: "http://elders.example.nl" })).status).toBe(400);
  });

  test("neither the authority nor the server learns content, names or the plain hash of a file", async () => {
    expect(served.asked.length).toBeGreaterThan(8);
    for (const body of served.asked) {
      expect(body.length).toBeLessThan(80);
      expect(findIn("authority", body)).toEqual([]);
    }
    const rows: string[] = [];
    const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(stage.house.db);
    for (const { name } of tables.rows)
      rows.push(...(await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(stage.house.db)).rows.map(({ row }) => row));
    expect(rows.length).toBeGreaterThan(100);
    expect(sent.length).toBeGreaterThan(20);
    const seen = [...rows, ...sent];
    expect(seen.flatMap((text) => findInText("server", text))).toEqual([]);
    const everything = seen.join("\n");
    for (const bytes of files) {
      const hash = createHash("sha256").update(bytes).digest();
      for (const form of [
        hash.toString("hex"),
        hash.toString("base64"),
        hash.toString("base64url"),
        Buffer.from(hash.toString("hex")).toString("base64url").slice(0, 60),
      ])
        expect(everything).not.toContain(form);
      expect(served.asked.some((body) => body.includes(hash))).toBe(false);
    }
  });

  describe("taken away", () => {
    let own: DossierHandle;
    let bundle: Map<string, Uint8Array>;
    const take = async (handle: DossierHandle): Promise<Map<string, Uint8Array>> => {
      const container = memoryBundle();
      await buildBundle(await sourceOf(handle), container);
      return container.files;
    };
    beforeAll(async () => {
      served.behave("honest");
      own = await file(files.map((bytes, place) => evidence(`scherm ${place}.png`, bytes)));
      await stampEvidence(own, "own");
      const desk = await openReport(stage.company.safety, own.id);
      await takeUp(desk, words("takeUp"));
      await own.refresh();
      await addEvidence(own, words("meer"), { attachments: [evidence("zonder stempel.png", bytesOf("zonder"))] });
      bundle = await take(own);
    });

    test("it verifies against the pinned keys and roots, every check made", async () => {
      const verdict = await verifyBundle(async () => memoryBundle(bundle), { pin: stage.house.anchor });
      expect(verdict.first).toBeNull();
      expect(verdict.checks.map(({ outcome }) => outcome)).toEqual(Array(15).fill("passed"));
      expect(verdict.evidence.map(({ entry, stamp }) => [entry, stamp?.authority ?? null])).toEqual([
        [1, "Demo Tijd, Demo Tijd stempel"],
        [1, "Demo Tijd, Demo Tijd stempel"],
        [4, null],
      ]);
      expect(verdict.evidence[0]?.sha256).toBe(
        createHash("sha256")
          .update(files[0] ?? "")
          .digest("hex"),
      );
    });

    test("without roots from elsewhere it says so; with another authority's root the stamp is the first complaint", async () => {
      const { timestampRoots: _roots, ...pin } = stage.house.anchor;
      const check = (timestampRoots: string[] | null) => verifyBundle(async () => memoryBundle(bundle), { pin, timestampRoots });
      const believed = await check(null);
      expect(believed.ok).toBe(true);
      expect(believed.checks.find(({ id }) => id === "timestamps")?.outcome).toBe("not-checked");
      const other = makeAuthority({ name: "Ander" });
      const { first } = await check([Buffer.from(other.root).toString("base64url")]);
      other.remove();
      expect(first).toMatchObject({ check: "timestamps", found: "certificate-untrusted" });
      expect(first?.file).toMatch(/^timestamps\/0001-.*\.tsr$/);
      expect(first?.mend).toContain("--timestamp-roots");
    });

    test("openssl checks record and stamp by hand, as the page says, and sha256sum the original", () => {
      const at = join(folder, "bundel");
      for (const [name, bytes] of bundle) {
        mkdirSync(dirname(join(at, name)), { recursive: true });
        writeFileSync(join(at, name), bytes);
      }
      execFileSync("sha256sum", ["-c", "--strict", "SHA256SUMS"], { cwd: at });
      const page = Buffer.from(bundle.get("BEWIJS.html") ?? "").toString();
      const lines = [...page.matchAll(/<code>(openssl ts -verify [^<]*)<\/code>/g)].map(([, line = ""]) => line.replaceAll("&#39;", "'"));
      expect(lines).toHaveLength(2);
      for (const line of lines)
        expect(execFileSync("sh", ["-c", line], { cwd: at, stdio: ["ignore", "pipe", "pipe"] }).toString()).toContain("Verification: OK");
      const [capture = ""] = [...bundle.keys()].filter((name) => name.startsWith("captures/"));
      const record: { readonly sha256: string } = JSON.parse(Buffer.from(bundle.get(capture) ?? "").toString());
      const original = capture.replace("captures/", "originals/").replace(/\.json$/, "");
      expect(
        createHash("sha256")
          .update(bundle.get(original) ?? "")
          .digest("hex"),
      ).toBe(record.sha256);
      expect(page).toContain(record.sha256);
    });

    test("rugdekking verify says it in one line: file, what, how to mend it, exit 1", () => {
      const at = join(folder, "bundel");
      writeFileSync(join(folder, "pin.json"), JSON.stringify(stage.house.anchor));
      const run = (pin = ["--pin", join(folder, "pin.json")]): { readonly status: number | null; readonly out: string; readonly err: string } => {
        const done = spawnSync(process.execPath, ["apps/cli/rugdekking.ts", "verify", at, ...pin], { encoding: "utf8" });
        return { status: done.status, out: done.stdout, err: done.stderr };
      };
      const good = run();
      expect([good.status, good.err]).toEqual([0, ""]);
      expect(good.out).toContain("time stamp ");
      expect(good.out).not.toContain("judged only by roots");
      expect(run([]).out).toMatch(/time stamp .* \(judged only by roots that the bundle itself brought\)/u);
      const [stamp = ""] = [...bundle.keys()].filter((name) => name.endsWith(".tsr"));
      writeFileSync(
        join(at, stamp),
        Buffer.from(bundle.get(stamp) ?? "").map((byte, place) => (place === 100 ? byte ^ 1 : byte)),
      );
      const bad = run();
      expect(bad.status).toBe(1);
      expect(bad.err).toMatch(/^rugdekking: .*timestamps\/0001-.*\.tsr: the file was changed: .*; do not rely on this bundle.*\n$/);
      writeFileSync(join(at, stamp), bundle.get(stamp) ?? "");
    }, 60_000);

    test("the page lists who wrote and who received a key, from the signed statements", () => {
      const page = Buffer.from(bundle.get("BEWIJS.html") ?? "").toString();
      const lines = [...page.matchAll(/<li>[^<]*\(UTC\): ([^<]*)<\/li>/g)].map(([, line]) => line);
      expect(lines).toEqual([
        "de melder schreef de melding, met 2 bestanden: bericht 1.",
        // These two are signed within the same few milliseconds of the opening.
        ...[
          "de melder bewaarde de sleutel van het hele dossier voor zichzelf.",
          "de melder gaf de sleutel van het hele dossier aan het veiligheidspunt (Demo safety-desk).",
        ].toSorted((a, b) => lines.indexOf(a) - lines.indexOf(b)),
        "de melder schreef tijdstempels: bericht 2.",
        "het veiligheidspunt (Demo safety-desk) schreef een bericht: bericht 3.",
        "de melder schreef meer bewijs, met 1 bestand: bericht 4.",
        "de melder maakte deze bundel.",
      ]);
    });

    test("the desk's bundle and that of who was consulted on one entry verify as well", async () => {
      const shared = own.entries[0];
      if (shared === undefined) throw new Error("no entry");
      await shareItems(own, {
        desk: stage.company.desks.expert,
        items: [shared.header.body.item, ...shared.header.attachments.map(({ item }) => item)],
        purpose: words("raad"),
        until: new Date(Date.now() + 86_400_000).toISOString(),
      });
      for (const session of [stage.company.safety, stage.company.planner]) {
        const taken = await take(await openReport(session, own.id));
        const verdict = await verifyBundle(async () => memoryBundle(taken), { pin: stage.house.anchor });
        expect(verdict.first).toBeNull();
        expect(verdict.evidence.length).toBeGreaterThan(1);
      }
    });
  });
});
