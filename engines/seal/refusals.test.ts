/** Every field of every signed statement: what is right comes back as it was, and one field that is wrong is refused with its own code. Run by vitest only. */
import { describe, expect, it } from "vitest";
import { isHash, isMoment, PERSON_CARD, parseSealPublicKey, parseSignPublicKey } from "./card.ts";
import { type Envelope, parseEnvelope } from "./envelope.ts";
import { newPerson, openPerson, readStatement, type SealErrorCode, signStatement, verifyPersonCard } from "./index.ts";
import {
  parseRecoveryConfirmation,
  parseRecoveryRefusal,
  parseRecoveryRequest,
  parseRecoverySet,
  parseRosterRecovery,
  parseUnlockRecord,
} from "./recovery-statements.ts";
import { checkWrappedSet, parseRoster, type Roster } from "./roster.ts";

const id = (n: number): string => `0199b1c4-1111-7222-8333-44445555660${n}`;
const hash = (n: number): string => `${n}${"A".repeat(42)}`;
const sealKey = (n: number): string => `${n}${"A".repeat(1621)}`;
const at = "2026-11-25T09:30:00.125Z";

/** A value without cast: the fields of a JSON object. */
const fields = (value: unknown): [string, unknown][] => (typeof value === "object" && value !== null ? Object.entries(value) : []);
const gone = Symbol("left out");
/** The same value with what lies at `path` (`holders.0.name`) replaced or left out. */
function spoiled(value: unknown, path: string, by: unknown): unknown {
  if (path === "") return by;
  const [name = "", ...rest] = path.split(".");
  const changed = fields(value).flatMap(([key, field]) => {
    if (key !== name) return [[key, field] as const];
    const other = spoiled(field, rest.join("."), by);
    return other === gone ? [] : [[key, other] as const];
  });
  const added = fields(value).some(([key]) => key === name) ? [] : [[name, by] as const];
  return Array.isArray(value) ? changed.map(([, one]) => one) : Object.fromEntries([...changed, ...added]);
}

type Wrong = readonly [path: string, values: readonly unknown[], code: SealErrorCode];
/** Tests that `good` is read as it is, and that each wrong value in its place is refused with that code. */
function holds(what: string, parse: (value: unknown) => unknown, good: object, wrong: readonly Wrong[]): void {
  describe(what, () => {
    it("comes back as it was", () => expect(parse(good)).toEqual(good));
    it.each(wrong)("%s must not be any of %j", (path, values, code) => {
      for (const value of values) {
        expect(() => parse(spoiled(good, path, value)), `${path}: ${JSON.stringify(value)}`).toThrow(expect.objectContaining({ name: "SealError", code }));
      }
    });
  });
}

const noId = [id(1).toUpperCase(), `${id(1)}0`, `x${id(1)}`, id(1).replace("7222", "1222"), id(1).replace("8333", "c333"), null, 7, gone];
const noHash = ["A".repeat(42), "A".repeat(44), `${"A".repeat(42)}=`, 7, gone];
const noKey = ["A".repeat(42), "A".repeat(44), `${"A".repeat(42)}B`, "", null, gone];
const noSealKey = [sealKey(1).slice(1), `${sealKey(1)}A`, "", null, gone];
const noMoment = ["2026-11-25", "2026-11-25T09:30:00+01:00", "2026-02-30T09:30:00Z", "2026-13-01T09:30:00Z", "2026-11-25T24:00:00Z", 7, null, gone];
const noLine = ["\u001b[2J", "a\nb", "a\u2028b", "a\u202eb", "a\u2066b", "a\u2069b", "a\u007fb", "a\u009fb", "D".repeat(201), 7, null, gone];
const noRecord = [null, [], "text", 7];

