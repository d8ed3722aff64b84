/** Desks: every forgery of a roster chain is refused, history stays readable, and who left has no key to what comes after. */
import { beforeAll, describe, expect, it } from "vitest";
import { fromBase64Url } from "./bytes.ts";
import {
  checkWrappedSet,
  type DeskKeys,
  type Envelope,
  generateSeed,
  newDesk,
  type NewEpoch,
  newPerson,
  newUuid,
  nextEpoch,
  openDeskKeys,
  openEpochSeed,
  openPerson,
  type Person,
  type Roster,
  ROSTER,
  type RosterMember,
  sealKeyPair,
  signKeyPair,
  type SignKeyPair,
  signStatement,
  verifyRosterChain,
} from "./index.ts";
import vector from "./vectors/desk.json" with { type: "json" };
import unlockVector from "./vectors/unlock.json" with { type: "json" };

const desk = newUuid();
let registrar: SignKeyPair;
let lead: Person, member: Person, stranger: Person;
let first: NewEpoch, second: NewEpoch;
let present: Roster;

const person = async () => {
  const secrets = await newPerson();
  return openPerson(secrets, secrets.card);
};
const as = (who: Person, isLead: boolean): RosterMember => ({
  person: who.person,
  name: "Demo",
  office: "griffier",
  lead: isLead,
  sealPublicKey: who.seal.publicKey,
  signPublicKey: who.sign.publicKey,
});
const keysOf = (epoch: number, rotation: NewEpoch, who: Person, bridges: DeskKeys["bridges"] = []): DeskKeys => ({
  desk,
  epoch,
  sealed: rotation.rotation.sealed.find((key) => key.person === who.person)?.sealed ?? "",
  bridges,
});
const chain = (...envelopes: Envelope[]) => verifyRosterChain(envelopes, registrar.publicKey);

beforeAll(async () => {
  registrar = await signKeyPair(generateSeed());
  [lead, member, stranger] = await Promise.all([person(), person(), person()]);
  first = await newDesk({ desk, organisation: "gm0000", name: "Demodesk", function: "safety-desk", members: [as(lead, true), as(member, false)], registrar });
  second = await nextEpoch({
    rosters: [first.rotation.roster],
    registrarPublicKey: registrar.publicKey,
    epochSeed: first.epochSeed,
    changes: { remove: [member.person] },
    by: lead,
  });
  present = (await chain(first.rotation.roster)).present;
});

describe("the moment of a roster", () => {
  it.each(["2026-02-31T00:00:00Z", "2026-02-29T00:00:00Z", "2026-04-31T09:00:00.000Z"])("%s is refused: that day does not exist", async (at) => {
    const payload = { ...present, epoch: 1, previous: null, by: registrar.keyId, members: [as(lead, true)], at };
    await expect(chain(await signStatement(ROSTER, payload, registrar))).rejects.toMatchObject({ code: "roster-broken", data: { epoch: 1 } });
    await expect(chain(await signStatement(ROSTER, { ...payload, at: "2028-02-29T00:00:00Z" }, registrar))).resolves.toBeDefined();
  });
});

describe("names in a roster", () => {
  it.each(["Demo\nDe burgemeester", "Demo\u001b[2J", "Demo\u009b2J", "omeD\u202e", "D".repeat(201)])(
    "%j is refused: it is shown to who decides whom to trust",
    async (name) => {
      const payload = { ...present, epoch: 1, previous: null, by: registrar.keyId, members: [{ ...as(lead, true), name }] };
      await expect(chain(await signStatement(ROSTER, payload, registrar))).rejects.toMatchObject({ code: "roster-broken", data: { epoch: 1 } });
      await expect(chain(await signStatement(ROSTER, { ...payload, name, members: [as(lead, true)] }, registrar))).rejects.toMatchObject({
        code: "roster-broken",
      });
    },
  );
});

describe("desks", () => {
  it("open as when the vector was made, back to the first epoch", async () => {
    const verified = await verifyRosterChain(vector.rosters, vector.registrarPublicKey);
    expect(verified.hash).toBe(vector.hash);
    const { sealSeed, signSeed } = unlockVector.method;
    const who = await openPerson({ sealSeed: fromBase64Url(sealSeed, "seed"), signSeed: fromBase64Url(signSeed, "seed") }, vector.card);
    const keys = await openDeskKeys(vector.keys, who);
    expect([keys.get(1)?.publicKey, keys.get(2)?.publicKey]).toEqual(vector.epochPublicKeys);
  });
  it("hand each member exactly one key, which opens the epoch", async () => {
    expect(() => checkWrappedSet(present, first.rotation.sealed)).not.toThrow();
    for (const who of [lead, member]) expect((await openDeskKeys(keysOf(1, first, who), who)).get(1)?.publicKey).toBe(present.epochPublicKey);
  });
  it("let a lead read older epochs over the bridge, and stop where a bridge is missing", async () => {
    const bridges = [{ epoch: 1, sealed: second.rotation.bridge ?? "" }];
    const keys = await openDeskKeys(keysOf(2, second, lead, bridges), lead);
    expect([...keys.keys()]).toEqual([2, 1]);
    expect(keys.get(1)?.publicKey).toBe(present.epochPublicKey);
    expect([...(await openDeskKeys(keysOf(2, second, lead), lead)).keys()]).toEqual([2]);
  });
  it("give who was removed no key to the new epoch", async () => {
    expect(second.rotation.sealed.map((key) => key.person)).toEqual([lead.person]);
    await expect(openEpochSeed(keysOf(2, second, lead), member)).rejects.toMatchObject({ code: "hand-over-refused" });
    const old = await sealKeyPair(first.epochSeed);
    await expect(openDeskKeys({ ...keysOf(2, second, lead) }, { ...member, seal: old })).rejects.toMatchObject({ code: "hand-over-refused" });
  });
  it("refuse changes by who is no lead, with a wrong seed, or of who is not there", async () => {
    const base = { rosters: [first.rotation.roster], registrarPublicKey: registrar.publicKey, epochSeed: first.epochSeed, changes: {}, by: lead };
    for (const wrong of [
      { by: member },
      { by: stranger },
      { by: { ...lead, sign: stranger.sign } },
      { epochSeed: generateSeed() },
      { changes: { remove: [stranger.person] } },
      { changes: { replace: [as(stranger, true)] } },
      { changes: { add: [as(member, true)] } },
    ]) {
      await expect(nextEpoch({ ...base, ...wrong })).rejects.toMatchObject({ code: "desk-change-refused" });
    }
    await expect(nextEpoch({ ...base, changes: { remove: [lead.person] } })).rejects.toMatchObject({ code: "roster-broken" });
    await expect(newDesk({ desk, organisation: "gm0000", name: "x", function: "safety-desk", members: [as(member, false)], registrar })).rejects.toMatchObject({
      code: "roster-broken",
    });
  });
});

