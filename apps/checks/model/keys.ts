/**
 * A model of keys under a server that lies: who can come to know which key when the server shows people what it likes, keeps every sealed key there ever was, and has helpers among them.
 * What clients believe is decided by the real code (roster chain, pins, giver of a hand-over, key of the first entry); who knows what follows from which key was sealed to which.
 *
 * Persons: an office-holder; desk A with Lia, who leads, Max, who led too and may be let go, and Noor, who may come; desk B, consulted with single items, of Cas; desk Z of Yara, elsewhere. The server is X.
 */
import { generateDossierKey, newUuid, sealJson, signKeyPair, signStatement, type Person, type SignKeyPair } from "@rugdekking/seal";
import { ROSTER, statementHash, toBase64Url, type Envelope, type Roster } from "@rugdekking/seal/verify";
import { Connection, memoryTrustStore, Trust } from "#services/directory/client/index.ts";
import type { DeskFunction, DeskView } from "#services/directory/contract/index.ts";
import { fittingRing, joinRings, keyOfGranter, type KeyRing } from "#services/dossier/client/keys.ts";
import { Problem } from "#services/problem/index.ts";
import type { Model, Step } from "./explorer.ts";

/** Rosters of desk A after each other: `g` the first, then who came (`+`, Noor), left (`-`, Max) or neither (`=`), signed by Lia; `m` is one Max signs, `x` one the server signs. `X` alone is a chain all of the server's making. */
type Chain = string;
/** What the server shows when someone asks for desk A: a chain of A, or `B instead`: that of another desk in its place. */
type Shown = Chain;

interface Item {
  /** The true dossier key, or one a helper made up. */
  readonly under: "true" | "false";
  readonly by: "holder" | "Lia";
  readonly handed: boolean;
}
interface Dossier {
  /** Chain whose last epoch key the dossier key was sealed to. */
  readonly to: Shown;
  /** Whether Max had been let go, and whether the device that sealed had seen so. */
  readonly opened: "before" | "after, seen" | "after, unseen";
  readonly items: readonly Item[];
  /** A hand-over the server shows among the true ones. */
  readonly slipped: Slip | null;
}
type Slip = "by X" | "by Yara" | "by Max, of now" | "by Max, of then";

/** Everything that differs between two moments. */
export interface KeyState {
  /** The true chain of desk A. */
  readonly chain: Chain;
  /** Chain the office-holder's device has seen of desk A. */
  readonly pin: Chain | null;
  readonly dossiers: readonly Dossier[];
  /** The client took a hand-over from someone who was not in office at its time. */
  readonly tookFromStranger: boolean;
}

/** What decides in the real house; a mutant lacks one of them. */
export interface KeyGuards {
  /** Does the device take what it is shown for desk A? Throws when not. */
  readonly trusts: (asked: string, view: DeskView, pin: DeskView | null) => Promise<void>;
  /** Whose key must have signed a hand-over? Throws when nobody's. */
  readonly giver: typeof keyOfGranter;
  readonly fits: typeof fittingRing;
  /** To whom a lead seals a new epoch's seed. */
  readonly sealedTo: (members: readonly string[], before: readonly string[]) => readonly string[];
  /** Under which epoch's key which seed is put. */
  readonly bridge: "older under newer" | "newer under older" | "none";
  /** What goes along when one item is shared. */
  readonly shares: "file key" | "dossier key";
}

/** How much is explored. */
export interface KeyBounds {
  readonly epochs: number;
  readonly dossiers: number;
  readonly items: number;
}

/** Devices check with the real trust of the client: chain, description and pin, from an answer as the server would give it. */
async function realTrust(registrar: string, asked: string, view: DeskView, pin: DeskView | null): Promise<void> {
  const anchor = { log: "model+00000000+AA", registrar, demonstration: true };
  let answer = pin ?? view;
  const connection = new Connection({
    base: "http://127.0.0.1:1",
    cookies: "own",
    fetch: async (address) => Response.json(address.endsWith("/trust-anchor") ? anchor : answer),
  });
  const trust = new Trust(connection, memoryTrustStore());
  if (pin !== null) await trust.desk(pin.id);
  answer = view;
  await trust.desk(asked);
}

