/** Holds the schema to the part of PostgreSQL that distributed engines share (tech B15); called by the test over all migrations. */
import type { StoreMigration } from "./migrations.ts";

/**
 * Columns a table may be distributed by: each primary key begins with one, so that a row's place follows from its key.
 * `organisation`, `desk`, `person`, `dossier`: the tenant or what belongs to exactly one tenant.
 * `wave`: one wave of the survey, a tenant of its own: what it keeps belongs to no organisation and to nobody.
 * `quarter`: one quarter of anonymous facts, likewise.
 * `recovery`: one recovery set, of one person or one desk, which a claim names before a person is known.
 * `log`: the one transparency log. `handle`, `challenge`, `session`, `invitation`, `receipt`, `upload`, `kind`, `fingerprint`: tables that are looked up before a tenant is known.
 */
export const distributionColumns = [
  "organisation",
  "desk",
  "person",
  "dossier",
  "wave",
  "quarter",
  "recovery",
  "log",
  "handle",
  "challenge",
  "session",
  "invitation",
  "receipt",
  "upload",
  "kind",
  "fingerprint",
] as const;

/** One place where a migration leaves the portable subset. */
export interface PortabilityBreach {
  readonly migration: string;
  readonly what: string;
}

/** Words that make a statement unportable, and why. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\b(listen|notify)\b/i, "LISTEN/NOTIFY does not exist everywhere: poll"],
  [/\bpg_(try_)?advisory/i, "advisory locks are no-ops elsewhere: use a lock row"],
  [/\bcreate\s+domain\b/i, "no domains"],
  [/\b(int4|int8|num|ts|tstz|date)(multi)?range\b/i, "no range types"],
  [/\bexclude\b/i, "no EXCLUDE constraints"],
  [/\busing\s+(gist|gin|brin|spgist|hash)\b/i, "b-tree indexes only"],
  [/\b(deferrable|deferred)\b/i, "no deferrable constraints"],
  [/\b(xmin|ctid)\b/i, "no system columns: keep your own version bigint"],
  [/\b(small|big)?serial\b|\bsequence\b|\bidentity\b|\bnextval\b/i, "no sequences: UUIDv7 made in the application"],
  [/\btrigger\b|\bcreate\s+(or\s+replace\s+)?(function|procedure|rule)\b/i, "no triggers, rules or functions"],
  [/\bgenerated\b/i, "no generated columns"],
  [/\bunlogged\b|\binherits\b|\bfillfactor\b|\btablespace\b/i, "no storage settings"],
  [/\bcheck\s+option\b/i, "no view CHECK OPTION"],
  [/\bpartition\b/i, "no partitioning"],
  [/\bon\s+delete\s+(cascade|set)\b/i, "deletes are said in the application"],
  [/\binclude\s*\(/i, "no covering indexes"],
  [/\bcreate\s+(temp|temporary|materialized|extension)\b/i, "tables and indexes only"],
];

const columnTypes = ["uuid", "text", "bigint", "boolean", "bytea", "jsonb", "timestamptz", "date"];

/**
 * Looks for what would not run, or would run otherwise, on Citus, YugabyteDB or CockroachDB.
 * @param columns columns a primary key may begin with, default {@link distributionColumns}.
 * @returns every breach found; empty when portable.
 */
export function checkPortable(migrations: readonly StoreMigration[], columns: readonly string[] = distributionColumns): PortabilityBreach[] {
  const breaches: PortabilityBreach[] = [];
  for (const { id, statement } of migrations) {
    const say = (what: string): number => breaches.push({ migration: id, what });
    // Comments and texts are not SQL words.
    const text = statement.replace(/--[^\n]*/g, " ").replace(/'[^']*'/g, "''");
    for (const [pattern, why] of forbidden) if (pattern.test(text)) say(`${why} (found "${pattern.exec(text)?.[0] ?? ""}")`);
    if (text.trim().replace(/;\s*$/, "").includes(";")) say("one DDL statement per migration");
    if (!/^\s*(create\s+(table|index|unique\s+index)|alter\s+table|drop\s+(table|index))\b/i.test(text)) say("only CREATE/ALTER/DROP TABLE or INDEX");
    if (/^\s*create\s+table\b/i.test(text)) for (const what of tableBreaches(text, columns)) say(what);
    const unique = /\bunique\s+index\b[^(]*\(([^)]*)\)/i.exec(text)?.[1];
    if (unique !== undefined && !columns.includes(firstWord(unique))) say(`a unique index must begin with a distribution column, not "${firstWord(unique)}"`);
  }
  return breaches;
}

function tableBreaches(text: string, columns: readonly string[]): string[] {
  const body = text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"));
  const breaches: string[] = [];
  const lines = splitDefinitions(body);
  const inline = lines.find((line) => !/^(primary|constraint|unique|foreign|check)\b/i.test(line) && /\bprimary\s+key\b/i.test(line));
  const first = inline === undefined ? firstWord(/\bprimary\s+key\s*\(([^)]*)\)/i.exec(body)?.[1] ?? "") : firstWord(inline);
  if (first === "") breaches.push("a table needs a primary key");
  else if (!columns.includes(first)) breaches.push(`the primary key begins with "${first}", which is no distribution column`);
  for (const line of lines) {
    const inner = /^(?:constraint\s+\w+\s+)?(?:unique|foreign\s+key)\s*\(([^)]*)\)/i.exec(line)?.[1];
    if (inner !== undefined && !columns.includes(firstWord(inner))) breaches.push(`"${line}" does not begin with a distribution column`);
    if (/^(primary|constraint|unique|foreign|check)\b/i.test(line)) continue;
    const type = line.split(/\s+/)[1]?.toLowerCase() ?? "";
    if (!columnTypes.includes(type)) breaches.push(`column "${firstWord(line)}" is of type "${type}"; allowed: ${columnTypes.join(", ")}`);
    if (inline !== line && /\bunique\b/i.test(line)) breaches.push(`column "${firstWord(line)}" is unique without the tenant`);
  }
  return breaches;
}

/** Splits at commas that stand outside parentheses. */
function splitDefinitions(body: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const character of body) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "," && depth === 0) {
      parts.push(part.trim());
      part = "";
    } else part += character;
  }
  parts.push(part.trim());
  return parts.filter((line) => line !== "");
}

const firstWord = (text: string): string => /^\s*"?(\w+)/.exec(text)?.[1] ?? "";
