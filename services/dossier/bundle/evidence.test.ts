/** Evidence in a bundle against a real time-stamp authority: every piece that was changed, exchanged or left out is named first, by its file, also by a forger who mends the list and lies under seal. */
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { hasOpenssl, makeAuthority, signAnew, type AuthorityOptions, type TestAuthority } from "@rugdekking/timestamp/testing";
import { timestampNonce, timestampRequest } from "@rugdekking/timestamp/request";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalRecord, type CaptureRecord, type KeptStamp } from "#services/dossier/contract/capture.ts";
import { buildBundle } from "./build.ts";
import type { FirstComplaint } from "./complaint.ts";
import { memoryBundle } from "./container.ts";
import { evidencePage, PAGE_VERSION } from "./evidence-page.ts";
import { type BundleIndex, EVIDENCE_PAGE, FIRST_VERSION, INDEX, ROOTS, SUMS } from "./format.ts";
import { decode, encode, flipped, makeSource, makeWorld, relisted, type Step, type World } from "./testing.ts";
import { verifyBundle, type VerifyOptions } from "./verify.ts";

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

const recordOf = (name: string, bytes: Uint8Array, change: Partial<CaptureRecord> = {}): CaptureRecord => ({
  format: "rugdekking-capture/1",
  name,
  size: bytes.length,
  sha256: sha256(bytes).toString("hex"),
  capturedAt: "2026-03-12T09:10:11.000Z",
  clock: "device",
  modifiedAt: null,
  how: "share",
  from: { url: "https://demo.example.nl/bericht/1", account: "demo-account", platform: "Demo" },
  tool: "rugdekking test",
  salt: base64url(crypto.getRandomValues(new Uint8Array(32))),
  ...change,
});

