/** How one entry of a report reads in the story: words first, facts after, files last. Drawn by the dossier page through `register.tsx`. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { SIGNAL_PURPOSE, type AttachmentNote } from "#services/dossier/contract/bodies.ts";
import type { EntryProps } from "#services/dossier/screens/kinds.ts";
import { OpenedEntry } from "#services/dossier/screens/opened-entry.tsx";
import { Facts, Said } from "#services/dossier/screens/said.tsx";
import { Tag, useLanguage, useMessages, writeDay, writeMoment, type Language } from "#services/interface/index.ts";
import { readReport } from "#services/reporting/client/file.ts";
import type { ActionBody, ReportBody, ReportContent } from "#services/reporting/contract/index.ts";
import type { PreparationBody, ShieldingPreparation } from "#services/reporting/contract/preparation.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

const filesOf = ({ body }: ReportContent): readonly AttachmentNote[] => ("attachments" in body ? body.attachments : []);

/** Opens the entry's body and draws it. */
export function ReportEntry(props: EntryProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  return <OpenedEntry {...props} read={readReport} draw={(content) => <Body content={content} m={m} language={language} />} files={filesOf} />;
}

interface BodyProps {
  readonly content: ReportContent;
  readonly m: Messages;
  readonly language: Language;
}

function Body({ content, m, language }: BodyProps): JSX.Element {
  switch (content.kind) {
    case "report":
      return <Story body={content.body} m={m} language={language} />;
    case "message":
      return <Said words={content.body.text} />;
    case "evidence":
      return <Said words={content.body.note} />;
    case "norm-test":
      return (
        <>
          <span>
            <Tag tone={content.body.outcome === "crossing-the-line" ? "amber" : undefined}>{m.norm[content.body.outcome].title}</Tag>
          </span>
          <Said words={content.body.explanation} />
          <Facts facts={[[m.facts.norm, content.body.norm]]} />
        </>
      );
    case "seriousness":
      return (
        <>
          <span>
            <Tag tone={content.body.level === "high" || content.body.level === "acute" ? "amber" : undefined}>{m.levels[content.body.level]}</Tag>
          </span>
          <Said words={content.body.grounds} />
          <Facts facts={[[m.facts.advised, content.body.advised]]} />
        </>
      );
    case "action":
      return <Action body={content.body} m={m} language={language} />;
    case "outcome":
      return (
        <>
          <span>
            <Tag tone="accent">{m.outcomes[content.body.outcome]}</Tag>
          </span>
          <Said words={content.body.feedback} />
          <Facts facts={[[m.facts.aftercare, content.body.aftercare]]} />
        </>
      );
    case "referral":
      return (
        <>
          <Said words={content.body.purpose === SIGNAL_PURPOSE ? m.signalPurpose : content.body.purpose} />
          <Facts
            facts={[
              [m.facts.shared, content.body.to.name],
              [m.facts.parts, m.partsCount(content.body.items.length)],
              [m.facts.until, writeDay(language, content.body.until)],
            ]}
          />
        </>
      );
    case "preparation":
      return <Prepared body={content.body} m={m} language={language} />;
    case "withdrawal":
      return <Said words={content.body.reason === "" ? m.noReason : content.body.reason} />;
    case "timestamp":
      return <p class="soft">{m.stamps(content.body.stamps.length, [...new Set(content.body.stamps.map(({ authority }) => authority))].join(", "))}</p>;
  }
}

function Story({ body, m, language }: { readonly body: ReportBody; readonly m: Messages; readonly language: Language }): JSX.Element {
  const when = [body.when.words, body.when.at === null ? "" : writeMoment(language, body.when.at)].filter((part) => part !== "").join(", ");
  const author = body.author.words === "" ? m.known[body.author.known] : `${m.known[body.author.known]}: ${body.author.words}`;
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
      <Said words={body.inOwnWords} />
      <Facts
        facts={[
          [m.facts.what, body.what.map((form) => m.forms[form]).join(", ")],
          [m.facts.channel, body.channel === null ? "" : m.channels[body.channel]],
          [m.facts.when, when],
          [m.facts.where, body.where],
          [m.facts.target, m.targets[body.target]],
          [m.facts.author, author],
          [m.facts.name, body.reporterName],
          [m.facts.organisation, body.organisationName],
          [m.facts.contact, contact],
        ]}
      />
    </>
  );
}

