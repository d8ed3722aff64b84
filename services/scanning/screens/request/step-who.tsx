/** Step 1: who asks, and the rule that gives the right, live as the function is chosen. Drawn by request-page.tsx, which holds the draft. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Organisation } from "#services/directory/contract/index.ts";
import { Button, Choice, ErrorState, Field, Icon, useMessages } from "#services/interface/index.ts";
import { decide } from "#services/scanning/entitlement/index.ts";
import { today } from "#services/scanning/screens/dutch-time.ts";
import { Outcome } from "#services/scanning/screens/entitlement/outcome.tsx";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { findOrganisations } from "./desks.ts";
import { daysReversed, officesOf, situationFrom, standings, type Draft } from "./draft.ts";
import type { Messages } from "./nl.ts";

/** What each step receives. */
export interface StepProps {
  readonly m: Messages;
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  /** Whether omissions must be shown now. */
  readonly checked: boolean;
}

export function StepWho({ m, draft, change, checked }: StepProps): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const w = m.who;
  const offices = draft.organisation === null ? [] : (officesOf[draft.organisation.kind] ?? []);
  return (
    <div class="stack">
      <Field
        label={w.name}
        maxLength={120}
        spellcheck={false}
        value={draft.name}
        error={checked && draft.name.trim() === "" ? w.nameMissing : null}
        onInput={(name) => change({ name })}
      />
      {draft.organisation === null ? (
        <Search m={m} missing={checked ? w.missing : null} onChoose={({ id, name, kind }) => change({ organisation: { id, name, kind }, function: null })} />
      ) : (
        <div class="card card-tight row row-between">
          <p>
            <strong>{draft.organisation.name}</strong>
          </p>
          <Button look="quiet" size="small" onPress={() => change({ organisation: null, function: null })}>
            {w.another}
          </Button>
        </div>
      )}
      {offices.length > 0 && (
        <Choice
          legend={w.function}
          columns={2}
          error={checked && draft.function === null ? w.functionMissing : null}
          options={offices.map((value) => ({ value, title: shared.functions[value] }))}
          value={draft.function}
          onChoose={(value) => change({ function: value })}
        />
      )}
      <Choice
        legend={w.standing}
        error={checked && draft.standing === null ? w.standingMissing : null}
        options={standings.map((value) => ({ value, ...w.standings[value] }))}
        value={draft.standing}
        onChoose={(standing) => change({ standing })}
      />
      {draft.standing !== null && draft.standing !== "neither" && (
        <Field type="date" narrow optional label={w.sinces[draft.standing]} hint={w.sinceHint} value={draft.since} onInput={(since) => change({ since })} />
      )}
      {(draft.standing === "left" || draft.standing === "appointed") && (
        <Field
          type="date"
          narrow
          optional
          label={w.untils[draft.standing]}
          error={daysReversed(draft) ? w.reversed : null}
          value={draft.until ?? ""}
          onInput={(until) => change({ until })}
        />
      )}
      <div aria-live="polite">{draft.function !== null && <Claim draft={draft} soFar />}</div>
    </div>
  );
}

/** What the rules make of the answers so far, by article; whoever is outside them is led on. */
export function Claim({ draft, soFar = false }: { readonly draft: Draft; readonly soFar?: boolean }): JSX.Element | null {
  const situation = situationFrom(draft, today());
  return situation === null ? null : <Outcome decision={decide(situation)} soFar={soFar} />;
}

function Search({
  m,
  missing,
  onChoose,
}: {
  readonly m: Messages;
  readonly missing: string | null;
  readonly onChoose: (chosen: Organisation) => void;
}): JSX.Element {
  const w = m.who;
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<readonly Organisation[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const wanted = query.trim();
    setError(null);
    if (wanted.length < 2) {
      setFound(null);
      return;
    }
    let stale = false;
    const wait = setTimeout(() => {
      findOrganisations(wanted).then(
        (organisations) => {
          if (!stale) setFound(organisations);
        },
        (thrown: unknown) => {
          if (!stale) setError(thrown);
        },
      );
    }, 200);
    return () => {
      stale = true;
      clearTimeout(wait);
    };
  }, [query]);
  return (
    <div class="stack-medium">
      <Field label={w.search} hint={w.searchHint} type="search" value={query} error={missing} onInput={setQuery} />
      <div aria-live="polite">
        {error !== null && <ErrorState error={error} />}
        {error === null && found === null && query.trim().length >= 2 && <p class="soft">{w.searching}</p>}
        {error === null && found?.length === 0 && <p>{w.none}</p>}
        {error === null && found !== null && found.length > 0 && (
          <ul class="plain stack-small" aria-label={w.results}>
            {found.map((organisation) => (
              <li key={organisation.id}>
                <button type="button" class="result" onClick={() => onChoose(organisation)}>
                  <span>
                    <strong>{organisation.name}</strong>
                    {organisation.demonstration && !organisation.name.includes(w.demonstration) && <span class="soft"> ({w.demonstration})</span>}
                  </span>
                  <Icon name="arrow" />
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
