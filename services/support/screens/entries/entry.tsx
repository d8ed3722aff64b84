/** How one entry of a request for help reads in the story: words first, facts after. Drawn by the dossier page through `register.tsx`. */
import type { JSX } from "preact";
import type { EntryProps } from "#services/dossier/screens/kinds.ts";
import { OpenedEntry } from "#services/dossier/screens/opened-entry.tsx";
import { Facts, Said } from "#services/dossier/screens/said.tsx";
import { Tag, useLanguage, useMessages, writeDay } from "#services/interface/index.ts";
import "#services/support/screens/support.css";
import { readHelp } from "#services/support/client/index.ts";
import type { AftercarePlanBody, HelpContent, HelpRequestBody } from "#services/support/contract/index.ts";
import { en as sharedEn } from "#services/support/screens/shared-en.ts";
import { nl as sharedNl, type SharedWords } from "#services/support/screens/shared-nl.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** Opens the entry's body and draws it. */
export function HelpEntry(props: EntryProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const own = props.entry.header.author.role === props.handle.workflow.owner;
  return <OpenedEntry {...props} read={readHelp} draw={(content) => <Body content={content} own={own} m={m} />} />;
}

function Body({ content, own, m }: { readonly content: HelpContent; readonly own: boolean; readonly m: Messages }): JSX.Element {
  switch (content.kind) {
    case "help-request":
      return <Asked body={content.body} m={m} />;
    case "message":
      return <Said words={content.body.text} />;
    case "help-offer":
      return (
        <>
          <span>
            <Tag tone="accent">{m.offeredBy[content.body.by]}</Tag>
          </span>
          <Said words={content.body.words} />
          <Facts
            facts={[
              [m.facts.name, content.body.name],
              [m.facts.office, content.body.office],
              [m.facts.how, content.body.how],
            ]}
          />
        </>
      );
    case "aftercare-plan":
      return <Plan body={content.body} own={own} m={m} />;
    case "outcome":
      return (
        <>
          <span>
            <Tag tone="accent">{m.outcomes[content.body.outcome]}</Tag>
          </span>
          <Said words={content.body.words} />
        </>
      );
    case "withdrawal":
      return <Said words={content.body.reason === "" ? m.noReason : content.body.reason} />;
  }
}

function Asked({ body, m }: { readonly body: HelpRequestBody; readonly m: Messages }): JSX.Element {
  const words = useMessages<SharedWords>({ nl: sharedNl, en: sharedEn });
  const { seeker, situations, phase } = body.answers;
  const contact = [m.contactHow[body.contact.how], body.contact.reach, body.contact.wishes].filter((part) => part !== "").join(". ");
  return (
    <>
      {body.acute && (
        <span>
          <Tag tone="amber" icon="alert">
            {m.acute}
          </Tag>
        </span>
      )}
      {body.words.trim() === "" ? <p class="soft">{m.noWords}</p> : <Said words={body.words} />}
      <Facts
        facts={[
          [m.facts.who, seeker === null ? "" : words.seekers[seeker]],
          [m.facts.situations, situations.map((one) => words.situations[one]).join(", ")],
          [m.facts.phase, phase === null ? "" : words.phases[phase].title],
          [m.facts.name, body.name],
          [m.facts.organisation, body.organisationName],
          [m.facts.contact, contact],
        ]}
      />
    </>
  );
}

function Plan({ body, own, m }: { readonly body: AftercarePlanBody; readonly own: boolean; readonly m: Messages }): JSX.Element {
  const language = useLanguage();
  const dates = body.dates.map(({ id, on, what }) => (
    <li key={id}>
      {writeDay(language, on)}: {what}
    </li>
  ));
  return (
    <>
      <p>{own ? m.aftercare.changed(body.dates.length, body.declined.length) : m.aftercare.proposed}</p>
      {dates.length > 0 && <ul class="help-list">{dates}</ul>}
      <Said words={body.note} />
    </>
  );
}