describe("moments", () => {
  it.each([
    "2026-01-01T00:00:00Z",
    "2026-12-31T23:59:59Z",
    "2026-10-29T19:09:09.1Z",
    "2028-02-29T20:30:00.12Z",
    "2000-02-29T10:00:00.123Z",
    "2026-04-30T10:00:00Z",
    "2026-11-19T01:00:00Z",
  ])("%s is one", (text) => expect(isMoment(text)).toBe(true));
  it.each([
    "2026-00-01T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "2026-01-32T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2027-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:60:00Z",
    "2026-01-01T00:00:60Z",
    "2026-01-01T00:00:00.Z",
    "2026-01-01T00:00:00.1234Z",
    "2026-01-01T00:00:00",
    "2026-01-01T00:00:00z",
    "2026-01-01 00:00:00Z",
    " 2026-01-01T00:00:00Z",
    "12026-01-01T00:00:00Z",
    "2026-01-01T00:00:00Z\n",
    null,
    20_260_101,
    {},
  ])("%j is none", (text) => expect(isMoment(text)).toBe(false));
  it("a hash is 43 characters of base64url and nothing else", () => {
    expect([hash(1), `${"-_zZ09".repeat(7)}A`].map(isHash)).toEqual([true, true]);
    expect([...noHash, ` ${hash(1)}`, `${hash(1)}\n`, null].map(isHash)).not.toContain(true);
  });
  it("a key is as long as its kind", () => {
    expect([parseSealPublicKey(sealKey(1)), parseSignPublicKey(hash(1))]).toEqual([sealKey(1), hash(1)]);
    for (const wrong of noSealKey) expect(() => parseSealPublicKey(wrong)).toThrow(expect.objectContaining({ code: "key-malformed" }));
    for (const wrong of noKey) expect(() => parseSignPublicKey(wrong)).toThrow(expect.objectContaining({ code: "key-malformed" }));
  });
});

holds("an envelope", parseEnvelope, { payloadType: "t", payload: "AAAA", signatures: [{ keyid: "k", sig: "s" }] }, [
  ["", noRecord, "statement-malformed"],
  ["payloadType", [7, null, gone], "statement-malformed"],
  ["payload", [7, null, gone], "statement-malformed"],
  [
    "signatures",
    [
      [],
      null,
      gone,
      {},
      "ab",
      [
        { keyid: "k", sig: "s" },
        { keyid: "k", sig: "s" },
      ],
    ],
    "statement-malformed",
  ],
  ["signatures.0", noRecord, "statement-malformed"],
  ["signatures.0.keyid", [7, null, gone], "statement-malformed"],
  ["signatures.0.sig", [7, null, gone], "statement-malformed"],
]);

it("an envelope loses what does not belong in it", () => {
  const extra = { payloadType: "t", payload: "AAAA", signatures: [{ keyid: "k", sig: "s", more: 1 }], more: 2 };
  expect(parseEnvelope(extra)).toEqual({ payloadType: "t", payload: "AAAA", signatures: [{ keyid: "k", sig: "s" }] });
});

it("a statement whose payload is no JSON, or no text, is malformed", () => {
  const holding = (payload: Uint8Array): Envelope => ({
    payloadType: "t",
    payload: Buffer.from(payload).toString("base64url"),
    signatures: [{ keyid: "k", sig: "s" }],
  });
  expect(readStatement(holding(Buffer.from("[1]")))).toEqual([1]);
  for (const payload of [Buffer.from("{"), Uint8Array.of(0x22, 0xff, 0x22), Buffer.from("")])
    expect(() => readStatement(holding(payload))).toThrow(expect.objectContaining({ code: "statement-malformed" }));
  expect(() => readStatement({ ...holding(Buffer.from("1")), payload: "MQ=" })).toThrow(expect.objectContaining({ code: "statement-malformed" }));
});

describe("a person card, signed well", async () => {
  const secrets = await newPerson(new Date(at));
  const { sign, seal } = await openPerson(secrets, secrets.card);
  const good = { person: id(1), version: 2, kind: "person", sealPublicKey: seal.publicKey, signPublicKey: sign.publicKey, previous: hash(1), at };
  const read = async (card: unknown) => verifyPersonCard(await signStatement(PERSON_CARD, Object(card), sign));
  it("says what its seeds say, and when it was made", async () => {
    const first = { version: 1, kind: "person", sealPublicKey: seal.publicKey, signPublicKey: sign.publicKey, previous: null, at };
    expect((await verifyPersonCard(secrets.card)).card).toEqual({ ...first, person: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/) });
  });
  it("comes back as it was", async () => {
    expect((await read(good)).card).toEqual(good);
    expect((await read({ ...good, kind: "guest", version: 1, previous: null })).card).toMatchObject({ kind: "guest", version: 1, previous: null });
  });
  it.each<Wrong>([
    ["version", [0, -1, 1, 1.5, "2", null, 2 ** 53, gone], "card-malformed"],
    ["kind", ["desk", "", null, gone], "card-malformed"],
    ["previous", [null, ...noHash], "card-malformed"],
    ["at", noMoment, "card-malformed"],
    ["person", noId, "id-malformed"],
    ["sealPublicKey", noSealKey, "key-malformed"],
    ["signPublicKey", noKey, "key-malformed"],
  ])("%s must not be any of %j", async (path, values, code) => {
    for (const value of values) await expect(read(spoiled(good, path, value)), `${path}: ${JSON.stringify(value)}`).rejects.toMatchObject({ code });
  });
  it("is no list, and of a first version names none before it", async () => {
    await expect(read([1])).rejects.toMatchObject({ code: "card-malformed" });
    await expect(read({ ...good, version: 1 })).rejects.toMatchObject({ code: "card-malformed" });
  });
  it("fits both seeds: one of another person is refused", async () => {
    const other = await newPerson();
    await expect(openPerson({ ...secrets, sealSeed: other.sealSeed }, secrets.card)).rejects.toMatchObject({ code: "card-mismatch" });
    await expect(openPerson({ ...secrets, signSeed: other.signSeed }, secrets.card)).rejects.toMatchObject({ code: "card-mismatch" });
  });
});