const hour = 3_600_000;
const began = Date.parse("2026-01-05T09:00:00Z");
const momentOf = (chain: Chain): string => new Date(began + chain.length * hour).toISOString();
/** Prefixes of a chain, shortest first. */
const prefixes = (chain: Chain): Chain[] => Array.from(chain, (_, at) => chain.slice(0, at + 1));
/** Members of desk A after a chain. */
export function membersOf(chain: Chain): string[] {
  if (chain === "X") return ["X"];
  let members = ["Lia", "Max"];
  for (const change of chain.slice(1)) {
    if (change === "+") members = [...members, "Noor"];
    if (change === "-") members = members.filter((one) => one !== "Max");
    if (change === "m") members = ["Max"];
    if (change === "x") members = ["X"];
  }
  return members;
}
const left = (chain: Chain): boolean => chain.includes("-");

/** The people, their keys and the rosters they sign; made once, since signing is what takes time. */
export async function openCast() {
  const seed = (of: number): Uint8Array => new Uint8Array(32).fill(of);
  const keys = new Map<string, SignKeyPair>();
  for (const [at, name] of ["registrar", "Lia", "Max", "Noor", "Cas", "Yara", "X", "holder"].entries()) keys.set(name, await signKeyPair(seed(at + 1)));
  const ids = new Map([...keys.keys()].map((name) => [name, newUuid() as string]));
  const desks = { A: newUuid() as string, B: newUuid() as string, Z: newUuid() as string };
  const keyOf = (name: string): SignKeyPair => {
    const key = keys.get(name);
    if (key === undefined) throw new Error(`nobody is called ${name}`);
    return key;
  };
  const idOf = (name: string): string => ids.get(name) ?? name;
  const sealKey = async (name: string): Promise<string> => {
    const start = new TextEncoder().encode(name.padEnd(8));
    return toBase64Url(Uint8Array.from({ length: 1216 }, (_, at) => start[at % start.length] ?? 0));
  };
  const signed = new Map<string, { roster: Roster; envelope: Envelope; hash: string }>();

  async function sign(name: string, roster: Omit<Roster, "members" | "by" | "epochPublicKey">, people: readonly string[], by: string): Promise<void> {
    const members = await Promise.all(
      people.map(async (person) => ({
        person: idOf(person),
        name: person,
        office: "model",
        lead: person !== "Noor",
        sealPublicKey: await sealKey(person),
        signPublicKey: keyOf(person).publicKey,
      })),
    );
    const whole: Roster = { ...roster, members, epochPublicKey: await sealKey(name), by: by === "registrar" ? keyOf(by).keyId : idOf(by) };
    const envelope = await signStatement(ROSTER, whole, keyOf(by));
    signed.set(name, { roster: whole, envelope, hash: await statementHash(envelope) });
  }
  async function links(chain: Chain): Promise<{ roster: Roster; envelope: Envelope; hash: string }[]> {
    const all = [];
    for (const prefix of prefixes(chain)) {
      if (!signed.has(prefix)) {
        const change = prefix.at(-1) ?? "";
        const previous = signed.get(prefix.slice(0, -1))?.hash ?? null;
        const by = { g: "registrar", X: "X", x: "X", m: "Max" }[change] ?? "Lia";
        const facts = { desk: desks.A, organisation: "gm0000", name: "Desk A", function: "safety-desk", epoch: prefix.length, previous, at: momentOf(prefix) };
        await sign(prefix, facts, membersOf(prefix), by);
      }
      const link = signed.get(prefix);
      if (link !== undefined) all.push(link);
    }
    return all;
  }
  for (const [desk, person] of [
    ["B", "Cas"],
    ["Z", "Yara"],
  ] as const)
    await sign(
      desk,
      { desk: desks[desk], organisation: "gm0000", name: `Desk ${desk}`, function: "police", epoch: 1, previous: null, at: momentOf("g") },
      [person],
      "registrar",
    );
  const viewOf = async (shown: Shown): Promise<DeskView> => {
    const all = shown === "B instead" ? [signed.get("B")].filter((one) => one !== undefined) : await links(shown);
    const last = all.at(-1);
    if (last === undefined) throw new Error("an empty chain");
    const { desk, organisation, name, function: deskFunction, epoch } = last.roster;
    return { id: desk, organisation, name, function: deskFunction as DeskFunction, epoch, rosters: all.map(({ envelope }) => envelope) };
  };
  const rosters = async (desk: string, chain: Chain): Promise<readonly Roster[]> =>
    desk === desks.A ? (await links(chain)).map(({ roster }) => roster) : [signed.get("Z")?.roster].filter((one) => one !== undefined);
  const dossier = newUuid() as string;
  const item = newUuid() as string;
  const rings: Record<"true" | "false", KeyRing> = { true: ringOf(generateDossierKey()), false: ringOf(generateDossierKey()) };
  const first = await sealJson({ words: "model" }, rings.true.dossierKey ?? new Uint8Array(), { dossier, item, channel: "main" });
  return {
    desks,
    idOf,
    keyOf,
    viewOf,
    rosters,
    dossier,
    rings,
    probes: [{ item, channel: "main" as const, sealed: first }],
    registrar: keyOf("registrar").publicKey,
    holder: { person: idOf("holder"), signPublicKey: keyOf("holder").publicKey } satisfies Pick<Person, "person"> & { signPublicKey: string },
  };
}
const ringOf = (dossierKey: Uint8Array): KeyRing => ({ dossierKey, channels: new Map([["main", dossierKey]]), items: new Map() });
export type Cast = Awaited<ReturnType<typeof openCast>>;

