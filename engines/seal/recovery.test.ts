/** Recovery by two of three: any two and the server's half give the seed, one tells nothing, and whatever was altered is named; and the rule for a roster that no lead signed. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { combine, split } from "shamir-secret-sharing";
import { describe, expect, it, test } from "vitest";
import {
  epochForRecovery,
  generatePaperShare,
  type HolderToBe,
  joinShares,
  newDesk,
  newPerson,
  newRecovery,
  newUuid,
  type NewRecovery,
  nextEpoch,
  openDeskKeys,
  openPerson,
  openShare,
  paperShareKeys,
  passShare,
  type Person,
  recoveredEpoch,
  sealKeyPair,
  SealError,
  type SealKeyPair,
  signKeyPair,
  signStatement,
  takeOver,
  verifyRecoverySet,
  verifyRosterChain,
  RECOVERY_CONFIRMATION,
  RECOVERY_REQUEST,
  statementHash,
  type RosterMember,
} from "./index.ts";
import { parseRecoverySet, recoverySigner, UNLOCK_RECORD, verifyUnlockRecords } from "./recovery-statements.ts";

const hex = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "hex"));
const person = async (): Promise<Person> => {
  const secrets = await newPerson();
  return openPerson(secrets, secrets.card);
};
const holderOf = (who: Person, name: string): HolderToBe => ({
  person: who.person,
  name,
  office: "demonstratie",
  sealPublicKey: who.seal.publicKey,
  signPublicKey: who.sign.publicKey,
});
const codeOf = async (work: Promise<unknown>): Promise<[string, unknown]> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof SealError) return [error.code, error.data["place"]];
    throw error;
  }
  return ["none", undefined];
};

interface Made {
  readonly made: NewRecovery;
  readonly keys: readonly SealKeyPair[];
  readonly people: readonly Person[];
}
async function world(): Promise<Made> {
  const people = await Promise.all([person(), person(), person()]);
  const [by, first, second] = people;
  if (by === undefined || first === undefined || second === undefined) throw new Error("nobody there");
  const paper = await paperShareKeys(generatePaperShare());
  const made = await newRecovery({
    subject: { person: by.person },
    holders: [
      holderOf(first, "Demo Vertrouwd"),
      holderOf(second, "Demo Griffier"),
      { person: null, name: "papier", office: "", sealPublicKey: paper.seal.publicKey, signPublicKey: paper.sign.publicKey },
    ],
    delayHours: 72,
    by,
  });
  return { made, keys: [first.seal, second.seal, paper.seal], people };
}
const opened = async ({ made, keys }: Made): Promise<Uint8Array[]> =>
  Promise.all(keys.map((key, place) => openShare(made.set, place + 1, made.sealed[place] ?? "", key)));

describe("GF(256), against another implementation", () => {
  const { made } = JSON.parse(readFileSync("engines/seal/vectors/recovery-shares.json", "utf8")) as {
    made: { secret: string; shares: { x: number; y: string }[] }[];
  };
  it.each(made)("joins what the other split: $secret", async ({ secret, shares }) => {
    const theirs = shares.map(({ x, y }) => Uint8Array.of(...hex(y), x));
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const)
      expect(Buffer.from(await combine([theirs[a] ?? hex(""), theirs[b] ?? hex("")])).toString("hex")).toBe(secret);
  });
});

describe("two of three", () => {
  test("any two shares with the server's half give the seed; all three too", async () => {
    const all = await world();
    const shares = await opened(all);
    for (const places of [
      [1, 2],
      [1, 3],
      [2, 3],
      [1, 2, 3],
    ])
      expect(await joinShares(all.made.set, new Map(places.map((place) => [place, shares[place - 1] ?? hex("")])), all.made.half)).toEqual(all.made.seed);
    expect((await sealKeyPair(all.made.seed)).publicKey).toBe(all.made.set.publicKey);
  });

  test("property: any secret, any two shares", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.constantFrom([0, 1], [0, 2], [1, 2], [2, 0]), async (secret, [a = 0, b = 0]) => {
        const shares = await split(new Uint8Array(secret), 3, 2);
        expect(await combine([shares[a] ?? hex(""), shares[b] ?? hex("")])).toEqual(new Uint8Array(secret));
      }),
      { numRuns: 50 },
    );
  });

  test("one share tells nothing: beside it every secret is as possible as every other", async () => {
    const [one, two] = await split(Uint8Array.of(0x5a), 3, 2);
    if (one === undefined || two === undefined) throw new Error("no shares");
    // The library gives a share as its bytes and its coordinate: each value of the other share's byte leads to another secret, so all 256 stay open.
    const secrets = new Set<number>();
    for (let byte = 0; byte < 256; byte++) secrets.add((await combine([one, Uint8Array.of(byte, two[1] ?? 0)]))[0] ?? -1);
    expect(secrets.size).toBe(256);
  });

  test("one share has the same length and the same readable head whatever the secret", async () => {
    const worlds = await Promise.all([world(), world()]);
    const [a, b] = await Promise.all(worlds.map(async (one) => (await opened(one))[0] ?? hex("")));
    expect(a?.length).toBe(b?.length);
    expect(a?.subarray(0, 3)).toEqual(b?.subarray(0, 3));
    expect(worlds[0]?.made.sealed[0]?.length).toBe(worlds[1]?.made.sealed[0]?.length);
  });

  test("one share and the server's half are not enough, and two shares with another half are not either", async () => {
    const all = await world();
    const shares = await opened(all);
    expect(await codeOf(joinShares(all.made.set, new Map([[1, shares[0] ?? hex("")]]), all.made.half))).toEqual(["recovery-share-wrong", undefined]);
    const two = new Map([1, 2].map((place) => [place, shares[place - 1] ?? hex("")]));
    expect(await codeOf(joinShares(all.made.set, two, new Uint8Array(32)))).toEqual(["recovery-share-wrong", 0]);
  });

  test("an altered share is named, whichever byte was altered", async () => {
    const all = await world();
    const shares = await opened(all);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.nat(51), fc.integer({ min: 1, max: 255 }), async (place, at, flip) => {
        const altered = new Map([1, 2, 3].map((one) => [one, new Uint8Array(shares[one - 1] ?? hex(""))]));
        const bytes = altered.get(place) ?? hex("");
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        expect(await codeOf(joinShares(all.made.set, altered, all.made.half))).toEqual(["recovery-share-wrong", place]);
      }),
      { numRuns: 60 },
    );
  });

  test("a share of another set, of another place, or sealed to someone else is refused", async () => {
    const [all, others] = [await world(), await world()];
    const shares = await opened(others);
    expect(await codeOf(joinShares(all.made.set, new Map([[2, shares[1] ?? hex("")]]), all.made.half))).toEqual(["recovery-share-wrong", 2]);
    expect(await codeOf(joinShares(others.made.set, new Map([[1, shares[1] ?? hex("")]]), others.made.half))).toEqual(["recovery-share-wrong", 1]);
    const [first, second] = all.keys;
    if (first === undefined || second === undefined) throw new Error("no keys");
    expect((await codeOf(openShare(all.made.set, 1, all.made.sealed[0] ?? "", second)))[0]).toBe("hand-over-refused");
    expect((await codeOf(openShare(all.made.set, 1, all.made.sealed[0] ?? "", first, "0199b1c4-1111-7222-8333-444455556666")))[0]).toBe("hand-over-refused");
  });

  test("a share that is passed on opens with the new key, for that attempt only, and its statement names it", async () => {
    const all = await world();
    const [share] = await opened(all);
    const [, first] = all.people;
    if (first === undefined || share === undefined) throw new Error("nobody there");
    const temporary = await sealKeyPair(new Uint8Array(32).fill(7));
    const attempt = "0199b1c4-1111-7222-8333-444455556666";
    const { sealed, statement } = await passShare(all.made.set, 1, share, { attempt, request: all.made.set.half, toPublicKey: temporary.publicKey, by: first });
    expect(await openShare(all.made.set, 1, sealed, temporary, attempt)).toEqual(share);
    expect((await codeOf(openShare(all.made.set, 1, sealed, temporary, all.made.set.recovery)))[0]).toBe("hand-over-refused");
    expect(statement.payloadType).toBe(RECOVERY_CONFIRMATION);
  });

  test("the set is signed, and names three different holders", async () => {
    const { made, people } = await world();
    const [by, first] = people;
    if (by === undefined || first === undefined) throw new Error("nobody there");
    expect((await verifyRecoverySet(made.statement, by.sign.publicKey)).set).toEqual(made.set);
    expect((await codeOf(verifyRecoverySet(made.statement, first.sign.publicKey)))[0]).toBe("signature-invalid");
    const holders = made.set.holders.map((holder) => ({ ...holder, signPublicKey: first.sign.publicKey }));
    expect(() => parseRecoverySet({ ...made.set, holders })).toThrow(SealError);
    expect(() => parseRecoverySet({ ...made.set, holders: made.set.holders.slice(1) })).toThrow(SealError);
    expect(() => parseRecoverySet({ ...made.set, threshold: 1 })).toThrow(SealError);
    expect(() => parseRecoverySet({ ...made.set, subject: { person: first.person } })).toThrow(/own keys/);
    expect(() => parseRecoverySet({ ...made.set, subject: { desk: made.set.recovery, organisation: "gm9901" } })).toThrow(/held by a person/);
  });
});

describe("a desk whose last member lost everything", () => {
  async function deskWorld() {
    const registrar = await signKeyPair(new Uint8Array(32).fill(1));
    const [lead, a, b, c, fresh] = await Promise.all([person(), person(), person(), person(), person()]);
    const member = (who: Person, name: string, leads: boolean): RosterMember => ({
      person: who.person,
      name,
      office: "demonstratie",
      lead: leads,
      sealPublicKey: who.seal.publicKey,
      signPublicKey: who.sign.publicKey,
    });
    const desk = "0199b1c4-1111-7222-8333-444455556666";
    const first = await newDesk({
      desk,
      organisation: "gm9901",
      name: "Demo veiligheid",
      function: "safety-desk",
      members: [member(lead, "Demo Leiding", true)],
      registrar,
    });
    const holders = [holderOf(a, "Demo Griffier"), holderOf(b, "Demo Secretaris"), holderOf(c, "Demo Adviseur")];
    const made = await newRecovery({ subject: { desk, organisation: "gm9901" }, holders, delayHours: 72, by: lead });
    const recovery = {
      set: await statementHash(made.statement),
      recovery: made.set.recovery,
      publicKey: made.set.publicKey,
      holders: made.set.holders.map((holder) => ({
        person: holder.person ?? "",
        name: holder.name,
        office: holder.office,
        signPublicKey: holder.signPublicKey,
      })),
    };
    const second = await nextEpoch({
      rosters: [first.rotation.roster],
      registrarPublicKey: registrar.publicKey,
      epochSeed: first.epochSeed,
      changes: { recovery },
      by: lead,
    });
    const rosters = [first.rotation.roster, second.rotation.roster];
    return { registrar, lead, a, b, c, fresh, member, desk, made, second, rosters, chain: await verifyRosterChain(rosters, registrar.publicKey) };
  }
  type World = Awaited<ReturnType<typeof deskWorld>>;
  const attempt = "0199b1c4-9999-7222-8333-444455556666";
  async function proof(w: World, change: { asker?: Person; confirmer?: Person; previous?: string; members?: object[] } = {}) {
    const asker = change.asker ?? w.a;
    const confirmer = change.confirmer ?? w.b;
    const request = await signStatement(
      RECOVERY_REQUEST,
      {
        recovery: w.made.set.recovery,
        attempt,
        desk: w.desk,
        epoch: 3,
        previous: change.previous ?? w.chain.hash,
        members: change.members ?? [w.member(w.fresh, "Demo Nieuw", true)],
        at: new Date().toISOString(),
        by: asker.person,
      },
      asker.sign,
    );
    const confirmation = await signStatement(
      RECOVERY_CONFIRMATION,
      {
        recovery: w.made.set.recovery,
        attempt,
        place: 2,
        request: await statementHash(request),
        sealed: w.made.set.half,
        at: new Date().toISOString(),
        by: confirmer.person,
      },
      confirmer.sign,
    );
    return { request, confirmation };
  }
  const rotate = (w: World, given: Awaited<ReturnType<typeof proof>>, by = w.a, members = [w.member(w.fresh, "Demo Nieuw", true)]) =>
    recoveredEpoch({ rosters: w.rosters, registrarPublicKey: w.registrar.publicKey, epochSeed: w.second.epochSeed, members, proof: given, by });

  test("each rotation seals the desk's key to the recovery key, and later ones keep to it by themselves", async () => {
    const w = await deskWorld();
    const key = await sealKeyPair(w.made.seed);
    const open = async (sealed: string | undefined, epoch: number) => takeOver(sealed ?? "", key, epochForRecovery(w.desk, epoch, w.made.set.recovery));
    expect(await open(w.second.rotation.recovery, 2)).toEqual(w.second.epochSeed);
    const third = await nextEpoch({
      rosters: w.rosters,
      registrarPublicKey: w.registrar.publicKey,
      epochSeed: w.second.epochSeed,
      changes: { add: [w.member(w.fresh, "Demo Nieuw", false)] },
      by: w.lead,
    });
    expect(await open(third.rotation.recovery, 3)).toEqual(third.epochSeed);
    const off = await nextEpoch({
      rosters: w.rosters,
      registrarPublicKey: w.registrar.publicKey,
      epochSeed: w.second.epochSeed,
      changes: { recovery: null },
      by: w.lead,
    });
    expect(off.rotation.recovery).toBeUndefined();
  });

  test("two officers start the next epoch; the new member reads the history, and the roster verifies for everyone", async () => {
    const w = await deskWorld();
    const made = await rotate(w, await proof(w));
    const { present } = await verifyRosterChain([...w.rosters, made.rotation.roster], w.registrar.publicKey);
    expect([present.epoch, present.members.map(({ name }) => name), present.recovery]).toEqual([3, ["Demo Nieuw"], undefined]);
    const sealed = made.rotation.sealed[0]?.sealed ?? "";
    const bridges = [w.second.rotation.bridge, made.rotation.bridge].map((bridge, place) => ({ epoch: place + 1, sealed: bridge ?? "" }));
    expect([...(await openDeskKeys({ desk: w.desk, epoch: 3, sealed, bridges }, w.fresh)).keys()]).toEqual([3, 2, 1]);
  });

  test.each<[string, (w: World) => Promise<unknown>]>([
    ["one officer, who confirms their own request", async (w) => rotate(w, await proof(w, { confirmer: w.a }))],
    ["someone the roster does not name asks", async (w) => rotate(w, await proof(w, { asker: w.fresh }), w.fresh)],
    ["someone the roster does not name confirms", async (w) => rotate(w, await proof(w, { confirmer: w.fresh }))],
    ["a lead who is no officer confirms", async (w) => rotate(w, await proof(w, { confirmer: w.lead }))],
    ["another officer signs than asked", async (w) => rotate(w, await proof(w), w.b)],
    ["other members than were confirmed", async (w) => rotate(w, await proof(w), w.a, [w.member(w.c, "Demo Ander", true)])],
    ["a request after another roster", async (w) => rotate(w, await proof(w, { previous: w.made.set.half }))],
    ["the registrar alone", async (w) => rotate(w, await proof(w), { ...w.a, sign: w.registrar })],
    ["a desk that never set it up", async (w) => rotate({ ...w, rosters: w.rosters.slice(0, 1), second: w.second }, await proof(w))],
  ])("refused: %s", async (_, work) => {
    const [code] = await codeOf(work(await deskWorld()));
    expect(["roster-broken", "desk-change-refused"]).toContain(code);
  });

  test("after a rotation by a lead the officers' proof fits no longer: a lead who is there stops it", async () => {
    const w = await deskWorld();
    const third = await nextEpoch({ rosters: w.rosters, registrarPublicKey: w.registrar.publicKey, epochSeed: w.second.epochSeed, changes: {}, by: w.lead });
    const late = recoveredEpoch({
      rosters: [...w.rosters, third.rotation.roster],
      registrarPublicKey: w.registrar.publicKey,
      epochSeed: third.epochSeed,
      members: [w.member(w.fresh, "Demo Nieuw", true)],
      proof: await proof(w),
      by: w.a,
    });
    expect((await codeOf(late))[0]).toBe("roster-broken");
  });
});

test("records of ways to sign in follow each other, and one that was dropped shows", async () => {
  const who = await person();
  const unlocks = ["a", "b"].map((label) => ({ id: crypto.randomUUID(), kind: "passphrase", label, key: who.sign.publicKey }));
  const one = { person: who.person, seq: 1, previous: null, unlocks, recovery: null, at: new Date().toISOString() };
  const first = await signStatement(UNLOCK_RECORD, one, who.sign);
  const second = await signStatement(UNLOCK_RECORD, { ...one, seq: 2, previous: await statementHash(first) }, who.sign);
  const of = { person: who.person, signPublicKey: who.sign.publicKey };
  expect((await verifyUnlockRecords([first, second], of)).map(({ record }) => record.seq)).toEqual([1, 2]);
  expect((await codeOf(verifyUnlockRecords([second], of)))[0]).toBe("recovery-malformed");
  expect((await codeOf(verifyUnlockRecords([first, first], of)))[0]).toBe("recovery-malformed");
});

describe("who must have signed a roster that no lead signed", async () => {
  const [a, b, c, other] = [await person(), await person(), await person(), await person()];
  const officer = (of: Person, place: number) => ({ person: of.person, name: `Officier ${place}`, office: "Gemeente", signPublicKey: of.sign.publicKey });
  const [desk, recovery, elsewhere, attempt, again] = Array.from({ length: 5 }, () => newUuid());
  const text = (n: number): string => Buffer.alloc(32, n).toString("base64url");
  const before = {
    desk: desk ?? "",
    epoch: 4,
    hash: text(1),
    recovery: { set: text(2), recovery: recovery ?? "", publicKey: "h1.not-looked-at", holders: [officer(a, 1), officer(b, 2), officer(c, 3)] },
  };
  const members = [{ person: other.person }];
  const at = "2026-11-26T12:00:00.000Z";
  const right = { recovery, attempt, desk, epoch: 5, previous: before.hash, members, at, by: a.person };
  const agreed = { recovery, attempt, place: 2, request: "", sealed: text(3), at, by: b.person };
  /** Proof that is right save for what is given. */
  async function judged(change: {
    readonly asked?: object;
    readonly said?: object;
    readonly askedBy?: Person;
    readonly saidBy?: Person;
    readonly from?: { readonly recovery: undefined };
    readonly after?: { readonly by: string; readonly members: readonly object[] };
  }): Promise<string> {
    const request = await signStatement(RECOVERY_REQUEST, { ...right, ...change.asked }, (change.askedBy ?? a).sign);
    const confirmation = await signStatement(
      RECOVERY_CONFIRMATION,
      { ...agreed, request: await statementHash(request), ...change.said },
      (change.saidBy ?? b).sign,
    );
    return await recoverySigner({ ...before, ...change.from }, change.after ?? { by: a.person, members }, { request, confirmation });
  }

  test("is told when two officers the roster names agree on exactly this", async () => {
    expect(await judged({})).toBe(a.sign.publicKey);
    expect(await judged({ asked: { by: c.person }, askedBy: c, after: { by: c.person, members } })).toBe(c.sign.publicKey);
    expect(await judged({ said: { by: c.person }, saidBy: c })).toBe(a.sign.publicKey);
  });
  test.each<[string, Parameters<typeof judged>[0]]>([
    ["the roster names no officers", { from: { recovery: undefined } }],
    ["another officer is named in the request than signed the roster", { asked: { by: b.person } }],
    ["another desk", { asked: { desk: elsewhere } }],
    ["an epoch too early", { asked: { epoch: 4 } }],
    ["an epoch too late", { asked: { epoch: 6 } }],
    ["another roster before it", { asked: { previous: text(9) } }],
    ["another recovery set was asked under", { asked: { recovery: elsewhere }, said: { recovery } }],
    ["other members were asked for", { asked: { members: [{ person: c.person }] } }],
    ["one who was asked for is left out", { after: { by: a.person, members: [] } }],
    ["the officer who asked confirms", { said: { by: a.person }, saidBy: a }],
    ["another request was confirmed", { said: { request: text(8) } }],
    ["another attempt was confirmed", { said: { attempt: again } }],
    ["another set was confirmed", { said: { recovery: elsewhere } }],
    ["someone who is no officer confirms", { said: { by: other.person }, saidBy: other }],
    ["nobody is said to confirm", { said: { by: null } }],
    ["someone who is no officer asks", { asked: { by: other.person }, askedBy: other, after: { by: other.person, members } }],
  ])("refused: %s", async (_, change) => {
    expect((await codeOf(judged(change)))[0]).toBe("recovery-malformed");
  });
  test("refused: a signature of somebody else under an officer's name", async () => {
    expect((await codeOf(judged({ askedBy: b })))[0]).toBe("signature-invalid");
    expect((await codeOf(judged({ saidBy: c })))[0]).toBe("signature-invalid");
  });

  const way = { id: newUuid(), kind: "passphrase", label: "Wachtzin", key: other.sign.publicKey };
  const unlockRecord = async (of: Partial<{ person: string; seq: number; previous: string | null }>) =>
    await signStatement(
      UNLOCK_RECORD,
      { person: a.person, seq: 1, previous: null, unlocks: [way, { ...way, id: newUuid() }], recovery: null, at, ...of },
      a.sign,
    );
  test("records of ways to sign in follow each other by person, number and hash, and the first that does not is named", async () => {
    const first = await unlockRecord({});
    const previous = await statementHash(first);
    const whose = { person: a.person, signPublicKey: a.sign.publicKey };
    expect(await verifyUnlockRecords([first, await unlockRecord({ seq: 2, previous })], whose)).toHaveLength(2);
    for (const wrong of [{ seq: 3, previous }, { seq: 2, previous: text(7) }, { seq: 2, previous, person: other.person }, {}]) {
      const refused = await verifyUnlockRecords([first, await unlockRecord(wrong)], whose).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: "recovery-malformed", data: { seq: 2 } });
      expect(String(refused)).toContain("Record 2 ");
    }
    expect((await codeOf(verifyUnlockRecords([await unlockRecord({ seq: 2, previous })], whose)))[0]).toBe("recovery-malformed");
    expect((await codeOf(unlockRecord({ seq: 2 }).then(async (one) => await verifyUnlockRecords([first, one], whose))))[0]).toBe("recovery-malformed");
    expect((await codeOf(unlockRecord({ previous }).then(async (one) => await verifyUnlockRecords([one], whose))))[0]).toBe("recovery-malformed");
  });
});
