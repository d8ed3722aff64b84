/**
 * Builds the demonstration world over the real HTTP API with the real client: nothing enters the database by a back door. Only the registrar key is local.
 * Called by `rugdekking start --demonstration` after the server listens. Every step is remembered, so a start that was cut off goes on.
 */
import { randomBytes, randomInt } from "node:crypto";
import { dirname } from "node:path";
import { generateSheetCode, newPerson, passphraseSecret, sealUnlock, sheetSecret, type SignKeyPair, signKeyPair } from "@rugdekking/seal";
import { fromBase64Url, toBase64Url } from "@rugdekking/seal/verify";
import Type from "typebox";
import { Connection, createDesk, memoryTrustStore, type Session, signInWithSheet, Trust } from "#services/directory/client/index.ts";
import { type PersonRegistration, type UnlockMethod, Uuid } from "#services/directory/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { deskPlans, phraseWords, players } from "./cast.ts";
import { playFigures, playQuarter } from "./figures-play.ts";
import { playMonitor } from "./monitor-play.ts";
import { playDossiers } from "./plays.ts";
import { codesToTry, type DemonstrationFile, readDemonstration, writeDemonstration } from "./store.ts";

/** OWASP's floor for Argon2id, which engines/seal refuses to go below: the demonstration's secrets are public on its own machine, and a first start must be quick. */
const quickCost = { memoryKiB: 19_456, passes: 2, lanes: 1 } as const;

const passphrase = (): string => Array.from({ length: 6 }, () => phraseWords[randomInt(phraseWords.length)]).join(" ");

/**
 * Reads demonstration.json, or makes it with fresh secrets. Call before the server starts: its trust anchor names this registrar.
 * @returns the registrar's public key, base64url.
 */
export async function prepareDemonstration(path: string): Promise<string> {
  const known = await readDemonstration(path);
  if (known !== null) return known.registrar.publicKey;
  const seed = new Uint8Array(randomBytes(32));
  const { publicKey } = await signKeyPair(seed);
  await writeDemonstration(path, {
    format: "rugdekking-demonstration/1",
    registrar: { seed: toBase64Url(seed), publicKey },
    persons: players.map((player) => ({ ...player, passphrase: passphrase(), sheetCode: generateSheetCode(), person: null })),
    desks: {},
    dossiers: {},
    guestReceipt: null,
    complete: false,
  });
  return publicKey;
}

/** What the plays are given: sign-in by name and remembering. */
export interface Stage {
  /** Signs a player in (kept for the whole build). */
  session(player: string): Promise<Session>;
  /** A connection without a session, for the guest. */
  guest(): { readonly connection: Connection; readonly trust: Trust };
  desk(key: string): string;
  person(key: string): string;
  /** Dossier made earlier under this name, or null. */
  known(name: string): string | null;
  /** The wave of the survey as far as it was made, or null. */
  monitor(): NonNullable<DemonstrationFile["monitor"]> | null;
  remember(change: Partial<Pick<DemonstrationFile, "guestReceipt" | "monitor">> & { readonly dossier?: readonly [name: string, id: string] }): Promise<void>;
}

/**
 * Builds what is not there yet.
 * @param base address of the running server; @param path demonstration.json, made by {@link prepareDemonstration}; @param now moment, for tests
 * @throws Problem when the server refuses a step; nothing that was done is lost.
 */
