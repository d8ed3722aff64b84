/** Weighing an advice: what it rests on, the advice with what changed, a reason per part, and the decision. For the security authority; used by the advice page. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, Choice, EmptyState, ErrorState, Notice, Page, SendForm, Skeleton, Tag, TextArea, useMessages } from "#services/interface/index.ts";
import { adviceVersions, returnAdvice, type AdviceVersion } from "#services/scanning/client/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { MeasuresTable } from "#services/scanning/screens/entries/measures-table.tsx";
import { Facts, More } from "#services/scanning/screens/entries/said.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { compareEdits, compareMeasures, compareSections, type SectionChange } from "#services/scanning/proposals/compare.ts";
import { Papers } from "#services/scanning/screens/papers/papers-panel.tsx";
import type { ViewProps } from "./done.tsx";
import type { Messages } from "./nl.ts";
import { Origins } from "./origins.tsx";
import { Rests } from "./rests.tsx";
import { Signing } from "./sign.tsx";

interface WeighProps extends ViewProps {
  readonly reload: () => Promise<void>;
}

export function Weighing(props: WeighProps): JSX.Element {
  const { handle, lock, m } = props;
  const [versions, setVersions] = useState<readonly AdviceVersion[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    adviceVersions(handle).then(setVersions, setError);
  }, [handle]);
  const now = versions?.at(-1);
  if (versions === null || error !== null)
    return (
      <Page title={m.weigh.title} lock={lock}>
        {error === null ? <Skeleton lines={6} /> : <ErrorState error={error} />}
      </Page>
    );
  if (now === undefined)
    return (
      <Page title={m.weigh.title} lock={lock}>
        <EmptyState title={m.read.nothing} />
      </Page>
    );
  return <Weigh {...props} now={now} before={versions.at(-2) ?? null} />;
}

function Weigh({
  handle,
  lock,
  m,
  onDone,
  reload,
  now,
  before,
}: WeighProps & { readonly now: AdviceVersion; readonly before: AdviceVersion | null }): JSX.Element {
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [decision, setDecision] = useState<"adopt" | "return" | null>(null);
  const [note, setNote] = useState("");
  const [checked, setChecked] = useState(false);
  const w = m.weigh;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const { term } = handle.view;
  const late = term !== null && (term.overdue || Date.parse(term.due) < Date.now());
  const own = handle.entries.some(({ header }) => header.kind === "advice" && header.author.person === handle.session.person.person);
  const written = Object.entries(reasons).flatMap(([section, reason]) => (reason.trim() === "" ? [] : [{ section, reason: reason.trim() }]));
  const reasonOf = (section: string, name: string): JSX.Element | null =>
    own ? null : <Reason name={name} value={reasons[section]} m={m} onInput={(reason) => setReasons((all) => ({ ...all, [section]: reason }))} />;
  return (
    <Page title={w.title} lead={w.lead(now.body.adviceVersion)} lock={lock} width="wide">
      {term !== null && <p class="lead">{w.due(late ? shared.late(term.due) : shared.due(term.due))}</p>}
      <section class="stack-medium">
        <h2>{w.rests}</h2>
        <Rests handle={handle} m={m} overview extra={(part) => reasonOf(part, part === "threat-analysis" ? w.threat : w.risk)} />
      </section>
      <section class="stack-medium">
        <h2>{w.advice}</h2>
        <Facts facts={[[w.address, now.body.address]]} />
        {before !== null && <p class="soft small">{w.compareNote}</p>}
        {compareSections(before?.body ?? null, now.body).map((section) => (
          <section key={section.id} class="card">
            <Changed section={section} m={m} compared={before !== null} />
            {section.change !== "gone" && reasonOf(section.id, section.title)}
          </section>
        ))}
        <section class="card">
          <h3>{m.measures.title}</h3>
          {before !== null && <ChangedMeasures before={before} now={now} m={m} />}
          {before !== null && <ChangedEdits before={before} now={now} m={m} />}
          <MeasuresTable show="advice" rows={now.body.measures} />
          <More title={w.origins}>
            <Origins handle={handle} advice={now} m={m} />
          </More>
          {reasonOf("measures", m.measures.title)}
        </section>
      </section>
      {own ? (
        <Notice tone="amber" title={w.own}>
          <p>{w.ownText}</p>
        </Notice>
      ) : (
        <section class="card" aria-label={w.decision}>
          <Choice
            legend={w.decision}
            options={[
              { value: "return", ...w.return },
              { value: "adopt", ...w.adopt },
            ]}
            value={decision}
            onChoose={(value) => {
              setChecked(false);
              setDecision(value);
            }}
          />
          {decision === "return" && (
            <SendForm
              button={w.sendBack}
              ready={() => {
                setChecked(true);
                return written.length > 0;
              }}
              send={async () => {
                await returnAdvice(handle, written, note);
                onDone("returned");
              }}
            >
              {written.length > 0 ? <p>{w.reasons(written.length)}</p> : <Notice tone="amber" title={w.noReasons} live={checked} />}
              <TextArea label={w.note} optional rows={2} value={note} onInput={setNote} />
            </SendForm>
          )}
          {decision === "adopt" && <Signing handle={handle} m={m} advice={now} onDone={() => onDone("adopted")} reload={reload} />}
        </section>
      )}
      <Papers handle={handle} kinds={["advice", "provision"]} />
    </Page>
  );
}

/** A reason to return a part: a button first, so that the page stays calm. */
function Reason({
  name,
  value,
  m,
  onInput,
}: {
  readonly name: string;
  readonly value: string | undefined;
  readonly m: Messages;
  readonly onInput: (reason: string) => void;
}): JSX.Element {
  if (value === undefined)
    return (
      <div class="actions no-print">
        <Button look="quiet" size="small" icon="back" label={m.weigh.addReasonOf(name)} onPress={() => onInput("")}>
          {m.weigh.addReason}
        </Button>
      </div>
    );
  return <TextArea label={m.weigh.reasonFor(name)} rows={2} maxLength={10_000} value={value} onInput={onInput} />;
}

