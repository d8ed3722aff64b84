/** The road of a set: who signs along and what they said, initials, the minister's decision, signature, sending, publication. What stands in the way is said before someone presses. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { StepDialog } from "#services/dossier/screens/step-dialog.tsx";
import { Button, useMessages } from "#services/interface/index.ts";
import { agree, askInitials, coordinate, initial, redraft, returnSet, type Missing } from "#services/parliament/client/index.ts";
import { en as sharedEn } from "#services/parliament/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/parliament/screens/nl.ts";
import { PublicForm } from "#services/parliament/screens/publishing/public-form.tsx";
import { PublishForm } from "#services/parliament/screens/publishing/publish-form.tsx";
import { writersOf } from "#services/parliament/screens/publishing/public-version.ts";
import { Decisions } from "./decisions.tsx";
import { FiguresStanding } from "./evidence.tsx";
import { Initials } from "./initials.tsx";
import { may } from "./may.ts";
import { Ministries, MinistryForm } from "./ministries.tsx";
import { MissingList } from "./missing-list.tsx";
import { PostponeForm } from "./postpone-form.tsx";
import { PresentForm } from "./present-form.tsx";
import { SendingForm } from "./sending-form.tsx";
import type { PartProps } from "./set-actions.tsx";
import { SignForm } from "./sign-form.tsx";
import { TextForm, type FormProps } from "./text-form.tsx";
import { VerdictForm } from "./verdict-form.tsx";

type FormName =
  | "ministry"
  | "verdict"
  | "initial"
  | "public"
  | "postpone"
  | "coordinate"
  | "initials"
  | "redraft"
  | "present"
  | "agree"
  | "return"
  | "sign"
  | "send"
  | "publish";

/** The actions of the table with the form that takes each; in the order in which they are offered. */
const formOf: Readonly<Record<string, FormName>> = {
  coordinate: "coordinate",
  "end-coordination": "initials",
  "ask-initials": "initials",
  present: "present",
  agree: "agree",
  sign: "sign",
  send: "send",
  publish: "publish",
  return: "return",
  redraft: "redraft",
  "take-back": "redraft",
};

interface Offer {
  readonly form: FormName;
  readonly name: string;
  readonly missing: readonly Missing[];
}

function offersOf({ handle, view, m }: PartProps): Offer[] {
  const { actions, phase } = handle.view;
  const offers = Object.entries(formOf)
    .filter(([action]) => actions.includes(action))
    // Where someone signs along it is put before them; where nobody does, straight to the initials.
    .filter(([action]) => !(action === "coordinate" && view.also.length === 0) && !(action === "ask-initials" && view.also.length > 0))
    .map(([action, form]): Offer => ({ form, name: m.steps[action] ?? action, missing: missingFor(view, action) }));
  return [
    ...(may(handle, "verdict") ? [{ form: "verdict" as const, name: m.giveVerdict, missing: [] }] : []),
    ...(may(handle, "initial") && phase !== "sent" ? [{ form: "initial" as const, name: m.initial, missing: [] }] : []),
    // The server refuses it to who wrote the newest words; it is not offered to them either.
    ...(may(handle, "initial") && phase === "sent" && !writersOf(view).includes(handle.session.person.person)
      ? [{ form: "public" as const, name: m.makePublic, missing: [] }]
      : []),
    ...offers,
  ];
}
function missingFor({ missing }: PartProps["view"], action: string): readonly Missing[] {
  return Object.entries(missing).find(([step]) => step === action)?.[1] ?? [];
}

export function Road(props: PartProps & { readonly onOpen: (question: number) => void }): JSX.Element {
  const { handle, view, m, onChange, onOpen } = props;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [form, setForm] = useState<FormName | null>(null);
  const offers = offersOf(props);
  const title = form === null ? "" : (offers.find((one) => one.form === form)?.name ?? (form === "ministry" ? m.addMinistry : m.postpone));
  return (
    <div class="stack">
      <section class="card stack-medium">
        <h2>{m.yourStep}</h2>
        <p class="lead">{shared.phases[view.phase] ?? view.phase}</p>
        {offers.length === 0 && <p class="soft">{m.wait}</p>}
        {offers.map((offer, at) => (
          <div key={offer.name} class="kamer-offer">
            <MissingList missing={offer.missing} m={m} />
            <Button
              look={at === 0 && !blocked(offer) ? "first" : "second"}
              disabled={blocked(offer)}
              icon={offer.form === "return" || offer.form === "redraft" ? "back" : "check"}
              onPress={() => setForm(offer.form)}
            >
              {offer.name}
            </Button>
          </div>
        ))}
        {may(handle, "postponement") && (
          <div class="actions">
            <Button look="quiet" icon="clock" onPress={() => setForm("postpone")}>
              {m.postpone}
            </Button>
          </div>
        )}
      </section>
      <FiguresStanding view={view} m={m} />
      <Ministries {...props} onAdd={may(handle, "co-signing") ? () => setForm("ministry") : null} onOpen={onOpen} />
      <Initials {...props} />
      <Decisions {...props} shared={shared} />
      {form !== null && (
        <StepDialog title={title} onClose={() => setForm(null)} onChange={onChange}>
          {(done) => <Form form={form} {...props} done={done} />}
        </StepDialog>
      )}
    </div>
  );
}

const blocked = ({ missing }: Offer): boolean => missing.some(({ weight }) => weight === "needed");

function Form({ form, ...props }: FormProps & { readonly form: FormName }): JSX.Element {
  const { handle, view, m } = props;
  switch (form) {
    case "ministry":
      return <MinistryForm {...props} />;
    case "verdict":
      return <VerdictForm {...props} />;
    case "initial":
      return <TextForm {...props} button={m.initial} label={m.comment} optional send={(words) => initial(handle, view, words)} />;
    case "public":
      return <PublicForm {...props} />;
    case "postpone":
      return <PostponeForm {...props} />;
    case "coordinate":
      return <TextForm {...props} button={m.steps["coordinate"] ?? ""} label={m.comment} optional send={(words) => coordinate(handle, view, { words })} />;
    case "initials":
      return <TextForm {...props} button={m.steps["ask-initials"] ?? ""} label={m.comment} optional send={(words) => askInitials(handle, view, { words })} />;
    case "redraft":
      return <TextForm {...props} button={m.redraftGo} label={m.reason} send={(words) => redraft(handle, words)} />;
    case "present":
      return <PresentForm {...props} />;
    case "agree":
      return <TextForm {...props} text={m.agreeText} button={m.agreeGo} label={m.comment} optional send={(words) => agree(handle, view, words)} />;
    case "return":
      return <TextForm {...props} button={m.returnGo} label={m.reason} send={(reason) => returnSet(handle, view, { reason })} />;
    case "sign":
      return <SignForm {...props} />;
    case "send":
      return <SendingForm {...props} />;
    case "publish":
      return <PublishForm {...props} />;
  }
}
