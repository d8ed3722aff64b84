/** How one entry of a signal reads in the story, each kind in its own way. Drawn by the dossier page through `register.tsx`. */
import type { ComponentChildren, JSX } from "preact";
import type { AttachmentNote } from "#services/dossier/contract/bodies.ts";
import type { EntryProps } from "#services/dossier/screens/kinds.ts";
import { OpenedEntry } from "#services/dossier/screens/opened-entry.tsx";
import { Facts, Said } from "#services/dossier/screens/said.tsx";
import { Link, Tag, useMessages } from "#services/interface/index.ts";
import { readSignal } from "#services/signalling/client/index.ts";
import type { RegistrationBody, SignalBody, SignalContent, SignedBy } from "#services/signalling/contract/index.ts";
import { en as sharedEn } from "#services/signalling/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/signalling/screens/nl.ts";
import { en } from "./en.ts";
import { FactView } from "./fact-view.tsx";
import { nl, type Messages } from "./nl.ts";
import "#services/signalling/screens/signal.css";

const filesOf = ({ body }: SignalContent): readonly AttachmentNote[] => ("attachments" in body ? body.attachments : []);

/** Opens the entry's body and draws it. */
export const SignalEntry = (props: EntryProps): JSX.Element => (
  <OpenedEntry {...props} read={readSignal} draw={(content) => <Body content={content} mine={props.handle.mine} />} files={filesOf} />
);

/** What an office said, with who signed it. */
function Signed({ by, children }: { readonly by: SignedBy; readonly children: ComponentChildren }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <>
      {children}
      <p class="soft small">{m.signed(by.name, by.office)}.</p>
    </>
  );
}

function Body({ content, mine }: { readonly content: SignalContent; readonly mine: boolean }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  switch (content.kind) {
    case "signal":
      return <SignalView body={content.body} mine={mine} />;
    case "receipt":
      return (
        <Signed by={content.body.signedBy}>
          <Said words={content.body.text.trim() === "" ? m.receipt : content.body.text} />
          <Facts facts={[[m.facts.reference, content.body.reference]]} />
        </Signed>
      );
    case "weighing":
      return (
        <Signed by={content.body.signedBy}>
          <p>
            <strong>{m.weighings[content.body.outcome]}</strong>
          </p>
          <Said words={content.body.text} />
          <Facts facts={[[m.facts.reference, content.body.reference]]} />
        </Signed>
      );
    case "redirection":
      return (
        <Signed by={content.body.signedBy}>
          <Facts facts={[[m.facts.to, content.body.to.name]]} />
          <Said words={content.body.reason} />
        </Signed>
      );
    case "decision":
      return (
        <Signed by={content.body.signedBy}>
          <p>
            <strong>{m.decisions[content.body.decision]}</strong>
          </p>
          <Said words={content.body.text} />
          <Facts facts={[[m.facts.retest, content.body.retestOn === null ? "" : m.day(`${content.body.retestOn}T12:00:00Z`)]]} />
        </Signed>
      );
    case "provisional":
      return (
        <Signed by={content.body.signedBy}>
          <p>{m.provisional}</p>
          <Said words={content.body.text} />
          <p class="soft">{content.body.settledWithProsecution ? m.settled : m.unsettled}</p>
        </Signed>
      );
    case "feedback":
      return (
        <Signed by={content.body.signedBy}>
          <Said words={content.body.answer === "no-details" ? m.noDetails : content.body.text} />
          <Facts facts={[[m.facts.next, content.body.next]]} />
        </Signed>
      );
    case "registration":
      return <RegistrationView body={content.body} />;
    case "outcome":
      return (
        <>
          <Said words={content.body.text} />
          <FactView fact={content.body.fact} />
        </>
      );
    case "message":
      return <Said words={content.body.text} />;
    case "evidence":
      return <Said words={content.body.note} />;
    case "withdrawal":
      return <Said words={content.body.reason.trim() === "" ? m.noReason : content.body.reason} />;
    case "timestamp":
      return null;
  }
}

function SignalView({ body, mine }: { readonly body: SignalBody; readonly mine: boolean }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const count = body.shared.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <>
      <Said words={body.words} />
      <Facts
        facts={[
          [m.facts.name, body.name],
          [m.facts.function, shared.functions[body.function]],
          [m.facts.office, body.organisationName],
          [m.facts.home, body.homeMunicipality],
          [m.facts.target, m.targets[body.target]],
          [m.facts.contact, body.contact],
        ]}
      />
      {count > 0 && (
        <div class="stack-small">
          <p>
            <strong>{m.along(count)}</strong>
          </p>
          {body.shared.map(({ dossier, kind, items }) => (
            <div key={dossier} class="stack-small">
              <ul class="words">
                {items.map(({ item, words }) => (
                  <li key={item}>{words}</li>
                ))}
              </ul>
              <p>
                <Link to={`/dossier/${dossier}`}>
                  {m.from[kind]}: {m.openAlong.toLowerCase()}
                </Link>
              </p>
            </div>
          ))}
        </div>
      )}
      {mine && (
        <details class="signal-more">
          <summary>{m.why}</summary>
          <div class="stack-small">
            {body.route.around && <p>{m.around}</p>}
            {body.route.why.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function RegistrationView({ body }: { readonly body: RegistrationBody }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  return (
    <>
      <p>{m.vpt[body.vpt]}</p>
      <Facts
        facts={[
          [m.facts.complaint, body.complaintNumber],
          [m.facts.complaintOn, body.complaintOn === null ? "" : m.day(`${body.complaintOn}T12:00:00Z`)],
        ]}
      />
      <ul class="signal-checklist">
        {body.expectations.map(({ id, state, note }) => (
          <li key={id}>
            <span>
              {shared.expectations[id]}{" "}
              <Tag tone={state === "not-met" ? "amber" : "accent"} icon={state === "met" ? "check" : state === "asked" ? "clock" : "cross"}>
                {m.states[state]}
              </Tag>
            </span>
            {note !== "" && <span class="soft small">{note}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