/** A section with what is new underlined and what is gone struck through; both also by element, so that it is read out. */
function Changed({ section, m, compared }: { readonly section: SectionChange; readonly m: Messages; readonly compared: boolean }): JSX.Element {
  return (
    <>
      <div class="row row-between">
        <h3>{section.title}</h3>
        {compared && <Tag tone={section.change === "same" ? undefined : "accent"}>{m.weigh.change[section.change]}</Tag>}
      </div>
      <p class="story">
        {section.pieces.map((piece, place) =>
          piece.is === "same" ? (
            <span key={place}>{piece.text}</span>
          ) : piece.is === "new" ? (
            <ins key={place}>{piece.text}</ins>
          ) : (
            <del key={place}>{piece.text}</del>
          ),
        )}
      </p>
    </>
  );
}

function ChangedMeasures({ before, now, m }: { readonly before: AdviceVersion; readonly now: AdviceVersion; readonly m: Messages }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const changes = compareMeasures(before.body, now.body);
  if (changes.length === 0) return <p class="soft">{m.weigh.sameMeasures}</p>;
  return (
    <ul class="plain stack-small" aria-label={shared.measures.caption}>
      {changes.map(({ id, what, change, fields }) => (
        <li key={id}>
          <Tag tone="accent">{m.weigh.change[change]}</Tag> {change === "gone" ? <del>{what}</del> : what}
          {fields.length > 0 && (
            <span class="soft small"> {m.weigh.fieldsOf(fields.flatMap((field) => (field in m.weigh.fields ? [nameOf(field, m)] : [])).join(", "))}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function nameOf(field: string, m: Messages): string {
  const names: Readonly<Record<string, string>> = m.weigh.fields;
  return names[field] ?? field;
}

/** Choices of the adviser that the version before did not have, or had and has no more. */
function ChangedEdits({ before, now, m }: { readonly before: AdviceVersion; readonly now: AdviceVersion; readonly m: Messages }): JSX.Element | null {
  const changes = compareEdits(before.body, now.body);
  if (changes.length === 0) return null;
  return (
    <section class="stack-small" aria-label={m.weigh.editsChanged}>
      <p class="scan-part">{m.weigh.editsChanged}</p>
      <ul class="plain stack-small">
        {changes.map(({ is, edit, what }, place) => (
          <li key={place}>
            <Tag tone="accent">{m.weigh.change[is]}</Tag> {m.measures.act[edit.change]}: {is === "gone" ? <del>{what}</del> : what}
            <span class="soft small"> {edit.reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
