/**
 * BEWIJS.html: per file what was written down and stamped, who had it, and in plain Dutch what that proves and what not. Only build and verify call this: verify writes the page anew from
 * what it checked and compares, so nobody can make the page say something else than the proofs.
 */
import type { CaptureRecord } from "#services/dossier/contract/capture.ts";
import type { CustodyLine } from "./custody.ts";

/** Number of the wording. Raise it whenever a single letter of the page changes (a test says so): an older bundle's page is then no longer compared, and verify says that. */
export const PAGE_VERSION = 2;

/** One file of evidence. */
export interface PageEvidence {
  /** Name of the readable file in the bundle, or null when it is not in it. */
  readonly original: string | null;
  /** Name of the exported capture record. */
  readonly capture: string;
  readonly record: CaptureRecord;
  /** Number of the entry it came with. */
  readonly entry: number;
  readonly stamps: readonly { readonly file: string; readonly at: string; readonly authority: string }[];
}

/** Everything the page says. */
export interface PageFacts {
  readonly dossier: string;
  readonly madeAt: string;
  readonly demonstration: boolean;
  readonly whole: boolean;
  readonly evidence: readonly PageEvidence[];
  readonly custody: readonly CustodyLine[];
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
/**
 * What a page draws as nothing or uses to turn text around: control and format characters, fillers, variation selectors, tags, halves of pairs. Written out and not by property: those grow with
 * each Unicode, and then build and verify would no longer make the same page.
 */
const unseen: readonly (readonly [from: string, to: string])[] = [
  ["0", "1f"],
  ["7f", "9f"],
  ["ad", "ad"],
  ["34f", "34f"],
  ["61c", "61c"],
  ["115f", "1160"],
  ["17b4", "17b5"],
  ["180b", "180f"],
  ["200b", "200f"],
  ["2028", "202e"],
  ["2060", "206f"],
  ["2800", "2800"],
  ["3164", "3164"],
  ["d800", "dfff"],
  ["fe00", "fe0f"],
  ["feff", "feff"],
  ["ffa0", "ffa0"],
  ["fff0", "fffb"],
  ["1bca0", "1bca3"],
  ["1d173", "1d17a"],
  ["e0000", "e0fff"],
];
const unshown = new RegExp(`[${unseen.map(([from, to]) => String.raw`\u{${from}}-\u{${to}}`).join("")}]`, "gu");
/** `[U+202E]`: two names that look alike must not be alike on the page. */
const shown = (mark: string): string => `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
/** Text of others, made harmless. */
const say = (text: string): string => text.replaceAll(unshown, shown).replaceAll(/[&<>"']/gu, (letter) => escapes[letter] ?? letter);

/** `2026-03-12T10:11:12.345Z` -> `12-03-2026 om 10:11:12 (UTC)`; not by Intl, whose words differ from one device to the next. */
const moment = (at: string): string => `${at.slice(8, 10)}-${at.slice(5, 7)}-${at.slice(0, 4)} om ${at.slice(11, 19)} (UTC)`;

const ways: Readonly<Record<CaptureRecord["how"], string>> = {
  file: "gekozen als bestand",
  paste: "geplakt",
  camera: "gemaakt met de camera",
  share: "gedeeld vanuit een andere app",
  import: "ingelezen uit een export",
  extension: "vastgelegd met de browser-extensie",
};

/** A name as a shell takes it letter by letter; in double quotes `$(…)` would run. */
const quoted = (name: string): string => say(`'${name.replaceAll("'", String.raw`'\''`)}'`);

const row = (label: string, value: string): string => `<dt>${label}</dt><dd>${value}</dd>\n`;
const rowIf = (label: string, value: string | null): string => (value === null || value === "" ? "" : row(label, say(value)));

function evidence(one: PageEvidence): string {
  const { record, stamps } = one;
  const stamped = stamps.map(
    ({ file, at, authority }) =>
      row("Tijdstempel", `${moment(at)} van ${say(authority)}`) +
      row("Zelf controleren", `<code>openssl ts -verify -data ${quoted(one.capture)} -in ${quoted(file)} -CAfile timestamps/roots.pem</code>`),
  );
  return `<section>
<h3>${say(record.name)}</h3>
<dl>
${rowIf("Bestand in deze bundel", one.original)}${row("Grootte", `${record.size} bytes`)}${row("SHA-256", `<code>${record.sha256}</code>`)}${row("Vastgelegd", `${moment(record.capturedAt)}, volgens de klok van het toestel`)}${row("Hoe", ways[record.how])}${rowIf("Adres (zoals opgegeven)", record.from.url)}${rowIf("Account (zoals opgegeven)", record.from.account)}${rowIf("Platform (zoals opgegeven)", record.from.platform)}${row("Verstuurd met", `bericht ${one.entry}`)}${stamped.length === 0 ? row("Tijdstempel", "er is er geen") : stamped.join("")}</dl>
</section>
`;
}

/** The page: one file, no script, nothing fetched from elsewhere. */
export function evidencePage(facts: PageFacts): string {
  // Only where there is such a file: a page without one stays as it was, to the letter.
  const captured = facts.evidence.some(({ record }) => record.how === "extension");
  const stamped = facts.evidence.some(({ stamps }) => stamps.length > 0);
  return `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Uw bewijs</title>
<style>
body { font: 1.1rem/1.5 sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1b2430; background: #fbfaf7; }
dl { display: grid; grid-template-columns: 12rem 1fr; gap: 0.25rem 1rem; }
dt { color: #4a5563; } dd { margin: 0; overflow-wrap: anywhere; }
section { border-top: 1px solid #c9c4b8; }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr; } }
@media print { body { margin: 0; background: none; } section { break-inside: avoid; } }
</style>
</head>
<body>
<h1>Uw bewijs</h1>
${facts.demonstration ? "<p><strong>Demonstratie: alles in deze bundel is verzonnen.</strong></p>\n" : ""}<p>Dit hoort bij dossier ${say(facts.dossier)}. De bundel is gemaakt op ${moment(facts.madeAt)}.${facts.whole ? "" : " Alleen de stukken die de maker mag lezen, staan erin."}</p>
<p>De tijden staan in UTC. In Nederland is het een uur later, en in de zomer twee uur.</p>

<h2>Wat bewijst dit?</h2>
<ul>
<li>De bestanden zijn niet veranderd sinds ze zijn vastgelegd. Dat laat het controlegetal (SHA-256) zien.</li>
<li>Degene die het bewijs verstuurde, heeft het ondertekend.</li>
<li>Het bewijs staat in het openbare logboek. Niemand kan het daar weghalen zonder dat het opvalt.</li>
${stamped ? "<li>Een tijdstempel bewijst dat precies deze bytes op dat moment al bestonden. Dat zegt een dienst van buiten, die het bestand zelf nooit heeft gezien.</li>\n" : ""}</ul>
<h2>Wat bewijst dit niet?</h2>
<ul>
<li>Dat een bericht echt is. Een schermafbeelding kan nagemaakt zijn.</li>
${captured ? "<li>Dat een pagina echt zo was toen de browser-extensie haar vastlegde. Op een eigen computer kan iemand een pagina veranderen, ook zonder sporen.</li>\n<li>Dat het account en de tijd in vastlegging.json kloppen. Dat is wat de pagina toonde.</li>\n" : ""}<li>Wie het bericht heeft geschreven.</li>
<li>Dat het adres, het account en het platform kloppen. Die zijn opgegeven door wie het vastlegde.</li>
<li>Dat de klok van het toestel goed liep. Alleen een tijdstempel komt van een ander.</li>
<li>Dat het bestand niet ouder is. Een tijdstempel zegt: niet later dan dit moment.</li>
${stamped ? "<li>Dat de dienst achter een tijdstempel echt is. Het certificaat in timestamps/roots.pem zit in deze bundel zelf. Wie een bundel maakt, kan ook een certificaat maken. Vraag het certificaat aan de dienst zelf en controleer daarmee.</li>\n" : ""}</ul>
<p>Vertrouw deze bladzijde pas na de controle: <code>rugdekking verify DEZE-MAP --pin SLEUTELBESTAND</code>. Die kijkt ook of deze bladzijde klopt.</p>

<h2>De bestanden</h2>
${facts.evidence.length === 0 ? "<p>Er zijn geen bestanden met een vastlegging.</p>\n" : facts.evidence.map(evidence).join("")}
<h2>Wie had het, en sinds wanneer?</h2>
<p>Dit komt uit de ondertekende stukken. De tijden zijn van wie tekende.</p>
<p>Deze lijst kan onvolledig zijn. Er staat alleen in wat ondertekend is en wat de maker van deze bundel mag zien. Wie een stuk op een andere manier kreeg, bijvoorbeeld op papier, staat er niet in. Een toestemming kan later zijn ingetrokken.</p>
<ol>
${facts.custody.map(({ at, what }) => `<li>${moment(at)}: ${say(what)}.</li>`).join("\n")}
</ol>

<h2 lang="en">In English</h2>
<p lang="en">This page lists each piece of evidence with its hash, when and how it was captured (by the device's clock), its time stamp by an outside authority, and who wrote and who received keys; that list may be incomplete, since it holds only what was signed
and what the maker of this bundle may see. A time stamp proves
that these bytes existed at that moment. It does not prove that what is captured is authentic, nor who wrote it. The certificate
in timestamps/roots.pem came with this bundle itself: for certainty get it from the authority. Check the bundle before you rely on this page: <code>rugdekking verify THIS-FOLDER --pin KEYFILE</code>.</p>
</body>
</html>
`;
}