const officer = (n: number) => ({ person: id(n), name: `Demo ${n}`, office: "demonstratie", signPublicKey: hash(n) });
const holder = (n: number) => ({ place: n, ...officer(n), sealPublicKey: sealKey(n), digest: hash(n + 3) });
const set = {
  recovery: id(9),
  version: 1,
  subject: { person: id(8) },
  threshold: 2,
  delayHours: 72,
  publicKey: sealKey(0),
  half: hash(8),
  holders: [holder(1), holder(2), holder(3)],
  at,
  by: id(8),
};
holds("a recovery set", parseRecoverySet, set, [
  ["", noRecord, "recovery-malformed"],
  ["version", [0, 2, "1", gone], "recovery-malformed"],
  ["threshold", [1, 3, "2", gone], "recovery-malformed"],
  ["holders", [[], [holder(1), holder(2)], [1, 2, 3, 4].map(holder), null, gone], "recovery-malformed"],
  ["holders.0", noRecord, "recovery-malformed"],
  ["holders.0.place", [0, 2, "1", 1.5, gone], "recovery-malformed"],
  ["holders.2.place", [2, 4], "recovery-malformed"],
  ["holders.0.name", noLine, "recovery-malformed"],
  ["holders.0.office", noLine, "recovery-malformed"],
  ["holders.0.person", [id(2), id(8)], "recovery-malformed"],
  ["holders.0.person", ["x", 7, gone], "id-malformed"],
  ["holders.0.signPublicKey", [hash(2)], "recovery-malformed"],
  ["holders.0.signPublicKey", noKey, "key-malformed"],
  ["holders.1.sealPublicKey", [sealKey(3)], "recovery-malformed"],
  ["holders.1.sealPublicKey", noSealKey, "key-malformed"],
  ["holders.0.digest", noHash, "recovery-malformed"],
  ["subject", noRecord, "recovery-malformed"],
  ["subject.person", noId, "id-malformed"],
  ["delayHours", [0, -1, 1.5, 745, "72", gone], "recovery-malformed"],
  ["publicKey", noSealKey, "key-malformed"],
  ["half", noHash, "recovery-malformed"],
  ["recovery", noId, "id-malformed"],
  ["at", noMoment, "recovery-malformed"],
  ["by", noId, "id-malformed"],
]);
it("a recovery set waits an hour at least and 31 days at most; one share may be on paper, of a desk none", () => {
  for (const delayHours of [1, 744]) expect(parseRecoverySet({ ...set, delayHours }).delayHours).toBe(delayHours);
  const paper = { ...holder(3), person: null };
  expect(parseRecoverySet({ ...set, holders: [holder(1), holder(2), paper] }).holders[2]).toEqual(paper);
  expect(() => parseRecoverySet({ ...set, holders: [holder(1), { ...holder(2), person: null }, paper] })).toThrow(
    expect.objectContaining({ code: "recovery-malformed" }),
  );
  const desk = { desk: id(7), organisation: "gm0000" };
  expect(parseRecoverySet({ ...set, subject: desk }).subject).toEqual(desk);
  // A lead who signs for a desk may hold a share of its keys.
  expect(parseRecoverySet({ ...set, subject: desk, by: id(1) }).by).toBe(id(1));
  expect(() => parseRecoverySet({ ...set, subject: desk, holders: [holder(1), holder(2), paper] })).toThrow(
    expect.objectContaining({ code: "recovery-malformed" }),
  );
  for (const organisation of noLine)
    expect(() => parseRecoverySet({ ...set, subject: spoiled(desk, "organisation", organisation) })).toThrow(
      expect.objectContaining({ code: "recovery-malformed" }),
    );
  const long = { ...holder(1), name: "D".repeat(200), office: "" };
  expect(parseRecoverySet({ ...set, holders: [long, holder(2), holder(3)] }).holders[0]).toEqual(long);
});

