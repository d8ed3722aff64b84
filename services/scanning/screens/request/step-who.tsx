/** Step 1: who asks, and the rule that gives the right, live as the function is chosen. Drawn by request-page.tsx, which holds the draft. */
import type { JSX } from "preact";
import { OrganisationSearch } from "#services/directory/screens/organisations/organisation-search.tsx";
import type { OfficeFunction } from "#services/dossier/contract/bodies.ts";
import { Button, Choice, Field, Notice, useMessages } from "#services/interface/index.ts";
import { entitlement } from "#services/scanning/contract/entitlement.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { officesOf, type Draft } from "./draft.ts";
import type { Messages } from "./nl.ts";

/** What each step receives. */
export interface StepProps {
  readonly m: Messages;
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  /** Whether omissions must be shown now. */
  readonly checked: boolean;
}

const standings = ["appointed", "certain", "neither"] as const;

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
      <div aria-live="polite">{draft.function !== null && <Rule m={m} office={draft.function} />}</div>
      <Choice
        legend={w.standing}
        error={checked && draft.standing === null ? w.standingMissing : null}
        options={standings.map((value) => ({ value, ...w.standings[value] }))}
        value={draft.standing}
        onChoose={(standing) => change({ standing })}
      />
      {draft.standing !== null && draft.standing !== "neither" && (
        <Field type="date" narrow optional label={w.since} value={draft.since} onInput={(since) => change({ since })} />
      )}
    </div>
  );
}

/** The rule for this function in plain words, with its article; whoever is outside it reads what there is for them. */
export function Rule({ m, office }: { readonly m: Messages; readonly office: OfficeFunction }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const rule = entitlement(office);
  return (
    <Notice tone={rule.entitled ? "info" : "amber"} title={rule.entitled ? m.rule.entitled : m.rule.not}>
      <p>{rule.instead === null ? shared.rules[rule.rule] : m.rule.instead[rule.instead]}</p>
      <p class="soft small">
        {m.rule.source}: {rule.article}.
      </p>
    </Notice>
  );
}