/** The facts that belong to one sort of action. */
function factsOf(body: ActionBody, m: Messages): readonly (readonly [string, string])[] {
  switch (body.type) {
    case "complaint":
      return [
        [m.facts.number, body.number],
        [m.facts.vpt, body.vptCode],
        [m.facts.by, m.filedBy[body.by]],
        [m.facts.functionStated, body.functionStated ? m.yes : m.no],
      ];
    case "police-report":
      return [[m.facts.number, body.number]];
    case "conversation":
      return [[m.facts.with, body.with]];
    case "letter":
      return [[m.facts.to, body.to]];
    case "platform-notice":
      return [
        [m.facts.platform, body.platform],
        [m.facts.reference, body.reference],
      ];
    case "aftercare-talk":
      return [[m.facts.by, body.by]];
    case "other":
      return [[m.facts.subject, body.what]];
  }
}

function Action({ body, m, language }: { readonly body: ActionBody; readonly m: Messages; readonly language: Language }): JSX.Element {
  return (
    <>
      <span>
        <Tag tone="accent">{m.actions[body.type]}</Tag>
      </span>
      <Said words={body.note} />
      <Facts facts={[[m.facts.on, writeDay(language, body.on)], ...factsOf(body, m)]} />
    </>
  );
}

/** What was made ready, in one glance; the pages under "Stappen" show the whole of it. */
function Prepared({ body, m, language }: { readonly body: PreparationBody; readonly m: Messages; readonly language: Language }): JSX.Element {
  const w = m.prepared;
  const day = (on: string | null): string => (on === null ? "" : writeDay(language, on));
  switch (body.type) {
    case "complaint":
      return (
        <>
          <span>
            <Tag tone="accent">{w.complaint}</Tag>
          </span>
          <Facts
            facts={[
              [w.by, m.filedBy[body.by]],
              [m.facts.parts, `${w.articles(body.articles.length)}, ${w.files(body.evidence.length)}`],
            ]}
          />
          <p class="soft small">{w.kept}</p>
        </>
      );
    case "platform-notice":
      return (
        <>
          <span>
            <Tag tone="accent">{body.sentOn === null ? w.notice : m.actions["platform-notice"]}</Tag>
          </span>
          <Facts
            facts={[
              [m.facts.platform, body.platform],
              [w.sent, day(body.sentOn)],
              [w.again, day(body.again)],
            ]}
          />
          <Said words={body.answer} />
          {body.sentOn === null && <p class="soft small">{w.kept}</p>}
        </>
      );
    case "shielding":
      return <Shielded body={body} m={m} language={language} />;
  }
}

/** A step of the checklist; the register that names it is fetched only where one stands. */
function Shielded({ body, m, language }: { readonly body: ShieldingPreparation; readonly m: Messages; readonly language: Language }): JSX.Element {
  const w = m.prepared;
  const [name, setName] = useState<string>(body.step);
  useEffect(() => {
    import("#registers/shielding/index.ts").then(
      ({ shielding }) => setName(shielding.steps.find(({ id }) => id === body.step)?.[language].title ?? body.step),
      () => undefined,
    );
  }, [body.step, language]);
  const day = (on: string | null): string => (on === null ? "" : writeDay(language, on));
  return (
    <>
      <span>
        <Tag tone="accent">{w.shielding}</Tag>
      </span>
      <Facts
        facts={[
          [m.facts.subject, name],
          [m.facts.what, w.states[body.state]],
          [m.facts.on, day(body.on)],
          [w.again, day(body.again)],
        ]}
      />
      <Said words={body.note} />
    </>
  );
}