holds(
  "a request for a desk's keys",
  parseRecoveryRequest,
  { recovery: id(1), attempt: id(2), desk: id(3), epoch: 2, previous: hash(1), members: [{ any: 1 }], at, by: id(4) },
  [
    ["", noRecord, "recovery-malformed"],
    ["recovery", noId, "id-malformed"],
    ["attempt", noId, "id-malformed"],
    ["desk", noId, "id-malformed"],
    ["by", noId, "id-malformed"],
    ["epoch", [1, 0, 1.5, "2", 2 ** 53, gone], "recovery-malformed"],
    ["previous", [null, ...noHash], "recovery-malformed"],
    ["members", [[], {}, "x", [1], [{}, null], Array.from({ length: 501 }, () => ({})), gone], "recovery-malformed"],
    ["at", noMoment, "recovery-malformed"],
  ],
);
it("a request may name five hundred members", () => {
  const members = Array.from({ length: 500 }, () => ({}));
  const request = { recovery: id(1), attempt: id(2), desk: id(3), epoch: 2, previous: hash(1), members, at, by: id(4) };
  expect(parseRecoveryRequest(request).members).toHaveLength(500);
});

const confirmation = { recovery: id(1), attempt: id(2), place: 3, request: hash(1), sealed: hash(2), at, by: id(4) };
holds("a confirmation", parseRecoveryConfirmation, confirmation, [
  ["", noRecord, "recovery-malformed"],
  ["recovery", noId, "id-malformed"],
  ["attempt", noId, "id-malformed"],
  ["place", [0, 4, 1.5, "1", gone], "recovery-malformed"],
  ["request", [null, ...noHash], "recovery-malformed"],
  ["sealed", [null, ...noHash], "recovery-malformed"],
  ["at", noMoment, "recovery-malformed"],
  ["by", ["x", 7, gone], "id-malformed"],
]);
it("a confirmation may be of a share on paper, and of each of three places", () => {
  expect(parseRecoveryConfirmation({ ...confirmation, by: null, place: 1 })).toMatchObject({ by: null, place: 1 });
});

holds("a refusal", parseRecoveryRefusal, { recovery: id(1), attempt: id(2), at, by: id(4) }, [
  ["", noRecord, "recovery-malformed"],
  ["recovery", noId, "id-malformed"],
  ["attempt", ["x", 7, gone], "id-malformed"],
  ["at", noMoment, "recovery-malformed"],
  ["by", noId, "id-malformed"],
]);
it("a refusal without an attempt ends the whole set", () => {
  expect(parseRecoveryRefusal({ recovery: id(1), attempt: null, at, by: id(4) }).attempt).toBeNull();
});

const way = (n: number) => ({ id: id(n), kind: "passkey", label: `Demo ${n}`, key: hash(n) });
const record = { person: id(1), seq: 2, previous: hash(1), unlocks: [way(1), way(2)], recovery: id(3), at };
holds("a record of ways to sign in", parseUnlockRecord, record, [
  ["", noRecord, "recovery-malformed"],
  ["person", noId, "id-malformed"],
  ["seq", [0, 1, 1.5, "2", 2 ** 53, gone], "recovery-malformed"],
  ["previous", [null, ...noHash], "recovery-malformed"],
  ["unlocks", [[], [way(1)], Array.from({ length: 13 }, () => way(1)), {}, gone], "recovery-malformed"],
  ["unlocks.0", noRecord, "recovery-malformed"],
  ["unlocks.0.id", noId, "id-malformed"],
  ["unlocks.0.kind", noLine, "recovery-malformed"],
  ["unlocks.0.label", noLine, "recovery-malformed"],
  ["unlocks.0.key", noKey, "key-malformed"],
  ["recovery", ["x", 7, gone], "id-malformed"],
  ["at", noMoment, "recovery-malformed"],
]);
it("a first record follows none, and a record may name twelve ways", () => {
  const first = { ...record, seq: 1, previous: null, recovery: null, unlocks: Array.from({ length: 12 }, () => way(1)) };
  expect(parseUnlockRecord(first)).toEqual(first);
  expect(() => parseUnlockRecord({ ...first, previous: hash(1) })).toThrow(expect.objectContaining({ code: "recovery-malformed" }));
});

