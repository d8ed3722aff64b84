/** Reads what an operator may set, from options and environment, and says what is wrong with it. For the command line and tests. */
import { join, resolve } from "node:path";
import { recoveryHours } from "#services/directory/contract/recovery.ts";
import { Problem } from "#services/problem/index.ts";

/** How a house is run. */
export interface Settings {
  /** Where keys, the embedded database and sealed attachments are kept. */
  readonly data: string;
  /** `postgres://…` of a server elsewhere; null for the embedded one. */
  readonly database: string | null;
  /** Folder of the house's own secrets: the same on every server, may be read-only; `<data>/keys` unless told otherwise. */
  readonly keys: string;
  /** Where sealed files are kept: a folder that all servers share, or a JSON file that names an S3-compatible store; `<data>/blobs` unless told otherwise. */
  readonly blobs: string;
  /** Folder of publications, the same on every server; `<data>/publications` unless told otherwise. */
  readonly publications: string;
  /** Whether a start brings the schema up to date; else it must be (`rugdekking migrate`). */
  readonly migrate: boolean;
  /** Names of keys that were lost for good: the one in the folder counts from now on. */
  readonly newKeys: readonly string[];
  /** Seconds that a server which was told to stop goes on answering, while it says it is not ready: time for a balancer to notice. */
  readonly drainSeconds: number;
  /** Seconds that requests and jobs under way then get to end. */
  readonly stopSeconds: number;
  /** Port at which Prometheus may ask for figures; null answers nobody. 0: any free one. */
  readonly metricsPort: number | null;
  /** Where that port listens; loopback unless told otherwise. */
  readonly metricsHost: string;
  /** `https://collector/v1/traces`; null sends no traces. */
  readonly traces: string | null;
  readonly host: string;
  readonly port: number;
  /** Origin people use; differs from host and port behind a proxy. Null: `http://<host>:<port>`. */
  readonly origin: string | null;
  /** `smtp://…`; null sends no mail. */
  readonly mail: string | null;
  /** Sender of the one mail there is. */
  readonly mailFrom: string;
  /** `https://…` of an RFC 3161 time-stamp authority; null asks none. */
  readonly timestampAuthority: string | null;
  /** PEM file with the root certificates by which that authority's stamps are judged; needed with it. */
  readonly timestampRoots: string | null;
  /** JSON file with this house's own term lengths; null counts by the tables. */
  readonly terms: string | null;
  /** Whole months that contributed fingerprints are kept; 24. */
  readonly fingerprintMonths: number;
  /** Hours that recovery waits at least between the second confirmation and the handing out; 72. */
  readonly recoveryHours: number;
  /** File with the systems outside that hear that there is news (docs/integrations.md); null tells none. */
  readonly integrations: string | null;
  /** File with the witnesses to ask (docs/witness.md); null asks none. */
  readonly witnesses: string | null;
  /** Where to report a weakness, for /.well-known/security.txt: `mailto:…` or `https://…`; null serves none. */
  readonly securityContact: string | null;
  /** Days in which an owner may undo erasing a dossier, 0 to 30; 7. */
  readonly erasureDays: number;
  /** JSON file with how long ended dossiers are kept (docs/retention.md); null erases none by itself. */
  readonly retention: string | null;
  /** File the Logboek dataverwerkingen is written to, one line per operation (docs/retention.md); null writes none. */
  readonly processingLog: string | null;
  /** File with the sign-in of organisations (docs/organisation-sign-in.md); null asks nobody for it. */
  readonly organisationSignIn: string | null;
  /** Hashes that one of sixteen pieces of work takes whoever is not signed in on an ordinary day; 512. */
  readonly guestWork: number;
  /** Bytes of files that are taken without an account: for one dossier, for one desk in a day, and for the whole house in a day (with what waits). */
  readonly guestSubmission: number;
  readonly guestDesk: number;
  readonly guestHouse: number;
  /** Bytes of the disk below which files of guests are refused; below half of it everybody's but desks', below a quarter all files, below an eighth words without a desk too. */
  readonly freeFloor: number;
  readonly production: boolean;
  readonly demonstration: boolean;
}

/** What may be given by hand; the rest comes from RUGDEKKING_… in the environment or has a default. */
export type GivenSettings = Partial<Settings>;

