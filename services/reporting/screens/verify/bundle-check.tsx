/** Checks a dossier that was taken along, in the browser and without sending it anywhere: whole or not, and who adopted which advice. Part of /controleren. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { openDoor } from "#services/directory/screens/session.ts";
import type { ProvenDecision, ProvenEvidence, Verdict } from "#services/dossier/bundle/index.ts";
import { hexOf } from "#services/dossier/contract/hexadecimal.ts";
import { Button, ErrorState, Notice, ProgressBar, useLanguage, writeDay, writeMoment } from "#services/interface/index.ts";
import type { VerifyMessages } from "./nl.ts";

type Words = VerifyMessages["bundle"];
type Result = { readonly state: "none" } | { readonly state: "checked"; readonly verdict: Verdict } | { readonly state: "failed"; readonly error: unknown };

async function verify(file: File, progress: (done: number, total: number) => void): Promise<Verdict> {
  const [{ blobAccess, verifyBundle, zipReader }, { trust }] = await Promise.all([import("#services/dossier/bundle/index.ts"), openDoor()]);
  return await verifyBundle(async () => await zipReader(blobAccess(file)), { pin: await trust.anchor(), progress });
}

export function BundleCheck({ m }: { readonly m: Words }): JSX.Element {
  const [result, setResult] = useState<Result>({ state: "none" });
  const [at, setAt] = useState<readonly [number, number] | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setResult({ state: "none" });
    setAt([0, 1]);
    let told = 0;
    try {
      // Told in whole hundredths: a large file would draw the bar thousands of times.
      const verdict = await verify(file, (done, total) => {
        const part = Math.floor((100 * done) / total);
        if (part === told) return;
        told = part;
        setAt([done, total]);
      });
      setResult({ state: "checked", verdict });
    } catch (error) {
      setResult({ state: "failed", error });
    }
    setAt(null);
  };
  return (
    <section class="section stack" aria-label={m.title}>
      <h2>{m.title}</h2>
      <p>{m.text}</p>
      <div class="actions">
        <Button look="second" icon="file" busy={at !== null} onPress={() => chooser.current?.click()}>
          {m.choose}
        </Button>
        <input
          ref={chooser}
          type="file"
          accept="application/zip,.zip"
          hidden
          data-role="bundle"
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      {at !== null && <ProgressBar label={m.checking} done={at[0]} all={Math.max(1, at[1])} words={m.checking} />}
      {result.state === "failed" && <ErrorState error={result.error} />}
      {result.state === "checked" && <Told m={m} verdict={result.verdict} />}
    </section>
  );
}

function Told({ m, verdict }: { readonly m: Words; readonly verdict: Verdict }): JSX.Element {
  const { first, ok, decisions, evidence, checks } = verdict;
  if (first?.check === "container") return <Notice tone="amber" title={m.no} live />;
  if (!ok || first !== null)
    return (
      <Notice tone="red" title={m.bad} live>
        <p>{m.badText}</p>
        {first !== null && (
          <p class="soft small">
            {m.where}: <span class="code">{first.file ?? "bundle"}</span>
          </p>
        )}
      </Notice>
    );
  return (
    <>
      <Notice title={m.good} live>
        <p>{m.goodText(checks.filter(({ outcome }) => outcome === "passed").length)}</p>
      </Notice>
      {checks.some(({ id, outcome }) => id === "page" && outcome === "not-checked") && <p class="soft">{m.pageUnchecked}</p>}
      {decisions.length === 0 && <p class="soft">{m.none}</p>}
      {decisions.map((decision) => (
        <Decision key={decision.entry} m={m} decision={decision} />
      ))}
      {evidence.map((one) => (
        <Proven key={`${one.entry} ${one.name} ${one.sha256}`} m={m} evidence={one} />
      ))}
    </>
  );
}

/** SHA-256 in hexadecimal, in groups a person can compare with the paper. */
const groupsOf = (digest: string): string => hexOf(digest).replaceAll(/(.{8})(?=.)/g, "$1 ");

function Decision({ m, decision }: { readonly m: Words; readonly decision: ProvenDecision }): JSX.Element {
  const language = useLanguage();
  const { kind, by, desk, at, advice } = decision;
  const title = kind === "adoption" ? m.adopted : m.returned;
  const facts: readonly (readonly [string, string])[] = [
    [m.by, by.name],
    [m.office, by.office],
    [m.desk, desk.name],
    [m.on, writeDay(language, at)],
    [m.advice, advice.entry === null ? m.entryUnseen : m.entry(advice.entry)],
  ];
  return (
    <section class="card" aria-label={title}>
      <h3>{title}</h3>
      <dl class="facts">
        {facts.map(([label, value]) => [<dt key={`label-${label}`}>{label}</dt>, <dd key={label}>{value}</dd>])}
        <dt>{m.digest}</dt>
        <dd>
          <span class="code">{groupsOf(advice.digest)}</span>
        </dd>
      </dl>
      {kind === "adoption" && <p class="soft small">{m.proves}</p>}
    </section>
  );
}

/** A file of which record and stamp hold. */
function Proven({ m, evidence: { name, sha256, capturedAt, stamp } }: { readonly m: Words; readonly evidence: ProvenEvidence }): JSX.Element {
  const language = useLanguage();
  return (
    <section class="card" aria-label={name}>
      <h3>{name}</h3>
      <dl class="facts">
        <dt>{m.taken}</dt>
        <dd>{writeMoment(language, capturedAt)}</dd>
        <dt>{m.stamp}</dt>
        <dd>{stamp === null ? m.noStamp : `${writeMoment(language, stamp.at)}, ${stamp.authority}`}</dd>
        <dt>{m.hash}</dt>
        <dd>
          <span class="code">{sha256.replaceAll(/(.{8})(?=.)/g, "$1 ")}</span>
        </dd>
      </dl>
      {stamp !== null && <p class="soft small">{m.stampProves}</p>}
      {stamp?.judgedBy === "bundle" && <Notice tone="amber" title={m.stampOwnRoots} />}
    </section>
  );
}