const recovery = { set: hash(1), recovery: id(1), publicKey: sealKey(1), holders: [officer(1), officer(2), officer(3)] };
const rosterRecovery: readonly Wrong[] = [
  ["", noRecord, "recovery-malformed"],
  ["set", [null, ...noHash], "recovery-malformed"],
  ["recovery", noId, "id-malformed"],
  ["publicKey", noSealKey, "key-malformed"],
  ["holders", [[], [officer(1), officer(2)], [1, 2, 3, 4].map(officer), null, gone], "recovery-malformed"],
  ["holders.1", noRecord, "recovery-malformed"],
  ["holders.1.person", [id(1)], "recovery-malformed"],
  ["holders.1.person", noId, "id-malformed"],
  ["holders.1.name", noLine, "recovery-malformed"],
  ["holders.1.office", noLine, "recovery-malformed"],
  ["holders.1.signPublicKey", [hash(1)], "recovery-malformed"],
  ["holders.1.signPublicKey", noKey, "key-malformed"],
];
holds("what a roster says of recovery", parseRosterRecovery, recovery, rosterRecovery);

const member = (n: number, lead: boolean) => ({
  person: id(n),
  name: `Demo ${n}`,
  office: "griffier",
  lead,
  sealPublicKey: sealKey(n),
  signPublicKey: hash(n),
});
const said: Envelope = { payloadType: "t", payload: "AAAA", signatures: [{ keyid: "k", sig: "s" }] };
const roster: Roster = {
  desk: id(1),
  organisation: "gm0000",
  name: "Demodesk",
  function: "safety-desk",
  epoch: 2,
  previous: hash(1),
  epochPublicKey: sealKey(0),
  members: [member(1, false), member(2, true)],
  at,
  by: id(2),
  recovery,
  recovered: { request: said, confirmation: said },
};
holds("a roster", parseRoster, roster, [
  ["", noRecord, "roster-broken"],
  ["desk", noId, "id-malformed"],
  ["organisation", noLine, "roster-broken"],
  ["name", noLine, "roster-broken"],
  ["function", noLine, "roster-broken"],
  ["by", [7, null, gone], "roster-broken"],
  ["epoch", [0, -1, 1.5, "2", 2 ** 53, null, gone], "roster-broken"],
  ["previous", noHash, "roster-broken"],
  ["epochPublicKey", noSealKey, "key-malformed"],
  ["at", noMoment, "roster-broken"],
  ["members", [[], {}, "x", [member(1, false)], [member(1, true), member(1, false)], gone], "roster-broken"],
  ["members.0", noRecord, "roster-broken"],
  ["members.0.person", noId, "id-malformed"],
  ["members.0.name", noLine, "roster-broken"],
  ["members.0.office", noLine, "roster-broken"],
  ["members.0.lead", ["true", 1, null, gone], "roster-broken"],
  ["members.0.sealPublicKey", noSealKey, "key-malformed"],
  ["members.0.signPublicKey", noKey, "key-malformed"],
  ...rosterRecovery.slice(1).map(([path, values, code]): Wrong => [`recovery.${path}`, values, code]),
  ["recovery", noRecord, "recovery-malformed"],
  ["recovered", noRecord, "roster-broken"],
  ["recovered.request", noRecord, "statement-malformed"],
  ["recovered.confirmation", noRecord, "statement-malformed"],
]);
it("a roster tells its epoch in the refusal, a first one cannot have been recovered, and nothing is said of recovery when there is none", () => {
  const { recovery: _, recovered: __, ...bare } = roster;
  expect(parseRoster({ ...bare, epoch: 1, previous: null })).toEqual({ ...bare, epoch: 1, previous: null });
  expect(Object.keys(parseRoster(bare))).toEqual(Object.keys(bare));
  for (const [wrong, epoch] of [
    [{ ...roster, epoch: 7, members: [] }, 7],
    [{ ...roster, epoch: 7, members: [{ ...member(1, true), name: "a\nb" }] }, 7],
    [{ ...roster, epoch: 7, members: [1] }, 7],
    [{ ...roster, epoch: 1 }, 1],
    [null, 0],
  ] as const)
    expect(() => parseRoster(wrong)).toThrow(expect.objectContaining({ code: "roster-broken", data: { epoch } }));
  const long = { ...bare, name: "D".repeat(200) };
  expect(parseRoster(long)).toEqual(long);
});
it("keys that fit no roster are counted in the refusal", () => {
  expect(() => checkWrappedSet(roster, [{ person: id(1) }])).toThrow(expect.objectContaining({ code: "roster-mismatch", data: { members: 2, keys: 1 } }));
  expect(() => checkWrappedSet(roster, [{ person: id(2) }, { person: id(1) }])).not.toThrow();
});