/** An authority without roots would be believed whatever it said; roots without an authority are a slip of the pen. */
function checkAuthority({ timestampAuthority, timestampRoots }: Settings, refuse: (what: string, mend: string) => never): void {
  if ((timestampAuthority === null) !== (timestampRoots === null))
    refuse("A time-stamp authority and its root certificates go together", "Give both --timestamp-authority URL and --timestamp-roots FILE.pem, or neither.");
  if (timestampAuthority === null) return;
  const url = URL.parse(timestampAuthority);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:"))
    refuse("The time-stamp authority is not an http(s) address", "Give --timestamp-authority https://name/path.");
  if (url !== null && (url.username !== "" || url.password !== ""))
    refuse("The address of the time-stamp authority holds a name or password", "Use an authority that answers without one, or a proxy that adds it.");
}

/**
 * Completes the settings.
 * @throws Problem `input-malformed` naming the setting, `unavailable` when production and demonstration are asked together.
 */
export function readSettings(given: GivenSettings, environment: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const from = (name: string): string | null => environment[`RUGDEKKING_${name}`] ?? null;
  const mebibytes = (name: string, usual: number): number => Number(from(name) ?? usual) * 1024 ** 2;
  const data = resolve(given.data ?? from("DATA") ?? "data");
  const settings: Settings = {
    data,
    keys: resolve(given.keys ?? from("KEYS") ?? join(data, "keys")),
    blobs: resolve(given.blobs ?? from("BLOBS") ?? join(data, "blobs")),
    publications: resolve(given.publications ?? from("PUBLICATIONS") ?? join(data, "publications")),
    migrate: given.migrate ?? from("MIGRATE") !== "0",
    newKeys: given.newKeys ?? [],
    drainSeconds: given.drainSeconds ?? Number(from("DRAIN_SECONDS") ?? 0),
    stopSeconds: given.stopSeconds ?? Number(from("STOP_SECONDS") ?? 25),
    metricsPort: given.metricsPort ?? (from("METRICS_PORT") === null ? null : Number(from("METRICS_PORT"))),
    metricsHost: given.metricsHost ?? from("METRICS_HOST") ?? "127.0.0.1",
    traces: given.traces ?? from("TRACES"),
    database: given.database ?? from("DATABASE"),
    host: given.host ?? from("HOST") ?? "127.0.0.1",
    port: given.port ?? Number(from("PORT") ?? 7420),
    origin: given.origin ?? from("ORIGIN"),
    mail: given.mail ?? from("MAIL"),
    mailFrom: given.mailFrom ?? from("MAIL_FROM") ?? "Rugdekking <niet-beantwoorden@rugdekking.example.nl>",
    timestampAuthority: given.timestampAuthority ?? from("TIMESTAMP_AUTHORITY"),
    timestampRoots: given.timestampRoots ?? from("TIMESTAMP_ROOTS"),
    terms: given.terms ?? from("TERMS"),
    fingerprintMonths: given.fingerprintMonths ?? Number(from("FINGERPRINT_MONTHS") ?? 24),
    recoveryHours: given.recoveryHours ?? Number(from("RECOVERY_HOURS") ?? recoveryHours.usual),
    integrations: given.integrations ?? from("INTEGRATIONS"),
    witnesses: given.witnesses ?? from("WITNESSES"),
    securityContact: given.securityContact ?? from("SECURITY_CONTACT"),
    erasureDays: given.erasureDays ?? Number(from("ERASURE_DAYS") ?? 7),
    retention: given.retention ?? from("RETENTION"),
    processingLog: given.processingLog ?? from("PROCESSING_LOG"),
    organisationSignIn: given.organisationSignIn ?? from("ORGANISATION_SIGN_IN"),
    guestWork: given.guestWork ?? Number(from("GUEST_WORK") ?? 512),
    guestSubmission: given.guestSubmission ?? mebibytes("GUEST_SUBMISSION_MIB", 4_096),
    guestDesk: given.guestDesk ?? mebibytes("GUEST_DESK_MIB", 10_240),
    guestHouse: given.guestHouse ?? mebibytes("GUEST_HOUSE_MIB", 20_480),
    freeFloor: given.freeFloor ?? mebibytes("FREE_FLOOR_MIB", 4_096),
    production: given.production ?? from("PRODUCTION") === "1",
    demonstration: given.demonstration ?? false,
  };
  const refuse = (what: string, mend: string): never => {
    throw new Problem("input-malformed", what, mend);
  };
  if (!Number.isInteger(settings.port) || settings.port < 0 || settings.port > 65_535)
    refuse("The port is not a number from 0 to 65535", "Give --port 7420, or leave it out.");
  if (!Number.isInteger(settings.fingerprintMonths) || settings.fingerprintMonths < 1 || settings.fingerprintMonths > 120)
    refuse("The months that fingerprints are kept are not a number from 1 to 120", "Set RUGDEKKING_FINGERPRINT_MONTHS=24, or leave it out.");
  if (!Number.isInteger(settings.guestWork) || settings.guestWork < 1 || settings.guestWork > 8_192)
    refuse("The work asked of guests is not a number from 1 to 8192", "Set RUGDEKKING_GUEST_WORK=512, or leave it out.");
  for (const [name, bytes] of [
    ["GUEST_SUBMISSION_MIB", settings.guestSubmission],
    ["GUEST_DESK_MIB", settings.guestDesk],
    ["GUEST_HOUSE_MIB", settings.guestHouse],
    ["FREE_FLOOR_MIB", settings.freeFloor],
  ] as const)
    if (!Number.isSafeInteger(bytes) || bytes < 0) refuse(`RUGDEKKING_${name} is not a whole number of mebibytes`, "Give a whole number, or leave it out.");
  if (!Number.isInteger(settings.erasureDays) || settings.erasureDays < 0 || settings.erasureDays > 30)
    refuse("The days in which erasing can be undone are not a number from 0 to 30", "Set RUGDEKKING_ERASURE_DAYS=7, or leave it out.");
  for (const [name, seconds] of [
    ["DRAIN_SECONDS", settings.drainSeconds],
    ["STOP_SECONDS", settings.stopSeconds],
  ] as const)
    if (!Number.isInteger(seconds) || seconds < 0 || seconds > 600)
      refuse(`RUGDEKKING_${name} is not a number of seconds from 0 to 600`, "Give a whole number, or leave it out.");
  if (settings.metricsPort !== null && !(Number.isInteger(settings.metricsPort) && settings.metricsPort >= 0 && settings.metricsPort <= 65_535))
    refuse("The port for figures is not a number from 0 to 65535", "Give --metrics-port 9420, or leave it out.");
  if (settings.traces !== null && (!/^https?:\/\/[^@]+$/.test(settings.traces) || URL.parse(settings.traces) === null))
    refuse("The collector of traces is not an http(s) address without a name or password", "Give --traces https://collector.example.nl/v1/traces.");
  if (!Number.isInteger(settings.recoveryHours) || settings.recoveryHours < recoveryHours.least || settings.recoveryHours > recoveryHours.most)
    refuse(
      `The hours that recovery waits are not a number from ${recoveryHours.least} to ${recoveryHours.most}`,
      "Set RUGDEKKING_RECOVERY_HOURS=72, or leave it out.",
    );
  if (settings.database !== null && !/^postgres(?:ql)?:\/\//.test(settings.database))
    refuse("The database address does not start with postgres://", "Give --database postgres://user:password@host/name.");
  if (settings.mail !== null && !/^smtps?:\/\//.test(settings.mail))
    refuse("The mail address does not start with smtp://", "Set RUGDEKKING_MAIL=smtp://host:port.");
  if (settings.origin !== null && URL.parse(settings.origin)?.origin !== settings.origin)
    refuse("The origin is not of the form https://name", "Set RUGDEKKING_ORIGIN without a path.");
  if (settings.securityContact !== null && !/^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/u.test(settings.securityContact))
    refuse("The contact for security reports is no mailto: or https: address", "Set RUGDEKKING_SECURITY_CONTACT=mailto:security@your.name.");
  checkAuthority(settings, refuse);
  if (settings.production && settings.demonstration)
    throw new Problem("unavailable", "A demonstration world is never part of production", "Leave --demonstration out, or start without --production.");
  if (settings.production && !(settings.origin ?? "").startsWith("https://"))
    refuse("Production needs an https origin", "Set RUGDEKKING_ORIGIN=https://your.name and let a proxy do TLS.");
  return settings;
}
