/** The signature under an adopted advice, drawn as a seal: name, office, date, and exactly which text it covers. Used by the dossier page and the advice page. */
import type { JSX } from "preact";
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import { useLanguage, useMessages, writeDay } from "#services/interface/index.ts";
import type { AdoptionBody } from "#services/scanning/contract/index.ts";
import { en } from "#services/scanning/screens/en.ts";
import { nl, type Messages } from "#services/scanning/screens/nl.ts";
import { Said } from "./said.tsx";

/** Which version of the advice an adoption decided on, counted over the whole dossier as its author did; null when the reader cannot see the advice. */
export function decidedVersion(handle: DossierHandle, adoption: DossierEntry): number | null {
  const advices = handle.entries.filter(({ header }) => header.kind === "advice");
  const place = advices.findIndex(({ header }) => header.body.item === adoption.header.decides?.item && header.body.digest === adoption.header.decides.digest);
  return place === -1 ? null : place + 1;
}

/** A round seal, our own drawing. */
function Stamp(): JSX.Element {
  return (
    <svg
      class="seal-stamp"
      viewBox="0 0 96 96"
      width="96"
      height="96"
      fill="none"
      stroke="currentColor"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <circle cx="48" cy="48" r="44" stroke-width="2.5" stroke-dasharray="2 5" />
      <circle cx="48" cy="48" r="36" stroke-width="2.5" />
      <path d="M26 50 48 30l22 20" stroke-width="4" />
      <path d="M36 58l9 9 17-18" stroke-width="4.5" />
    </svg>
  );
}

/**
 * Name and office come from the signed roster the entry's author was checked against; the words in the body only when the reader sees no roster.
 * @param entry the adoption
 */
export function SignatureSeal({
  handle,
  entry,
  body,
}: {
  readonly handle: DossierHandle;
  readonly entry: DossierEntry;
  readonly body: AdoptionBody;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const signer = entry.author ?? body.signedBy;
  const version = decidedVersion(handle, entry);
  return (
    <section class="seal" aria-label={m.seal.title}>
      <Stamp />
      <div class="stack-small">
        <p class="seal-name">
          <span class="soft small">{m.seal.by}</span>
          <strong>{signer.name}</strong>
          <span>{signer.office}</span>
        </p>
        <p>{writeDay(language, entry.header.at)}</p>
        <Said words={body.statement} />
        <p class="soft small">
          {version === null ? "" : `${m.seal.what}: ${m.entries.advice.toLowerCase()}, ${m.version(version).toLowerCase()}. `}
          {m.seal.digest}: <code>{entry.header.decides?.digest.slice(0, 12) ?? ""}</code>. {m.seal.holds}
        </p>
      </div>
    </section>
  );
}