/** The guards as the house has them. */
export const realKeyGuards = (cast: Cast): KeyGuards => ({
  trusts: (asked, view, pin) => realTrust(cast.registrar, asked, view, pin),
  giver: keyOfGranter,
  fits: fittingRing,
  sealedTo: (members) => members,
  bridge: "older under newer",
  shares: "file key",
});

/** What is sealed to what: whoever knows the second learns the first. Everything that was ever sent is in the server's hands. */
function sealedIn({ chain, dossiers }: KeyState, guards: KeyGuards): [secret: string, under: string][] {
  const sealed: [string, string][] = [];
  const epochs = new Set([...prefixes(chain), ...dossiers.flatMap(({ to }) => (to === "B instead" ? [] : prefixes(to)))]);
  for (const epoch of epochs) {
    const before = epoch.slice(0, -1);
    for (const member of guards.sealedTo(membersOf(epoch), before === "" ? [] : membersOf(before))) sealed.push([`seed ${epoch}`, member]);
    if (before === "") continue;
    if (guards.bridge === "older under newer") sealed.push([`seed ${before}`, `seed ${epoch}`]);
    if (guards.bridge === "newer under older") sealed.push([`seed ${epoch}`, `seed ${before}`]);
  }
  for (const [number, { to, items, slipped }] of dossiers.entries()) {
    sealed.push([`dossier ${number}`, to === "B instead" ? "Cas" : `seed ${to}`], [`dossier ${number}`, "holder"]);
    if (slipped !== null) sealed.push([`false ${number}`, slipped === "by X" ? "X" : slipped === "by Yara" ? "Yara" : "Max"]);
    for (const [at, { under, handed }] of items.entries()) {
      sealed.push([`item ${number}.${at}`, `${under === "true" ? "dossier" : "false"} ${number}`]);
      if (handed) sealed.push([guards.shares === "file key" ? `item ${number}.${at}` : `dossier ${number}`, "Cas"]);
    }
  }
  return sealed;
}

/** All that someone, or several together, can come to know. */
function known(state: KeyState, guards: KeyGuards, together: readonly string[]): ReadonlySet<string> {
  const all = new Set(together);
  const sealed = sealedIn(state, guards);
  for (let more = true; more;) {
    more = false;
    for (const [secret, under] of sealed) {
      if (!all.has(under) || all.has(secret)) continue;
      all.add(secret);
      more = true;
    }
  }
  return all;
}

const contents = (all: ReadonlySet<string>): string[] => [...all].filter((one) => one.startsWith("dossier ") || one.startsWith("item "));