describe("wrapped sets that differ from the roster", () => {
  it("are refused: missing, doubled, stranger, none", () => {
    const [a, b] = first.rotation.sealed;
    if (a === undefined || b === undefined) expect.fail("two keys expected");
    for (const wrong of [[a], [a, a], [a, b, b], [a, { person: stranger.person }], [], [a, b, { person: stranger.person }]]) {
      expect(() => checkWrappedSet(present, wrong)).toThrow(expect.objectContaining({ code: "roster-mismatch" }));
    }
  });
});

describe("forged roster chains", () => {
  const forged = async (change: object, by: SignKeyPair = lead.sign): Promise<Envelope> => {
    const { history } = await chain(first.rotation.roster, second.rotation.roster);
    return signStatement(ROSTER, { ...history[1]?.roster, ...change }, by);
  };
  it("accepts the true chain, and an honest re-signing of it", async () => {
    expect((await chain(first.rotation.roster, second.rotation.roster)).present.epoch).toBe(2);
    expect((await chain(first.rotation.roster, await forged({}))).present.epoch).toBe(2);
  });
  it.each<[string, () => Promise<Envelope>]>([
    ["signed by a member who is no lead", () => forged({ by: member.person }, member.sign)],
    ["signed by a member in a lead's name", () => forged({}, member.sign)],
    ["signed by a stranger", () => forged({ by: stranger.person }, stranger.sign)],
    ["signed by the registrar after genesis", () => forged({ by: registrar.keyId }, registrar)],
    ["with an epoch skipped", () => forged({ epoch: 3 })],
    ["with an epoch repeated", () => forged({ epoch: 1 })],
    ["with another function", () => forged({ function: "authority" })],
    ["with another organisation", () => forged({ organisation: "gm9999" })],
    ["of another desk", () => forged({ desk: newUuid() })],
    ["with a wrong previous", () => forged({ previous: "A".repeat(43) })],
    ["with no previous", () => forged({ previous: null })],
    ["with no lead", () => forged({ members: [as(lead, false)] })],
    ["with no members", () => forged({ members: [] })],
    ["with a member twice", () => forged({ members: [as(lead, true), as(lead, false)] })],
    ["with the old epoch's key", () => forged({ epochPublicKey: present.epochPublicKey })],
    ["with a malformed key", () => forged({ epochPublicKey: "AAAA" })],
    ["altered after signing", async () => ({ ...second.rotation.roster, payload: (await forged({ name: "x" })).payload })],
    ["of another statement type", async () => ({ ...(await forged({})), payloadType: "application/vnd.rugdekking.grant+json" })],
  ])("refuses one %s", async (_, make) => {
    await expect(chain(first.rotation.roster, await make())).rejects.toMatchObject({ code: "roster-broken", data: { epoch: expect.any(Number) } });
  });
  it("refuses another registrar, no chain, a chain without its genesis, and one in the wrong order", async () => {
    const other = await signKeyPair(generateSeed());
    await expect(verifyRosterChain([first.rotation.roster], other.publicKey)).rejects.toMatchObject({ code: "roster-broken" });
    await expect(chain()).rejects.toMatchObject({ code: "roster-broken" });
    await expect(chain(second.rotation.roster)).rejects.toMatchObject({ code: "roster-broken" });
    await expect(chain(second.rotation.roster, first.rotation.roster)).rejects.toMatchObject({ code: "roster-broken" });
    await expect(chain(first.rotation.roster, first.rotation.roster)).rejects.toMatchObject({ code: "roster-broken" });
    const selfMade = await newDesk({
      desk,
      organisation: "gm0000",
      name: "Demodesk",
      function: "safety-desk",
      members: [as(stranger, true)],
      registrar: stranger.sign,
    });
    await expect(chain(selfMade.rotation.roster)).rejects.toMatchObject({ code: "roster-broken" });
  });
});
