/** The steps of danger and of who: 112 first, then name, office and a few words. Drawn by raise-page.tsx, which holds the draft. */
import type { JSX } from "preact";
import { OrganisationSearch } from "#services/directory/screens/organisations/organisation-search.tsx";
import { Button, ButtonLink, Choice, Choices, Field, TextArea, useMessages } from "#services/interface/index.ts";
import { en as sharedEn } from "#services/signalling/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/signalling/screens/nl.ts";
import { officesOf, type Draft, type Place } from "./draft.ts";
import type { Messages } from "./nl.ts";

/** What each step receives. */
export interface StepProps {
  readonly m: Messages;
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  /** Whether omissions must be shown now. */
  readonly checked: boolean;
}

export function StepDanger({ m, draft, change, checked }: StepProps): JSX.Element {
  const w = m.danger;
  return (
    <div class="stack">
      <div class="signal-112">
        <ButtonLink to="tel:112" look="emergency" icon="phone">
          {w.call}
        </ButtonLink>
      </div>
      <Choice
        legend={w.question}
        error={checked && draft.acute === null ? w.missing : null}
        options={[
          { value: "yes", title: w.yes, text: w.yesText },
          { value: "no", title: w.no, text: w.noText },
        ]}
        value={draft.acute === null ? null : draft.acute ? "yes" : "no"}
        onChoose={(value) => change({ acute: value === "yes" })}
      />
    </div>
  );
}

/** A chosen organisation with a way to another, or the search for one. */
export function PlaceField({
  place,
  label,
  hint,
  missing,
  kinds,
  another,
  onChoose,
}: {
  readonly place: Place | null;
  readonly label: string;
  readonly hint: string;
  readonly missing: string | null;
  readonly kinds: readonly string[];
  readonly another: string;
  readonly onChoose: (place: Place | null) => void;
}): JSX.Element {
  if (place === null) return <OrganisationSearch label={label} hint={hint} missing={missing} fits={({ kind }) => kinds.includes(kind)} onChoose={onChoose} />;
  return (
    <div class="stack-small">
      <p class="field-label">{label}</p>
      <div class="card card-tight">
        <div class="row row-between">
          <p>
            <strong>{place.name}</strong>
          </p>
          <Button look="quiet" size="small" label={`${another}: ${label}`} onPress={() => onChoose(null)}>
            {another}
          </Button>
        </div>
      </div>
    </div>
  );
}

export function StepWho({ m, draft, change, checked }: StepProps): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const w = m.who;
  const offices = draft.office === null ? [] : (officesOf[draft.office.kind] ?? []);
  return (
    <div class="stack">
      <TextArea
        label={w.words}
        hint={w.wordsHint}
        rows={3}
        value={draft.words}
        error={checked && draft.words.trim() === "" ? w.wordsMissing : null}
        onInput={(words) => change({ words })}
      />
      <Field
        label={w.name}
        maxLength={120}
        spellcheck={false}
        value={draft.name}
        error={checked && draft.name.trim() === "" ? w.nameMissing : null}
        onInput={(name) => change({ name })}
      />
      <PlaceField
        place={draft.office}
        label={w.office}
        hint={w.officeHint}
        missing={checked ? w.officeMissing : null}
        kinds={Object.keys(officesOf)}
        another={w.another}
        onChoose={(office) => change({ office, function: office !== null && office.kind === draft.office?.kind ? draft.function : null, standsIn: false })}
      />
      {offices.length > 0 && (
        <Choice
          legend={w.function}
          columns={2}
          error={checked && draft.function === null ? w.functionMissing : null}
          options={offices.map((value) => ({ value, title: shared.functions[value] }))}
          value={draft.function}
          onChoose={(value) => change({ function: value, standsIn: false })}
        />
      )}
      {draft.function === "alderman" && (
        <Choices
          legend={w.standsIn}
          options={[{ value: "yes", title: w.standsInYes }]}
          values={draft.standsIn ? ["yes"] : []}
          onChoose={(values) => change({ standsIn: values.length > 0 })}
        />
      )}
      <Field label={w.contact} hint={w.contactHint} optional maxLength={400} value={draft.contact} onInput={(contact) => change({ contact })} />
    </div>
  );
}
