/** Step 1: who asks, and the rule that gives the right, live as the function is chosen. Drawn by request-page.tsx, which holds the draft. */
import type { JSX } from "preact";
import { OrganisationSearch } from "#services/directory/screens/organisations/organisation-search.tsx";
import { Button, Choice, Field, useMessages } from "#services/interface/index.ts";
import { decide } from "#services/scanning/entitlement/index.ts";
import { today } from "#services/scanning/screens/dutch-time.ts";
import { Outcome } from "#services/scanning/screens/entitlement/outcome.tsx";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
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
        <OrganisationSearch
          missing={checked ? w.missing : null}
          fits={({ kind }) => officesOf[kind] !== undefined}
          onChoose={({ id, name, kind }) => change({ organisation: { id, name, kind }, function: null })}
        />
      ) : (
        <div class="card card-tight">
          <div class="row row-between">
            <p>
              <strong>{draft.organisation.name}</strong>
            </p>
            <Button look="quiet" size="small" onPress={() => change({ organisation: null, function: null })}>
              {w.another}
            </Button>
          </div>
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