describe("the page about evidence", () => {
  const facts = {
    dossier: "0199b1c4-1111-7222-8333-444455556666",
    madeAt: "2026-03-12T10:00:00.000Z",
    demonstration: true,
    whole: false,
    evidence: [
      {
        original: "originals/0001-x.png",
        capture: "captures/0001-x.png.json",
        record: recordOf('<script>alert("x")</script>\u202Egnp.exe', encode("x"), { salt: "A".repeat(43), how: "camera" }),
        entry: 1,
        stamps: [{ file: "timestamps/0001-x.png.tsr", at: "2026-03-12T09:11:00.000Z", authority: "Demo & Tijd" }],
      },
    ],
    custody: [{ at: "2026-03-12T09:12:00.000Z", what: "de melder schreef de melding" }],
  };

  test("shows what others named without letting it act or turn text around", () => {
    const page = evidencePage(facts);
    expect(page).not.toContain("<script");
    expect(page).not.toContain("\u202E");
    expect(page).toContain("&lt;script&gt;");
    expect(page).toContain("Demo &amp; Tijd");
    expect(page).toContain("[U+202E]gnp.exe");
  });

  test("shows every mark that would not be seen, so that two names that look alike are told apart", () => {
    for (const mark of [
      "\u0007",
      "\u00AD",
      "\u061C",
      "\u115F",
      "\u200B",
      "\u200D",
      "\u2028",
      "\u2060",
      "\u2066",
      "\u2800",
      "\u3164",
      "\uFE0F",
      "\uFEFF",
      "\u{E0041}",
      "\uD83D",
    ]) {
      const code = (mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      const names = facts.evidence.map((one) => ({
        ...one,
        record: { ...one.record, name: `bericht${mark}.png`, from: { ...one.record.from, account: `jan${mark}` } },
      }));
      const custody = [{ at: "2026-03-12T09:12:00.000Z", what: `het veiligheidspunt (Demo${mark})` }];
      const page = evidencePage({ ...facts, evidence: names, custody });
      for (const shown of [`bericht[U+${code}].png`, `jan[U+${code}]`, `(Demo[U+${code}])`]) expect(page, code).toContain(shown);
    }
    const plain = facts.evidence.map((one) => ({ ...one, record: { ...one.record, name: "é\u00EB \u{1F600} \u0395.png" } }));
    expect(evidencePage({ ...facts, evidence: plain })).toContain("<h3>é\u00EB \u{1F600} \u0395.png</h3>");
  });

  test("says that the list of who had it may be incomplete", () => {
    expect(evidencePage(facts)).toContain("<p>Deze lijst kan onvolledig zijn.");
  });

  test("prints commands in which a shell takes every name letter by letter", () => {
    const names = ["captures/0001-$(touch x).json", "captures/0001-`touch x`.json", "captures/0001-a' ; touch x '.json"];
    for (const capture of names) {
      const page = evidencePage({ ...facts, evidence: facts.evidence.map((one) => ({ ...one, capture })) });
      const command = /<code>openssl ts -verify -data (.*) -in /u.exec(page)?.[1]?.replaceAll("&#39;", "'") ?? "";
      expect(execFileSync("sh", ["-c", `printf %s ${command}`]).toString()).toBe(capture);
    }
  });

  test("says of a capture of the extension that the page may not have been like that, and only there", () => {
    const words = "Dat een pagina echt zo was toen de browser-extensie haar vastlegde.";
    const captured = facts.evidence.map((one) => ({ ...one, record: { ...one.record, how: "extension" as const } }));
    expect(evidencePage({ ...facts, evidence: captured })).toContain(words);
    expect(evidencePage(facts)).not.toContain(words);
  });

  test("has the wording of its number: whoever changes a letter raises PAGE_VERSION and this hash", () => {
    expect([PAGE_VERSION, sha256(encode(evidencePage(facts))).toString("hex")]).toEqual([
      2,
      "d691f28a89d8e5591ee4d06b7ab4bd687ab78f0c68d604e289ff73c3c07dc878",
    ]);
  });
});

if (!hasOpenssl) console.warn("openssl is not on this machine: time stamps in bundles are not checked against a real authority here");

describe.skipIf(!hasOpenssl)("evidence in a bundle", () => {
  const made: TestAuthority[] = [];
  const authorityOf = (options: AuthorityOptions = {}): TestAuthority => {
    const one = makeAuthority(options);
    made.push(one);
    return one;
  };
  let authority: TestAuthority;
  let world: World;
  let whole: Map<string, Uint8Array>;
  const [first, second, third] = [encode("eerste bericht"), encode("tweede bericht"), encode("derde bericht")];
  const records = [recordOf("eerste.png", first), recordOf("tweede.png", second)] as const;

  /** A stamp over a record, as the client keeps it. */
  const stampOf = (item: string, record: CaptureRecord, by = authority): KeptStamp => {
    const [content, nonce] = [encode(canonicalRecord(record)), timestampNonce()];
    return {
      item,
      record: base64url(sha256(content)),
      nonce: base64url(nonce),
      response: base64url(by.reply(timestampRequest(sha256(content), nonce))),
      at: "2026-01-01T00:00:00.000Z",
      authority: "Demo Tijd, Demo Tijd stempel",
    };
  };
  /** With the time openssl put in the answer. */
  const timed = async (stamp: KeptStamp, record: CaptureRecord, root = authority.root): Promise<KeptStamp> => {
    const { verifyTimestamp } = await import("@rugdekking/timestamp");
    const { at } = await verifyTimestamp({
      response: Buffer.from(stamp.response, "base64url"),
      content: encode(canonicalRecord(record)),
      nonce: Buffer.from(stamp.nonce, "base64url"),
      roots: [root],
    });
    return { ...stamp, at };
  };

  const road = (captures: readonly CaptureRecord[] = records): readonly Step[] => [
    {
      kind: "report",
      action: null,
      by: world.owner,
      role: "reporter",
      desk: null,
      body: { text: "Demonstratie: melding" },
      files: [
        { name: "eerste.png", bytes: first, ...(captures[0] === undefined ? {} : { capture: captures[0] }) },
        { name: "tweede.png", bytes: second, ...(captures[1] === undefined ? {} : { capture: captures[1] }) },
      ],
    },
  ];
  const stamped = (
    change: (good: readonly KeptStamp[]) => Promise<readonly KeptStamp[]> | readonly KeptStamp[] = (good) => good,
  ): Promise<Map<string, Uint8Array>> => bundleOf(road(), change);
  async function bundleOf(
    steps: readonly Step[],
    change: (good: readonly KeptStamp[]) => Promise<readonly KeptStamp[]> | readonly KeptStamp[],
  ): Promise<Map<string, Uint8Array>> {
    const last: Step = {
      kind: "timestamp",
      action: null,
      by: world.owner,
      role: "reporter",
      desk: null,
      body: async (notes) => {
        const good = await Promise.all(notes.map(async ({ item, capture }) => (capture === undefined ? null : await timed(stampOf(item, capture), capture))));
        return { stamps: await change(good.filter((one) => one !== null)) };
      },
    };
    const source = await makeSource(world, [...steps, last]);
    const bundle = memoryBundle();
    await buildBundle(source, bundle);
    return bundle.files;
  }
  const check = async (files: ReadonlyMap<string, Uint8Array>): Promise<FirstComplaint | null> =>
    (await verifyBundle(async () => memoryBundle(new Map(files)), { pin: world.trust })).first;
  const pageOf = (files: ReadonlyMap<string, Uint8Array>): string => decode(files.get(EVIDENCE_PAGE) ?? new Uint8Array(0));
  /** The statement of an entry. */
  const statementOf = (files: ReadonlyMap<string, Uint8Array>, seq: number): string =>
    [...files].find(([name, bytes]) => {
      if (!name.startsWith("statements/")) return false;
      const { what, envelope }: { readonly what: string; readonly envelope: { readonly payload: string } } = JSON.parse(decode(bytes));
      const payload: { readonly seq?: number } = JSON.parse(Buffer.from(envelope.payload, "base64url").toString());
      return what === "entry" && payload.seq === seq;
    })?.[0] ?? "none";
  const nameIn = (folder: string, part = ""): string => [...whole.keys()].find((name) => name.startsWith(folder) && name.includes(part)) ?? "none";

  beforeAll(async () => {
    authority = authorityOf();
    world = await makeWorld({ timestampRoots: [base64url(authority.root)] });
    whole = await stamped();
  }, 60_000);
  afterAll(() => made.forEach((one) => one.remove()));

  test("a good one verifies, and says so", async () => {
    const verdict = await verifyBundle(async () => memoryBundle(new Map(whole)), { pin: world.trust });
    expect(verdict.first).toBeNull();
    expect(verdict.checks.map(({ outcome }) => outcome)).toEqual(Array(15).fill("passed"));
    expect(verdict.evidence.map(({ name, stamp }) => [name, stamp?.authority, stamp?.judgedBy])).toEqual([
      ["eerste.png", "Demo Tijd, Demo Tijd stempel", "pin"],
      ["tweede.png", "Demo Tijd, Demo Tijd stempel", "pin"],
    ]);
    expect([...whole.keys()].filter((name) => /^(captures|timestamps)\//.test(name)).toSorted()).toEqual([
      "captures/0001-eerste.png.json",
      "captures/0001-tweede.png.json",
      "timestamps/0001-eerste.png.tsr",
      "timestamps/0001-tweede.png.tsr",
      ROOTS,
    ]);
  });

  test("stamps judged only by roots that the bundle itself brought are said to be so", async () => {
    const { timestampRoots, ...pin } = world.trust;
    const judged = async (options: VerifyOptions) => {
      const { checks, evidence } = await verifyBundle(async () => memoryBundle(new Map(whole)), options);
      return [checks.find(({ id }) => id === "timestamps")?.outcome, ...new Set(evidence.map(({ stamp }) => stamp?.judgedBy))];
    };
    expect(await judged({ pin: null })).toEqual(["not-checked", "bundle"]);
    expect(await judged({ pin })).toEqual(["not-checked", "bundle"]);
    expect(await judged({ pin, timestampRoots: timestampRoots ?? [] })).toEqual(["passed", "given"]);
    expect(pageOf(whole)).toContain("Dat de dienst achter een tijdstempel echt is.");
  });

  test("one flipped bit in any file is named by that file", async () => {
    for (const [name, bytes] of whole) {
      if (name === INDEX) continue;
      for (const at of [0, bytes.length >> 1, bytes.length - 1])
        expect(await check(new Map(whole).set(name, flipped(bytes, at))), name).toMatchObject({ check: "files", file: name });
    }
  });

  test("a forger who also mends the list is caught by what was sealed and signed", async () => {
    const cases: readonly (readonly [name: string, check: string])[] = [
      [nameIn("originals/", "eerste"), "originals"],
      [nameIn("captures/", "eerste"), "captures"],
      [nameIn("timestamps/", "tweede"), "timestamps"],
      [ROOTS, "timestamps"],
      [EVIDENCE_PAGE, "page"],
      [SUMS, "page"],
      [nameIn("receipts/"), "receipts"],
      ["items/", "sealed"],
    ];
    for (const [name, expected] of cases) {
      const file = name === "items/" ? nameIn("items/") : name;
      const complaint = await check(
        relisted(new Map(whole).set(file, flipped(whole.get(file) ?? new Uint8Array(0), Math.max(0, (whole.get(file)?.length ?? 0) - 20)))),
      );
      expect(complaint, file).toMatchObject({ check: expected, file });
      expect(complaint?.mend, file).not.toBe("");
    }
  });

  test("exchanged, left out and added records and stamps", async () => {
    const [a, b] = [nameIn("timestamps/", "eerste"), nameIn("timestamps/", "tweede")];
    const exchanged = new Map(whole).set(a, whole.get(b) ?? new Uint8Array(0)).set(b, whole.get(a) ?? new Uint8Array(0));
    expect(await check(relisted(exchanged))).toMatchObject({ check: "timestamps", file: a, what: expect.stringContaining("not the one that was sealed") });
    for (const [folder, id] of [
      ["captures/", "captures"],
      ["timestamps/", "timestamps"],
    ] as const) {
      const without = new Map(whole);
      without.delete(nameIn(folder, "eerste"));
      expect(await check(relisted(without)), folder).toMatchObject({
        check: id,
        file: expect.stringContaining("eerste.png"),
        what: expect.stringContaining("missing"),
      });
    }
    for (const name of [ROOTS, EVIDENCE_PAGE, SUMS]) {
      const without = new Map(whole);
      without.delete(name);
      expect(await check(relisted(without)), name).toMatchObject({ file: name, what: expect.stringContaining("missing") });
    }
    const more = new Map(whole).set("captures/0009-stiekem.json", encode("{}"));
    const index: BundleIndex = JSON.parse(decode(more.get(INDEX) ?? new Uint8Array(0)));
    more.set(
      INDEX,
      encode(
        JSON.stringify({
          ...index,
          files: [...index.files, { name: "captures/0009-stiekem.json", size: 0, sha256: "A".repeat(43), item: index.dossier, seq: 1 }],
        }),
      ),
    );
    expect(await check(relisted(more))).toMatchObject({ check: "captures", file: "captures/0009-stiekem.json" });
  });

  test("a name that is more than a name is refused in every folder, also when everything else was mended for it", async () => {
    for (const folder of ["originals/", "captures/", "timestamps/"])
      for (const name of ["0001-$(touch x).png", "0001-`touch x`.png", "0001-a;b.png", "0001-a'b.png", ".0001-a.png"]) {
        const file = nameIn(folder, "eerste");
        const index: BundleIndex = JSON.parse(decode(whole.get(INDEX) ?? new Uint8Array(0)));
        const files = index.files.map((one) => (one.name === file ? { ...one, name: `${folder}${name}` } : one));
        const page = pageOf(whole).replaceAll(file, `${folder}${name}`);
        const renamed = new Map([...whole].map(([one, bytes]) => [one === file ? `${folder}${name}` : one, bytes]))
          .set(EVIDENCE_PAGE, encode(page))
          .set(SUMS, encode(decode(whole.get(SUMS) ?? new Uint8Array(0)).replaceAll(file, `${folder}${name}`)))
          .set(INDEX, encode(JSON.stringify({ ...index, files })));
        expect(await check(relisted(renamed)), name).toMatchObject({ check: "files", file: `${folder}${name}`, what: expect.stringContaining("name") });
      }
  });

  test("records that are not about their file, sealed as they are", async () => {
    for (const [change, what] of [
      [{ sha256: sha256(second).toString("hex") }, "not the one that was captured"],
      [{ size: 3 }, "another length"],
    ] as const)
      expect(await check(await bundleOf(road([recordOf("eerste.png", first, change)]), (good) => good))).toMatchObject({
        check: "captures",
        file: "captures/0001-eerste.png.json",
        what: expect.stringContaining(what),
      });
  });

  test("a body speaks for the attachments of its own entry alone, and once for each", async () => {
    const later = (notes: NonNullable<Step["notes"]>): Step => ({
      kind: "message",
      action: null,
      by: world.owner,
      role: "reporter",
      desk: null,
      body: { text: "Demonstratie: bericht" },
      files: [{ name: "derde.png", bytes: third, capture: recordOf("derde.png", third) }],
      notes,
    });
    const foreign = await bundleOf(
      [...road(), later((own, all) => [...own, ...all.slice(0, 1).map((note) => ({ ...note, name: "verzonnen.png", capture: records[1] }))])],
      (good) => good,
    );
    const verdict = await verifyBundle(async () => memoryBundle(foreign), { pin: world.trust });
    expect(verdict.first).toBeNull();
    expect(verdict.evidence.map(({ name, entry }) => [name, entry])).toEqual([
      ["eerste.png", 1],
      ["tweede.png", 1],
      ["derde.png", 2],
    ]);
    expect(pageOf(foreign).match(/<h3>/gu)).toHaveLength(3);
    // The first says what the record says, the second what the file is: each alone would be caught.
    const lie = recordOf("derde.png", second);
    for (const double of [
      later((own) => [...own, ...own]),
      later((own) => [
        ...own.map((note) => ({ ...note, length: lie.size, sha256: base64url(sha256(second)), capture: lie })),
        ...own.map(({ capture: _none, ...note }) => note),
      ]),
    ]) {
      const twice = await bundleOf([...road(), double], (good) => good.slice(0, 2));
      expect(await check(twice)).toMatchObject({ check: "opens", file: statementOf(twice, 2), what: expect.stringContaining("one attachment twice") });
    }
  });

  test("stamps that were never right, sealed as they are: replayed, other nonce, other time, expired, wrong purpose, other root", async () => {
    const expired = authorityOf({ from: "200101000000Z", until: "210101000000Z" });
    const signer = authorityOf({ usage: "extendedKeyUsage = critical,codeSigning" });
    const stranger = authorityOf({ name: "Vreemd" });
    const cases: readonly (readonly [what: string, found: string, change: (one: KeptStamp, other: KeptStamp) => KeptStamp, roots?: TestAuthority])[] = [
      ["replay of another file's stamp", "imprint-mismatch", (one, other) => ({ ...other, item: one.item, record: one.record })],
      ["another nonce", "nonce-mismatch", (one) => ({ ...one, nonce: base64url(timestampNonce()) })],
      ["expired", "certificate-expired", (one) => stampOf(one.item, records[0], expired), expired],
      ["wrong purpose", "purpose-wrong", (one) => ({ ...one, response: base64url(signAnew(signer, Buffer.from(one.response, "base64url"))) }), signer],
      ["unknown root", "certificate-untrusted", (one) => stampOf(one.item, records[0], stranger)],
      [
        "a bit of the signature",
        "signature-invalid",
        (one) => ({ ...one, response: base64url(flipped(Buffer.from(one.response, "base64url"), Buffer.from(one.response, "base64url").length - 3)) }),
      ],
      ["no answer at all", "response-malformed", (one) => ({ ...one, response: base64url(encode("<html>")) })],
    ];
    for (const [what, found, change, roots] of cases) {
      const files = await stamped(([one, other]) => (one === undefined || other === undefined ? [] : [change(one, other)]));
      const { first: complaint } = await verifyBundle(async () => memoryBundle(files), {
        pin: world.trust,
        timestampRoots: roots === undefined ? null : [base64url(roots.root)],
      });
      expect(complaint, what).toMatchObject({ check: "timestamps", file: "timestamps/0001-eerste.png.tsr", found });
    }
    const lying = await stamped(([one]) => (one === undefined ? [] : [{ ...one, at: "2020-01-01T00:00:00.000Z" }]));
    expect(await check(lying)).toMatchObject({ check: "timestamps", what: expect.stringContaining("another time") });
  });

  test("a stamp that cannot be read is a complaint about its entry; the bundle is made, and holds the other", async () => {
    for (const change of [{ response: "A" }, { nonce: `${"A".repeat(10)}B` }]) {
      const files = await stamped(([one, other]) => (one === undefined || other === undefined ? [] : [{ ...one, ...change }, other]));
      expect([...files.keys()].filter((name) => name.endsWith(".tsr"))).toEqual(["timestamps/0001-tweede.png.tsr"]);
      expect(await check(files)).toMatchObject({ check: "timestamps", file: statementOf(files, 2), what: expect.stringContaining("cannot be read") });
    }
    const other = await stamped(() => []);
    expect(await check(other)).toMatchObject({ check: "timestamps", file: statementOf(other, 2), what: expect.stringContaining("holds no time stamps") });
  });

  test("roots that are no text of bytes are a complaint, never an accident", async () => {
    const index: BundleIndex = JSON.parse(decode(whole.get(INDEX) ?? new Uint8Array(0)));
    const other = new Map(whole).set(INDEX, encode(JSON.stringify({ ...index, trust: { ...index.trust, timestampRoots: ["A"] } })));
    const { first: complaint } = await verifyBundle(async () => memoryBundle(other), { pin: null });
    expect(complaint).toMatchObject({ check: "timestamps", file: INDEX });
  });

  test("a bundle of the first version stays readable, and says what it cannot hold", async () => {
    const plain = memoryBundle();
    await buildBundle(await makeSource(world, road([])), plain);
    const index: BundleIndex = JSON.parse(decode(plain.files.get(INDEX) ?? new Uint8Array(0)));
    const old = new Map([...plain.files].filter(([name]) => name !== EVIDENCE_PAGE && name !== ROOTS && name !== SUMS));
    const { page: _page, ...rest } = index;
    old.set(INDEX, encode(JSON.stringify({ ...rest, format: FIRST_VERSION })));
    const verdict = await verifyBundle(async () => memoryBundle(relisted(old)), { pin: world.trust });
    expect(verdict.first).toBeNull();
    expect(verdict.checks.filter(({ outcome }) => outcome === "not-checked").map(({ id }) => id)).toEqual(["captures", "timestamps", "page"]);
  });

  test("a bundle that calls itself older than it is, to be spared the checks, is refused", async () => {
    const index: BundleIndex = JSON.parse(decode(whole.get(INDEX) ?? new Uint8Array(0)));
    const old = new Map(whole).set(INDEX, encode(JSON.stringify({ ...index, format: FIRST_VERSION })));
    expect(await check(old)).toMatchObject({ check: "index", file: INDEX });
    const { page: _page, ...rest } = index;
    old.set(INDEX, encode(JSON.stringify({ ...rest, format: FIRST_VERSION })));
    expect(await check(old)).toMatchObject({ check: "captures", found: FIRST_VERSION });
    // Every file that gives it away taken out; what is sealed still does.
    const stripped = relisted(new Map([...old].filter(([name]) => !/^(captures|timestamps)\/|^BEWIJS|^SHA256/u.test(name))));
    expect(await check(stripped)).toMatchObject({ check: "captures", file: statementOf(stripped, 1), found: FIRST_VERSION });
    const bare = await bundleOf(road([]), () => []);
    const { page: _none, ...other }: BundleIndex = JSON.parse(decode(bare.get(INDEX) ?? new Uint8Array(0)));
    bare.set(INDEX, encode(JSON.stringify({ ...other, format: FIRST_VERSION })));
    const stamps = relisted(new Map([...bare].filter(([name]) => !/^(captures|timestamps)\/|^BEWIJS|^SHA256/u.test(name))));
    expect(await check(stamps)).toMatchObject({ check: "captures", file: statementOf(stamps, 2), found: FIRST_VERSION });
  });

  test("a bundle that leaves out the number of its page, or names one from the future, is refused", async () => {
    const { page: _page, ...rest }: BundleIndex = JSON.parse(decode(whole.get(INDEX) ?? new Uint8Array(0)));
    for (const page of [{}, { page: PAGE_VERSION + 1 }])
      expect(await check(new Map(whole).set(INDEX, encode(JSON.stringify({ ...rest, ...page }))))).toMatchObject({
        check: "index",
        file: INDEX,
        expected: `a number up to ${PAGE_VERSION}`,
      });
  });

  test("a page worded by an earlier version is not compared, and that is said", async () => {
    const index: BundleIndex = JSON.parse(decode(whole.get(INDEX) ?? new Uint8Array(0)));
    const other = new Map(whole).set(INDEX, encode(JSON.stringify({ ...index, page: PAGE_VERSION - 1 })));
    const verdict = await verifyBundle(async () => memoryBundle(other), { pin: world.trust });
    expect(verdict.ok).toBe(true);
    expect(verdict.checks.find(({ id }) => id === "page")).toMatchObject({
      outcome: "not-checked",
      detail: expect.stringContaining("believe what stands here"),
    });
  });
});
