/** The three things that can be made ready, as links: in the dossier of a report, and as the page "Stappen". */
import type { JSX } from "preact";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { mayWrite } from "#services/dossier/workflow/enforce.ts";
import { ButtonLink, useMessages, type IconName } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

const choices: readonly { readonly key: keyof Messages["choices"]; readonly to: string; readonly icon: IconName }[] = [
  { key: "complaint", to: "aangifte", icon: "shield" },
  { key: "platform", to: "platform", icon: "message" },
  { key: "shielding", to: "afschermen", icon: "home" },
];

/** Whether this reader may make something ready here. */
export const mayPrepare = (handle: DossierHandle): boolean => handle.keys.channels.has("main") && mayWrite(handle.workflow, handle.view, "preparation");

/** The links with what each is for. */
export function StepChoices({ id }: { readonly id: string }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <ul class="plain stack-medium">
      {choices.map(({ key, to, icon }) => (
        <li key={key} class="stack-small">
          <div class="actions">
            <ButtonLink to={`/stappen/${id}/${to}`} look="second" icon={icon}>
              {m.choices[key].title}
            </ButtonLink>
          </div>
          <p class="soft small">{m.choices[key].text}</p>
        </li>
      ))}
    </ul>
  );
}

/** The panel in the dossier; nothing for who may not write. */
export function StepsPanel({ handle }: { readonly handle: DossierHandle }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  if (!mayPrepare(handle)) return null;
  return (
    <section class="card no-print" aria-label={m.panel}>
      <h2>{m.panel}</h2>
      <p class="soft">{m.panelText}</p>
      <StepChoices id={handle.id} />
    </section>
  );
}