/** The promises of the threat model about keys. */
function broken(state: KeyState, guards: KeyGuards): string | null {
  const server = contents(known(state, guards, ["X"]))[0];
  if (server !== undefined) return `(a) the server learns the key of ${server}`;
  const elsewhere = contents(known(state, guards, ["X", "Yara"]))[0];
  if (elsewhere !== undefined) return `(a) the server and a desk that was handed nothing learn the key of ${elsewhere}`;
  const handed = new Set(state.dossiers.flatMap(({ items }, number) => items.flatMap((item, at) => (item.handed ? [`item ${number}.${at}`] : []))));
  const more = contents(known(state, guards, ["X", "Cas"])).find((one) => !handed.has(one));
  if (more !== undefined) return `(c) who was handed ${handed.size} items learns the key of ${more}`;
  const astray = state.dossiers.find(({ to }) => to === "B instead" || membersOf(to).includes("X"));
  if (astray !== undefined) return `(d) a dossier was sealed to a key that no roster down from the registrar vouches for`;
  if (state.tookFromStranger) return "(d) a hand-over was taken from someone who was not in office when it was made";
  for (const member of membersOf(state.chain)) {
    const all = known(state, guards, [member]);
    const lost = prefixes(state.chain).find((epoch) => !all.has(`seed ${epoch}`));
    if (lost !== undefined) return `(e) after a rotation ${member} cannot open what was sealed to epoch ${lost.length}`;
  }
  if (!left(state.chain)) return null;
  const gone = known(state, guards, ["X", "Max"]);
  const epoch = prefixes(state.chain).find((one) => left(one) && gone.has(`seed ${one}`));
  if (epoch !== undefined) return `(b) who was let go learns the desk's key of epoch ${epoch.length}`;
  for (const [number, { opened, items }] of state.dossiers.entries()) {
    if (opened !== "after, seen") continue;
    if (gone.has(`dossier ${number}`) || items.some((_, at) => gone.has(`item ${number}.${at}`)))
      return `(b) who was let go learns a key of a dossier opened later by a device that knew`;
  }
  return null;
}

/** What a former member keeps, with the server's help: no promise, but it must be known. */
function noted(state: KeyState, guards: KeyGuards): string[] {
  if (!left(state.chain)) return [];
  const gone = known(state, guards, ["X", "Max"]);
  return state.dossiers.flatMap(({ opened, items }, number) => {
    if (!gone.has(`dossier ${number}`)) return [];
    if (opened === "after, unseen") return ["the key of a dossier that a device which never saw them leave opened later"];
    return items.length === 0 ? ["the key of a dossier of their time"] : ["what is written later in a dossier of their time"];
  });
}

