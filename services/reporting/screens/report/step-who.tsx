/** Step 4: who will read it. The person finds their organisation and sees, by name, whose keys the report will be handed to. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import { OrganisationSearch } from "#services/directory/screens/organisations/organisation-search.tsx";
import { officeFunctions } from "#services/dossier/contract/bodies.ts";
import { Button, ButtonLink, Choice, ErrorState, Field, Icon, Notice, Select, Skeleton, TextArea } from "#services/interface/index.ts";
import { findSafetyDesk } from "./desk-choice.ts";
import type { StepProps } from "./steps.tsx";

/** @param onDesk tells the page which verified desk was found, so that sending needs no second search. */
export function StepWho(props: StepProps & { readonly desk: VerifiedDesk | null; readonly onDesk: (desk: VerifiedDesk | null) => void }): JSX.Element {
  const { m, draft, change, showMissing } = props;
  const w = m.who;
  const contactOptions = (["here", "phone", "e-mail"] as const).map((value) => ({ value, ...w.contactOptions[value] }));
  return (
    <div class="stack">
      {draft.organisation === null ? (
        <OrganisationSearch missing={showMissing ? w.missing : null} onChoose={({ id, name }) => change({ organisation: { id, name } })} />
      ) : (
        <Readers {...props} organisation={draft.organisation} />
      )}
      <Select
        label={w.function}
        value={draft.function ?? ""}
        options={[{ value: "", label: w.functionNone }, ...officeFunctions.map((value) => ({ value, label: w.functions[value] }))]}
        onChoose={(value) => change({ function: officeFunctions.find((known) => known === value) ?? null })}
      />
      <Field label={w.name} hint={w.nameHint} optional value={draft.name} maxLength={120} onInput={(name) => change({ name })} />
      <Choice legend={w.contact} value={draft.contact} options={contactOptions} onChoose={(contact) => change({ contact, reach: "" })} />
      {draft.contact !== "here" && (
        <>
          <Field
            label={draft.contact === "phone" ? w.reachPhone : w.reachMail}
            type={draft.contact === "phone" ? "tel" : "email"}
            value={draft.reach}
            maxLength={400}
            error={showMissing && draft.reach.trim() === "" ? w.reachMissing : null}
            onInput={(reach) => change({ reach })}
          />
          <TextArea label={w.wishes} hint={w.wishesHint} optional rows={2} maxLength={2_000} value={draft.wishes} onInput={(wishes) => change({ wishes })} />
        </>
      )}
    </div>
  );
}

function Readers({
  m,
  organisation,
  change,
  desk,
  onDesk,
}: StepProps & {
  readonly organisation: { readonly id: string; readonly name: string };
  readonly desk: VerifiedDesk | null;
  readonly onDesk: (desk: VerifiedDesk | null) => void;
}): JSX.Element {
  const w = m.who;
  const [state, setState] = useState<"looking" | "done">(desk === null ? "looking" : "done");
  const [error, setError] = useState<unknown>(null);
  const look = async (): Promise<void> => {
    setState("looking");
    setError(null);
    try {
      onDesk(await findSafetyDesk(organisation.id));
    } catch (thrown) {
      setError(thrown);
    }
    setState("done");
  };
  useEffect(() => {
    if (desk === null) void look();
  }, [organisation.id]);
  return (
    <section class="card" aria-live="polite">
      <h2>{organisation.name}</h2>
      {state === "looking" && <Skeleton lines={2} />}
      {error !== null && <ErrorState error={error} onRetry={() => void look()} />}
      {state === "done" && error === null && desk === null && (
        <Notice tone="amber" title={w.noDesk(organisation.name)}>
          <p>{w.noDeskHelp}</p>
          <div class="actions">
            <ButtonLink to="tel:+31703738314" icon="phone" size="small">
              {m.done.call}
            </ButtonLink>
          </div>
        </Notice>
      )}
      {desk !== null && (
        <>
          <p>
            <strong>{w.members(desk.roster.members.length)}</strong>
          </p>
          <ul class="plain stack-small">
            {desk.roster.members.map((member) => (
              <li key={member.person} class="reader">
                <Icon name="person" />
                <span>
                  {member.name}, <span class="soft">{member.office}</span>
                </span>
              </li>
            ))}
          </ul>
          <p class="soft small">
            {w.notOthers} {w.verified}
          </p>
        </>
      )}
      <div class="actions">
        <Button
          look="quiet"
          size="small"
          onPress={() => {
            onDesk(null);
            change({ organisation: null });
          }}
        >
          {w.another}
        </Button>
      </div>
    </section>
  );
}