export async function buildDemonstration(
  base: string,
  path: string,
  tell: (line: string) => void = () => undefined,
  now = Date.now(),
): Promise<DemonstrationFile> {
  const begun = await readDemonstration(path);
  if (begun === null) throw new Problem("not-found", `There is no ${path}`, "Call prepareDemonstration before the server starts.");
  const build = new Build(base, path, begun);
  await build.trust.anchor();
  if (await playFigures(dirname(path), now)) tell("invented quarters of figures at /cijfers");
  if (begun.complete) {
    // A demonstration of months ago would show codes that no longer work; one from before there was a research desk shows none.
    if (begun.desks["research"] !== undefined) {
      await playMonitor(build, now);
      await playQuarter(build, now);
    }
    return build.file;
  }
  await build.persons();
  tell(`${build.file.persons.length} invented persons`);
  await build.desks();
  tell(`${deskPlans.length} desks`);
  // Token keys of a wave take the server seconds of arithmetic beside everything else.
  await Promise.all([playDossiers(build), playMonitor(build, now), playQuarter(build, now)]);
  tell(`${Object.keys(build.file.dossiers).length} example dossiers`);
  tell(
    `an invented wave of the Monitor; take part with ${codesToTry(build.file)
      .map((code) => `/monitor#${code}`)
      .join(" ")}`,
  );
  await build.save({ complete: true });
  return build.file;
}

class Build implements Stage {
  readonly base: string;
  readonly path: string;
  readonly connection: Connection;
  readonly trust: Trust;
  readonly #pins = memoryTrustStore();
  #writing: Promise<void> = Promise.resolve();
  readonly #sessions = new Map<string, Promise<Session>>();
  file: DemonstrationFile;

  constructor(base: string, path: string, file: DemonstrationFile) {
    this.base = base;
    this.path = path;
    this.file = file;
    this.connection = new Connection({ base, cookies: "own" });
    this.trust = new Trust(this.connection, this.#pins);
  }

  /** One write after the other: two plays go on at once. */
  async save(change: Partial<DemonstrationFile>): Promise<void> {
    this.file = { ...this.file, ...change };
    this.#writing = this.#writing.then(async () => await writeDemonstration(this.path, this.file));
    await this.#writing;
  }

  monitor(): ReturnType<Stage["monitor"]> {
    return this.file.monitor ?? null;
  }

  async persons(): Promise<void> {
    for (const person of this.file.persons) {
      if (person.person !== null) continue;
      const id = await this.#register(person);
      await this.save({ persons: this.file.persons.map((one) => (one.key === person.key ? { ...one, person: id } : one)) });
    }
  }

  async #register(person: DemonstrationFile["persons"][number]): Promise<string> {
    const secrets = await newPerson();
    const parameters = { salt: toBase64Url(new Uint8Array(randomBytes(16))), ...quickCost };
    const unlocks: UnlockMethod[] = [
      await sealUnlock("passphrase", "Wachtzin (demonstratie)", parameters, await passphraseSecret(person.passphrase, parameters), secrets),
      await sealUnlock("recovery-sheet", "Herstelblad (demonstratie)", {}, await sheetSecret(person.sheetCode), secrets),
    ];
    const body: PersonRegistration = { card: secrets.card, handle: person.handle, mail: null, unlocks };
    try {
      return (await this.connection.post("/api/v1/persons", body, Type.Object({ person: Uuid }))).person;
    } catch (error) {
      // An earlier start registered this person and was cut off before it could write so.
      if (!(error instanceof Problem) || error.code !== "handle-taken") throw error;
      return (await this.session(person.key)).person.person;
    }
  }

  async desks(): Promise<void> {
    const registrar: SignKeyPair = await signKeyPair(fromBase64Url(this.file.registrar.seed, "The demonstration registrar's seed"));
    for (const plan of deskPlans) {
      if (this.file.desks[plan.key] !== undefined) continue;
      const there = (await this.trust.desks({ organisation: plan.organisation, function: plan.function })).find(({ name }) => name === plan.name);
      const members = plan.members.map((key, place) => ({
        person: this.person(key),
        name: this.#entry(key).name,
        office: this.#entry(key).office,
        lead: place === 0,
      }));
      const desk = there ?? (await createDesk(this.trust, { registrar, organisation: plan.organisation, name: plan.name, function: plan.function, members }));
      await this.save({ desks: { ...this.file.desks, [plan.key]: desk.id } });
    }
  }

  #entry(key: string): DemonstrationFile["persons"][number] {
    const found = this.file.persons.find((one) => one.key === key);
    if (found === undefined) throw new Error(`the demonstration has no player ${key}`);
    return found;
  }

  person(key: string): string {
    const { person } = this.#entry(key);
    if (person === null) throw new Error(`player ${key} is not registered yet`);
    return person;
  }

  desk(key: string): string {
    const id = this.file.desks[key];
    if (id === undefined) throw new Error(`the demonstration has no desk ${key}`);
    return id;
  }

  known(name: string): string | null {
    return this.file.dossiers[name] ?? null;
  }

  async remember(change: Parameters<Stage["remember"]>[0]): Promise<void> {
    const { dossier, ...rest } = change;
    await this.save({ ...rest, ...(dossier === undefined ? {} : { dossiers: { ...this.file.dossiers, [dossier[0]]: dossier[1] } }) });
  }

  guest(): { readonly connection: Connection; readonly trust: Trust } {
    const connection = new Connection({ base: this.base, cookies: "own" });
    return { connection, trust: new Trust(connection, this.#pins) };
  }

  session(key: string): Promise<Session> {
    const known = this.#sessions.get(key);
    if (known !== undefined) return known;
    const { connection, trust } = this.guest();
    const { handle, sheetCode } = this.#entry(key);
    // By the recovery sheet: it needs no Argon2id, and the start stays quick.
    const opening = signInWithSheet(connection, { trust, device: "demonstratie", handle, code: sheetCode });
    this.#sessions.set(key, opening);
    return opening;
  }
}