/** The model within bounds, with guards that may lack something. */
export function keyModel(cast: Cast, guards: KeyGuards, bounds: KeyBounds): Model<KeyState> {
  const takes = new Map<string, boolean>();
  async function taken(shown: Shown, pin: Chain | null): Promise<boolean> {
    const name = `${shown} after ${pin}`;
    const before = takes.get(name);
    if (before !== undefined) return before;
    let good = true;
    try {
      await guards.trusts(cast.desks.A, await cast.viewOf(shown), pin === null ? null : await cast.viewOf(pin));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      good = false;
    }
    takes.set(name, good);
    return good;
  }

  const under = new Map<string, { key: "true" | "false"; stranger: boolean } | null>();
  /** Under which key a client writes, when the server shows this hand-over among the true ones; null when it refuses the dossier. */
  async function writesUnder(slipped: Slip | null, chain: Chain): Promise<{ key: "true" | "false"; stranger: boolean } | null> {
    const name = `${slipped} ${chain}`;
    const before = under.get(name);
    if (before !== undefined) return before;
    const given: { by: string; at: string; ring: KeyRing }[] = [{ by: "holder", at: momentOf(chain), ring: cast.rings.true }];
    const from = slipped === "by X" ? "X" : slipped === "by Yara" ? "Yara" : "Max";
    if (slipped !== null) given.push({ by: from, at: slipped === "by Max, of then" ? momentOf("g") : momentOf(`${chain}=`), ring: cast.rings.false });
    let answer: { key: "true" | "false"; stranger: boolean } | null;
    try {
      const rings: KeyRing[] = [];
      for (const { by, at, ring } of given) {
        // The server says that desk Z takes part as well.
        await guards.giver({ by: cast.idOf(by), at }, cast.holder, [cast.desks.A, cast.desks.Z], (desk) => cast.rosters(desk, chain));
        rings.push(await guards.fits(ring, cast.dossier, cast.probes));
      }
      const key = joinRings(rings).channels.get("main");
      const stranger = slipped === "by X" || (slipped === "by Max, of now" && left(chain));
      answer = key === undefined ? null : { key: key === cast.rings.true.dossierKey ? "true" : "false", stranger };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      answer = null;
    }
    under.set(name, answer);
    return answer;
  }

  /** Every chain the server can show for desk A: the true one or a beginning of it, one that Max goes on with where he led, and what it makes itself. */
  const showable = (chain: Chain): Shown[] => [
    ...prefixes(chain),
    ...prefixes(chain).flatMap((prefix) => (membersOf(prefix).includes("Max") ? [`${prefix}m`] : [])),
    `${chain}x`,
    "X",
    "B instead",
  ];

  const changed = (state: KeyState, number: number, by: Partial<Dossier>): KeyState => ({
    ...state,
    dossiers: state.dossiers.map((one, at) => (at === number ? { ...one, ...by } : one)),
  });

  async function next(state: KeyState): Promise<Step<KeyState>[]> {
    const steps: Step<KeyState>[] = [];
    const { chain, pin, dossiers } = state;
    if (chain.length < bounds.epochs)
      for (const change of ["+", "-", "="]) {
        if ((change === "+" && chain.includes("+")) || (change === "-" && left(chain))) continue;
        const who = { "+": "takes Noor in", "-": "lets Max go", "=": "renews the key" }[change] ?? "";
        steps.push({ label: `Lia ${who}: epoch ${chain.length + 1}`, state: { ...state, chain: chain + change } });
      }
    if (pin !== null) steps.push({ label: "the office-holder takes another device", state: { ...state, pin: null } });
    for (const shown of showable(chain)) {
      if (!(await taken(shown, pin))) continue;
      const seen = shown === "B instead" ? pin : shown;
      if (seen !== pin) steps.push({ label: `the server shows the office-holder chain ${shown}, which is taken`, state: { ...state, pin: seen } });
      if (dossiers.length >= bounds.dossiers) continue;
      const saw = [pin, seen].some((one) => one !== null && left(one));
      const opened = !left(chain) ? "before" : saw ? "after, seen" : "after, unseen";
      steps.push({
        label: `the office-holder opens a dossier for desk A, shown chain ${shown}`,
        state: { ...state, pin: seen, dossiers: [...dossiers, { to: shown, opened, items: [], slipped: null }] },
      });
    }
    for (const [number, dossier] of dossiers.entries()) {
      const { items, slipped, to } = dossier;
      if (slipped === null)
        for (const slip of ["by X", "by Yara", "by Max, of now", "by Max, of then"] as const)
          steps.push({
            label: `the server shows a hand-over of dossier ${number} ${slip}, with a key of their own making`,
            state: changed(state, number, { slipped: slip }),
          });
      for (const by of ["holder", "Lia"] as const) {
        if (items.length >= bounds.items || (by === "Lia" && !chain.startsWith(to))) continue;
        const key = await writesUnder(slipped, chain);
        if (key === null) continue;
        const written = changed(state, number, { items: [...items, { under: key.key, by, handed: false }] });
        steps.push({
          label: `${by} writes in dossier ${number}, under the ${key.key} key`,
          state: { ...written, tookFromStranger: state.tookFromStranger || key.stranger },
        });
      }
      for (const [at, item] of items.entries())
        if (!item.handed)
          steps.push({
            label: `the office-holder hands item ${number}.${at} to desk B`,
            state: changed(state, number, { items: items.map((one, place) => (place === at ? { ...one, handed: true } : one)) }),
          });
    }
    return steps;
  }

  return {
    start: { chain: "g", pin: null, dossiers: [], tookFromStranger: false },
    next,
    spell: (state) => JSON.stringify(state),
    broken: (state) => broken(state, guards),
    noted: (state) => noted(state, guards),
  };
}
