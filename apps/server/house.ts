/** Puts the rooms together into one running server: database, log, services, mail, pages. Called by the command line and by tests. */
import { randomUUID, X509Certificate } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createTransport, type Transporter } from "nodemailer";
import type { FastifyPluginAsync } from "fastify";
import type { Organisation, TrustAnchor } from "#services/directory/contract/index.ts";
import { openAdmission, type DeskLoad } from "#services/admission/server/index.ts";
import { admissionMigrations, sweepAdmission } from "#services/admission/store/index.ts";
import { dayOf } from "#services/directory/contract/arrangement.ts";
import { directoryRoutes, idleSince, openProviders, readProviders, requireCaller } from "#services/directory/server/index.ts";
import {
  claimVacancyReminders,
  directoryMigrations,
  hasPersons,
  mailAddressesOf,
  readDesks,
  readSetting,
  saveOrganisations,
  settle,
  sweepArrangements,
  sweepDirectory,
  sweepJoining,
  sweepOrganisationSignIn,
  sweepRecovery,
} from "#services/directory/store/index.ts";
import {
  dossierRoutes,
  dossierServices,
  runTerms,
  runErasures,
  startNewsMail,
  sweep,
  weeklyLate,
  type DossierOptions,
  type ErasureRun,
  type ErasureSettings,
  type TermsRun,
} from "#services/dossier/server/index.ts";
import { readHead } from "#services/dossier/store/dossiers.ts";
import { insertNews } from "#services/dossier/store/news.ts";
import { adoptTerms } from "#services/dossier/store/terms.ts";
import { guestBytes } from "#services/dossier/store/uploads.ts";
import { countGuests } from "#services/dossier/store/worklist.ts";
import { dossierMigrations } from "#services/dossier/store/migrations.ts";
import { parseCheckpoint, parseNote } from "@rugdekking/ledger";
import { readCertificates } from "@rugdekking/timestamp/certificates";
import { statusFile } from "#services/integrations/contract/index.ts";
import { outsideOf, pointerKeyMark, readIntegrations, startDeliveries, statusWriter, type RunningDeliveries } from "#services/integrations/server/index.ts";
import { forgetZaken, integrationMigrations } from "#services/integrations/store/index.ts";
import { ledgerRoutes } from "#services/ledger/server/index.ts";
import { timestampPace, timestampRefusal, timestampRoutes } from "#services/ledger/server/timestamps.ts";
import { readWitnesses, startWitnessing, type WitnessSettings } from "#services/ledger/server/witnesses.ts";
import { migrations as ledgerMigrations, openSequencer, readCheckpoint } from "#services/ledger/store/index.ts";
import { monitorRoutes, tendMonitor } from "#services/monitor/server/index.ts";
import { monitorMigrations } from "#services/monitor/store/index.ts";
import { figureRoutes, tendFigures } from "#services/figures/server/index.ts";
import { figureMigrations, forgetFacts } from "#services/figures/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import { readTermLengths, TermLengthError, withLengths, type TermLengths } from "#services/dossier/workflow/lengths.ts";
import { questionSet } from "#services/parliament/workflow/index.ts";
import { rightsRoutes } from "#services/rights/server/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { evaluationKey, fingerprintRoutes, type EvaluationKey } from "#services/signalling/server/index.ts";
import { signallingMigrations, sweepContributions } from "#services/signalling/store/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { help } from "#services/support/workflow/index.ts";
import {
  announceServer,
  inTransaction,
  leaveServer,
  migrate,
  openDatabase,
  pendingMigrations,
  sharedPace,
  storageMigrations,
  sweepTurns,
  type Database,
  type StoreMigration,
} from "#services/storage/index.ts";
import { startEmbedded } from "#services/storage/embedded.ts";
import { readRetention } from "#registers/retention/index.ts";
import { readOrganisations } from "#registers/organisations/index.ts";
import { openBlobs } from "./blob-store.ts";
import { createServer, type ServerOptions } from "./create-server.ts";
import { keepProcessingLog, processingFile, type ProcessingLogOptions } from "./processing-log.ts";
import { startJobs, type Jobs } from "./jobs.ts";
import { metricsOf, serveMetrics, type Metrics } from "./metrics.ts";
import { readinessOf } from "./readiness.ts";
import { logBundle, releaseRoutes } from "./release.ts";
import { roomOn, type Room } from "./room.ts";
import { securityText } from "./security-text.ts";
import { holdToKeys, readSecrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { steadyClock } from "./steady-clock.ts";
import { programVersion } from "./version.ts";

/** Every migration of the house, in the order of the arrows. */
export const houseMigrations: readonly StoreMigration[] = [
  ...ledgerMigrations,
  ...directoryMigrations,
  ...dossierMigrations,
  ...signallingMigrations,
  ...integrationMigrations,
  ...monitorMigrations,
  ...figureMigrations,
  ...storageMigrations,
  ...admissionMigrations,
];

/** The workflow tables of the house by dossier kind. */
export const workflows = { report, scan, signal, help, "question-set": questionSet } as const;

/** What a caller may bring along; a plain start needs none of it. */
export interface HouseExtras {
  /** Ed25519 public key of the registrar, base64url; set once per installation. */
  readonly registrar?: string;
  /** Organisations besides the registers (the demonstration's). */
  readonly organisations?: readonly Organisation[];
  /** Routes besides those of the services (the demonstration's). */
  readonly plugins?: readonly FastifyPluginAsync[];
  readonly log?: ServerOptions["log"];
  readonly unforeseen?: ServerOptions["unforeseen"];
  readonly clock?: () => Date;
  /** Folder of the built web app; `dist/web` unless told otherwise. */
  readonly webRoot?: string;
  /** Whether the digest of the web app goes into the log: `rugdekking start` does, a test that counts leaves does not. */
  readonly logBundle?: boolean;
  /** Connections to the database. */
  readonly connections?: number;
  /** Milliseconds a time-stamp authority may take; 10,000. */
  readonly timestampTimeout?: number;
  /** Evaluations of fingerprints for one desk; what the contract says unless a test needs less. */
  readonly fingerprintPace?: { readonly burst: number; readonly perDay: number };
  /** Whether jobs run by the clock; true. Tests say false and call `mailRound`, `deliveryRound`, `sweep` and `terms`. */
  readonly jobs?: boolean;
}

/** A running house. */
export interface House {
  /** Address it listens on. */
  readonly url: string;
  readonly anchor: TrustAnchor;
  readonly db: Database;
  /** Sends the mail that waits, now. Resolves with how many went out. */
  mailRound(): Promise<number>;
  /** Tells systems outside what waits for them, now. */
  deliveryRound(): ReturnType<RunningDeliveries["round"]>;
  /** Asks the witnesses to cosign the log's head, now. Resolves with how many have. */
  witnessRound(): Promise<number>;
  /** Clears what has ended by itself, now. */
  sweep(): Promise<void>;
  /** Makes terms heard that have something to say, now; and the weekly word when it was not given yet. */
  terms(): Promise<TermsRun>;
  /** Announces and carries out erasing that is due, now. */
  erasures(): Promise<ErasureRun>;
  /** Jobs of this house; null when none run by the clock. */
  readonly jobs: Jobs | null;
  /** Port at which Prometheus may ask; null when nobody may. */
  readonly metricsPort: number | null;
  /** Says it is not ready, stops taking requests, finishes those that run, then closes everything; within the bounds of the settings. Safe to call twice. */
  stop(): Promise<void>;
}

/** How often a server says that it is there. */
const announceSeconds = 30;
/** News of recovery belongs to no organisation; the outbox is led by one. */
const recoveryTenant = "recovery";

/**
 * Starts a house. Whatever was opened is closed again when a later step fails.
 * @throws Problem `unavailable` when the data directory is in use, the database cannot be reached, or production meets a demonstration world.
 */
export async function openHouse(settings: Settings, extras: HouseExtras = {}): Promise<House> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    await mkdir(settings.data, { recursive: true });
    const { db, url } = await openStorage(settings, extras, closers);
    const parts = await furnish(db, url, settings, extras, closers);
    return { ...parts, db, stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openStorage(
  settings: Settings,
  extras: HouseExtras,
  closers: (() => Promise<void>)[],
): Promise<{ readonly db: Database; readonly url: string }> {
  let url = settings.database;
  if (url === null) {
    const embedded = await startEmbedded({
      directory: settings.data,
      onEnded: () => extras.unforeseen?.({ route: "database", name: "PostgreSQL ended and is started again", code: "", at: "" }),
    });
    closers.push(async () => await embedded.stop());
    ({ url } = embedded);
  }
  const db = openDatabase(url, { connections: extras.connections ?? 16 });
  closers.push(async () => await db.destroy());
  if (settings.migrate) await migrate(db, houseMigrations);
  else {
    const [first] = await pendingMigrations(db, houseMigrations);
    if (first !== undefined)
      throw new Problem(
        "unavailable",
        `The schema of the database is older than this program: ${first} was not applied`,
        "Run rugdekking migrate with this version first.",
      );
  }
  return { db, url };
}

async function furnish(
  db: Database,
  database: string,
  settings: Settings,
  extras: HouseExtras,
  closers: (() => Promise<void>)[],
): Promise<Pick<House, "url" | "anchor" | "mailRound" | "deliveryRound" | "witnessRound" | "sweep" | "terms" | "erasures" | "jobs" | "metricsPort">> {
  const clock =
    extras.clock ??
    steadyClock(() => extras.unforeseen?.({ route: "clock", name: "the machine's clock was set back and is not believed; set it right", code: "", at: "" }));
  if ((await readSetting(db, "restoring")) !== null)
    throw new Problem("unavailable", "A restore into this database was not finished, so what is in it was not checked", "Empty the place and restore again.");
  const name = settings.origin === null ? settings.host : new URL(settings.origin).hostname;
  const secrets = await readSecrets(settings.keys, name);
  const keys = await holdToKeys(db, secrets, settings.newKeys);
  const registrar = await settleWorld(db, settings, extras.registrar ?? secrets.registrar);
  const organisations = [...(await readOrganisations()), ...(extras.organisations ?? [])];
  await saveOrganisations(db, organisations);
  const { production } = settings;
  const known = { production, workflows, organisations: new Set(organisations.map(({ id }) => id)) };
  const destinations = settings.integrations === null ? [] : await readIntegrations(settings.integrations, known);
  const providers: Awaited<ReturnType<typeof readProviders>> =
    settings.organisationSignIn === null ? new Map() : await readProviders(settings.organisationSignIn, known);
  if (destinations.length > 0) await settlePointer(db, secrets.pointer);
  const sequencer = await openSequencer(db, { signerKey: secrets.logSigner });
  closers.push(async () => await sequencer.stop());
  await settle(db, "log", sequencer.verifierKey);
  const timestampRoots = await readRoots(settings.timestampRoots);
  const fingerprints = await settleFingerprints(db, secrets.fingerprints);
  const witnessSettings = settings.witnesses === null ? null : await readWitnesses(settings.witnesses);
  const anchor: TrustAnchor = {
    ...(witnessSettings === null ? {} : { witnesses: await settleWitnesses(db, witnessSettings) }),
    log: sequencer.verifierKey,
    registrar,
    demonstration: settings.demonstration,
    ...(timestampRoots === null ? {} : { timestampRoots }),
    fingerprints: fingerprints.settled,
  };
  const origin = settings.origin ?? `http://${settings.host}:${settings.port === 0 ? await freePort(settings.host) : settings.port}`;
  const { store: blobs, directory: blobFolder } = await openBlobs(settings.blobs, settings.database !== null);
  // The embedded database lies in the data directory, which may be another disk than that of the files.
  const [files, rows] = [
    roomOn(blobFolder ?? settings.data, settings.freeFloor),
    settings.database === null ? roomOn(settings.data, settings.freeFloor) : null,
  ];
  const room: Room = async (kind) => {
    await files(kind);
    await rows?.(kind);
  };
  const readiness = readinessOf(async () => await readSetting(db, "log"));
  // Once: dossiers of before running terms had rows of their own.
  if ((await readSetting(db, "running-terms")) === null) {
    await adoptTerms(db);
    await settle(db, "running-terms", "1");
  }
  const outside = outsideOf(destinations, secrets.pointer);
  const termLengths = await readTerms(settings.terms);
  const counted = {
    report: withLengths(report, termLengths),
    scan: withLengths(scan, termLengths),
    signal: withLengths(signal, termLengths),
    help: withLengths(help, termLengths),
    "question-set": withLengths(questionSet, termLengths),
  };
  let jobs: Jobs | null = null;
  const wake = (): void => {
    jobs?.wake("mail");
    if (destinations.length > 0) jobs?.wake("deliveries");
  };
  const version = await programVersion();
  const metrics: Metrics | null =
    settings.metricsPort === null
      ? null
      : metricsOf({
          db,
          jobs: () => jobs,
          folder: settings.data,
          version,
          level: async (purpose) => await admission.level(purpose),
          guestBytes: async () => await guestBytes(db, new Date(clock().getTime() - 24 * 3_600_000)),
          guestHouse: settings.guestHouse,
        });
  const admission = openAdmission({
    db,
    houseKey: secrets.admission,
    clock,
    deskLoad: guestsAt(db),
    work: settings.guestWork,
    watch: (event) => metrics?.admission(event),
  });
  const dossier: DossierOptions = { db, admission, sequencer, blobs, workflows: counted, termLengths, clock, outside, notify: wake };
  const services = dossierServices(dossier);
  const erasure: ErasureSettings = {
    coolingDays: settings.erasureDays,
    retention: await readRetention(settings.retention),
    origin,
    elsewhere: async (trx, id) => {
      await forgetFacts(trx, id);
      await forgetZaken(trx, id);
    },
  };
  const traces = settings.traces === null ? null : (await import("./traces.ts")).startTraces(settings.traces, version);
  if (traces !== null) closers.push(async () => await traces.stop());
  const webRoot = extras.webRoot ?? join(import.meta.dirname, "..", "..", "dist", "web");
  const bundle = extras.logBundle === true ? await logBundle(db, sequencer, webRoot) : null;
  const server = await createServer({
    origin,
    webRoot,
    publications: settings.publications,
    readiness,
    ...(traces === null ? {} : { watch: (frame) => traces.watch(frame) }),
    log: (line) => {
      extras.log?.(line);
      metrics?.request(line);
    },
    ...(extras.unforeseen === undefined ? {} : { unforeseen: extras.unforeseen }),
    plugins: [
      ledgerRoutes(db),
      admission.routes,
      releaseRoutes(db, bundle),
      ...(settings.securityContact === null ? [] : [securityText(settings.securityContact, origin, clock)]),
      directoryRoutes({
        db,
        sequencer,
        origin,
        anchor,
        decoySecret: secrets.decoy,
        clock,
        room: async () => await room("file"),
        admission,
        providers: openProviders(providers, origin, secrets.organisationSignIn),
        recoveryHours: settings.recoveryHours,
        news: async (trx, targets) => await insertNews(trx, recoveryTenant, targets),
      }),
      await processingPlugin(db, settings.processingLog, { key: secrets.processing, register: `${origin}/verwerkingen` }, extras, closers),
      timestampRoutes({
        authority: settings.timestampAuthority,
        callerOf: (request) => requireCaller(request).person,
        takeTurn: sharedPace(db, "timestamps", timestampPace, timestampRefusal),
        ...(extras.timestampTimeout === undefined ? {} : { timeout: extras.timestampTimeout }),
      }),
      async (frame) =>
        await frame.register(dossierRoutes, {
          ...dossier,
          limits: { room, perSubmission: settings.guestSubmission, perDesk: settings.guestDesk, together: settings.guestHouse },
          erasure,
        }),
      rightsRoutes({ dossiers: services, origin }),
      fingerprintRoutes({ db, sequencer, key: fingerprints.key, clock, ...(extras.fingerprintPace === undefined ? {} : { pace: extras.fingerprintPace }) }),
      monitorRoutes({ db, sequencer, houseKey: secrets.monitor, clock }),
      figureRoutes({ db, sequencer, houseKey: secrets.figures, dossiers: services, clock }),
      ...(extras.plugins ?? []),
    ],
  });
  closers.push(async () => {
    // Whoever is still not done by then is cut off; an upload goes on where it was.
    const late = setTimeout(() => server.server.closeAllConnections(), settings.stopSeconds * 1_000);
    await server.close().finally(() => clearTimeout(late));
  });
  const witnessing =
    witnessSettings === null
      ? null
      : startWitnessing({
          db,
          settings: witnessSettings,
          everySeconds: extras.jobs === false ? 0 : 2,
          onTrouble: ({ witness, what }) => extras.unforeseen?.({ route: "witnesses", name: witness, code: what, at: "" }),
        });
  closers.push(async () => await witnessing?.stop());
  const mail = startMail(db, settings, origin, extras, clock);
  const deliveries = startDeliveries(
    {
      db,
      destinations,
      workflows,
      clock,
      key: secrets.pointer,
      origin,
      onError: (error) => extras.unforeseen?.({ route: "deliveries", name: error instanceof Error ? error.name : "unknown", code: "", at: "" }),
    },
    statusWriter(join(settings.data, statusFile)),
    0,
  );
  closers.push(async () => await deliveries.stop());
  const sweepAll = async (): Promise<void> => {
    await sweep(services);
    await sweepDirectory(db, idleSince(clock()), clock());
    await sweepOrganisationSignIn(db, clock());
    await sweepJoining(db, clock());
    await sweepArrangements(db, dayOf(clock()));
    await sweepRecovery(db, clock());
    await sweepContributions(db, settings.fingerprintMonths, clock());
    await sweepTurns(db);
    await sweepAdmission(db, clock());
    await tendMonitor({ db, clock });
    await tendFigures({ db, clock });
  };
  const runAllErasures = async (): Promise<ErasureRun> => await runErasures({ services, settings: erasure });
  const runAllTerms = async (): Promise<TermsRun> => {
    await weeklyLate(services);
    await remindVacancies(db, clock());
    return await runTerms(services);
  };
  if (extras.jobs !== false) {
    const running = await startJobs({
      database,
      migrate: settings.migrate,
      unforeseen: extras.unforeseen ?? (() => undefined),
      work: {
        terms: async () => {
          await runAllTerms();
          wake();
        },
        mail: async () => {
          while ((await mail.drain()) > 0);
        },
        // Each destination goes at its own pace, so the job is done when all were woken. Nobody to tell: no file that says so either.
        deliveries: async () => (destinations.length === 0 ? undefined : deliveries.wake()),
        sweep: async () => {
          await sweepAll();
          await runAllErasures();
        },
      },
    });
    jobs = running;
    closers.push(async () => await running.stop(settings.stopSeconds * 1_000));
  }
  await stayAnnounced(db, { version, keys }, clock, closers);
  const figures =
    metrics === null || settings.metricsPort === null ? null : await serveMetrics(metrics, { host: settings.metricsHost, port: settings.metricsPort });
  if (figures !== null) closers.push(async () => await figures.close());
  const port = Number(new URL(origin).port) || settings.port;
  await server.listen({ host: settings.host, port: settings.origin === null ? port : settings.port });
  closers.push(async () => {
    readiness.leave();
    if (settings.drainSeconds > 0) await pause(settings.drainSeconds * 1_000);
  });
  // The origin, not the address it listens on: what people sign in to must be what their statements name.
  return {
    url: origin,
    anchor,
    mailRound: async () => await mail.drain(),
    deliveryRound: async () => await deliveries.round(),
    witnessRound: async () => (await witnessing?.round()) ?? 0,
    sweep: sweepAll,
    terms: runAllTerms,
    erasures: runAllErasures,
    jobs,
    metricsPort: figures?.port ?? null,
  };
}

/** How many dossiers people without an account opened at a desk since a moment. */
const guestsAt =
  (db: Database): DeskLoad =>
  async (desk, since, most) => {
    const facts = (await readDesks(db, [desk])).get(desk);
    return facts === undefined ? 0 : await countGuests(db, { desk, organisation: facts.organisation }, since, most);
  };

/** The processing log, when a file for it is named; see [Note: What the processing log says]. */
async function processingPlugin(
  db: Database,
  path: string | null,
  { key, register }: Pick<ProcessingLogOptions, "key" | "register">,
  extras: HouseExtras,
  closers: (() => Promise<void>)[],
): Promise<FastifyPluginAsync> {
  if (path === null) return async () => undefined;
  const file = await processingFile(path);
  closers.push(async () => await file.close());
  const plugin: FastifyPluginAsync = async (server) =>
    keepProcessingLog(server, {
      key,
      register,
      ownerOf: async (dossier) => (await readHead(db, dossier))?.owner ?? null,
      write: async (line) => await file.write(line),
      onError: (error) => extras.unforeseen?.({ route: "processing-log", name: error instanceof Error ? error.name : "unknown", code: "", at: "" }),
    });
  // Not encapsulated: it is for the routes that come after it.
  return Object.assign(plugin, { [Symbol.for("skip-override")]: true });
}

/** Says twice a minute that this server is there, and at the end that it goes: `rugdekking doctor` compares them. */
async function stayAnnounced(
  db: Database,
  what: { readonly version: string; readonly keys: string },
  clock: () => Date,
  closers: (() => Promise<void>)[],
): Promise<void> {
  const sign = { id: randomUUID(), ...what, started: clock() };
  await announceServer(db, sign, clock());
  const timer = setInterval(() => void announceServer(db, sign, clock()).catch(() => undefined), announceSeconds * 1_000);
  timer.unref();
  closers.push(async () => {
    clearInterval(timer);
    await leaveServer(db, sign.id).catch(() => undefined);
  });
}

/** Once a week: leads hear that there is news when an office of their desk has no holder; which one stands on the desk's page. */
async function remindVacancies(db: Database, at: Date): Promise<void> {
  const day = new Date(`${dayOf(at)}T00:00:00Z`);
  const monday = new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
  await inTransaction(db, async (trx) => {
    for (const { organisation, leads } of await claimVacancyReminders(trx, monday))
      await insertNews(
        trx,
        organisation,
        leads.map((person) => ({ person })),
      );
  });
}

/** This house's own term lengths; none without a file. @throws Problem `input-malformed` naming the file and the row. */
async function readTerms(path: string | null): Promise<TermLengths> {
  if (path === null) return {};
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch {
    throw new Problem("input-malformed", `${path} cannot be read as JSON`, 'Give --terms a file like {"signal-weigh": {"length": {"workingDays": 2}}}.');
  }
  try {
    return readTermLengths(value, Object.values(workflows));
  } catch (error) {
    if (!(error instanceof TermLengthError)) throw error;
    throw new Problem("input-malformed", `${path} ${error.message}`, "Mend that row; docs/workflows.md lists the terms.");
  }
}

/**
 * The key of fingerprints, as this database was set up with. A lost key file stops no house: what is said there stays readable, only fingerprints answer that they cannot.
 * @returns `settled`: public key that clients pin; `key`: null when the file holds another.
 */
async function settleFingerprints(db: Database, seed: Uint8Array): Promise<{ readonly settled: string; readonly key: EvaluationKey | null }> {
  const key = evaluationKey(seed);
  const publicKey = Buffer.from(key.publicKey).toString("base64url");
  const settled = await settle(db, "fingerprints", publicKey);
  return { settled, key: settled === publicKey ? key : null };
}

/** What clients are told of the witnesses; from which leaf on is fixed the first time. */
async function settleWitnesses(db: Database, { quorum, witnesses }: WitnessSettings): Promise<NonNullable<TrustAnchor["witnesses"]>> {
  const head = await readCheckpoint(db);
  const size = head === null ? 0 : parseCheckpoint(parseNote(head).text).size;
  return { keys: witnesses.map(({ key }) => key), quorum, from: Number(await settle(db, "witnesses-from", String(size))) };
}

/**
 * Holds the key of pointers to the one this database began with: under another, or half a one, every dossier would get a second zaak and a name that nobody knows. Only a house that tells systems outside has need of it.
 * @throws Problem `unavailable`.
 */
async function settlePointer(db: Database, key: Uint8Array): Promise<void> {
  const mark = pointerKeyMark(key);
  if (mark !== null && (await settle(db, "pointer", mark)) === mark) return;
  throw new Problem(
    "unavailable",
    mark === null ? "keys/pointer does not hold a key of 32 bytes" : "keys/pointer is not the key that this database names dossiers with to systems outside",
    "Restore keys/pointer from a backup of the data directory, or start without --integrations: nothing is told outside then.",
  );
}

/** The root certificates clients are told to judge time stamps by, DER as base64url; null when there is no authority. @throws Problem `input-malformed` naming the file. */
async function readRoots(path: string | null): Promise<string[] | null> {
  if (path === null) return null;
  try {
    return readCertificates(await readFile(path, "utf8")).map((der) => new X509Certificate(der).raw.toString("base64url"));
  } catch {
    throw new Problem(
      "input-malformed",
      `${path} holds no root certificates that can be read`,
      "Give --timestamp-roots a PEM file with the root of your time-stamp authority.",
    );
  }
}

/**
 * Fixes what may never change under the data: the registrar, and whether this is a demonstration.
 * @returns the registrar's public key in force; empty when none was set yet (desks cannot be made until then).
 */
async function settleWorld(db: Database, settings: Settings, registrar: string | null): Promise<string> {
  const world = await readSetting(db, "demonstration");
  if (world !== null && settings.production)
    throw new Problem("unavailable", "This database holds a demonstration world", "Start production with an empty data directory or database.");
  if (world !== null && !settings.demonstration)
    throw new Problem("unavailable", "This database holds a demonstration world", "Start it with --demonstration, or choose another --data directory.");
  if (world === null && settings.demonstration && (await hasPersons(db)))
    throw new Problem("unavailable", "People are registered here; it never becomes a demonstration", "Choose another --data directory for the demonstration.");
  if (settings.demonstration) await settle(db, "demonstration", "1");
  if (registrar === null) return (await readSetting(db, "registrar")) ?? "";
  const held = await settle(db, "registrar", registrar);
  if (held !== registrar)
    throw new Problem("unavailable", "This database belongs to another registrar", "Start with the registrar's public key it was set up with.");
  return held;
}

function startMail(db: Database, settings: Settings, site: string, extras: HouseExtras, clock: () => Date): { drain(): Promise<number> } {
  const transport: Pick<Transporter, "sendMail"> | null = settings.mail === null ? null : createTransport(settings.mail);
  if (transport === null) return { drain: async () => 0 };
  return startNewsMail({
    db,
    transport,
    from: settings.mailFrom,
    site,
    clock,
    guestsAt: async (trx, desk, since, most) => await guestsAt(trx)(desk, since, most),
    addressesOf: async (trx, target) => await mailAddressesOf(trx, target, dayOf(clock())),
    // Never the address and never the server's words, which may hold one.
    onError: (error) => extras.unforeseen?.({ route: "mail", name: error instanceof Error ? error.name : "unknown", code: "", at: "" }),
  });
}

/** A port nobody listens on now; the origin must be known before the server listens, since routes are bound to it. */
async function freePort(host: string): Promise<number> {
  const { createServer: probe } = await import("node:net");
  return await new Promise((resolve, reject) => {
    const server = probe().once("error", reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
