/** Writing an advice: threat, risks, text, measures, handing in; one part at a time, kept sealed on this device. The authority's reasons stand beside what they are about. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Button, ErrorState, Notice, Page, SendForm, Skeleton, TextArea, useMessages } from "#services/interface/index.ts";
import { findingsOf, handIn, openReturn, sharedByHolder, type RecordedFinding, type SharedByHolder } from "#services/scanning/client/index.ts";
import type { ReturnBody } from "#services/scanning/contract/index.ts";
import { useKept } from "#services/scanning/screens/draft.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { PartsNav } from "#services/scanning/screens/parts-nav.tsx";
import type { ViewProps } from "./done.tsx";
import { beginDraft, draftName, handedIn, isDraft, lacksOf, proposedBy, writeParts, type Draft, type WritePart, type Rulebook } from "./draft.ts";
import type { PartProps } from "./part.tsx";
import { WriteMeasures } from "./write-measures.tsx";
import { WriteRisk } from "./write-risk.tsx";
import { WriteSections } from "./write-sections.tsx";
import { WriteThreat } from "./write-threat.tsx";

/** What the writing begins with. */
interface Begun {
  readonly first: Draft;
  readonly findings: readonly RecordedFinding[];
  readonly shared: readonly SharedByHolder[];
  readonly returned: ReturnBody | null;
  readonly book: Rulebook;
}

export function Writing(props: ViewProps): JSX.Element {
  const { handle, lock, m } = props;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [begun, setBegun] = useState<Begun | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const begin = async (): Promise<Begun> => {
      const [first, findings, given, returned, book] = await Promise.all([
        beginDraft(handle, shared.domains),
        findingsOf(handle),
        sharedByHolder(handle),
        openReturn(handle),
        import("./rulebook.ts"),
      ]);
      return { first, findings, shared: given, returned, book };
    };
    begin().then(setBegun, setError);
  }, [handle]);
  if (begun === null)
    return (
      <Page title={m.write.title} lock={lock}>
        {error === null ? <Skeleton lines={6} /> : <ErrorState error={error} />}
      </Page>
    );
  return <Editor {...props} begun={begun} />;
}

/** Which part the reasons of a section belong to. */
const partOf = (section: string): WritePart =>
  section === "threat-analysis" ? "threat" : section === "risk-assessment" ? "risk" : section === "measures" ? "measures" : "sections";

function Editor({ handle, lock, m, onDone, begun }: ViewProps & { readonly begun: Begun }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const { value: draft, change, revise, saving, resumed, drop } = useKept<Draft>(draftName(handle.id), isDraft, begun.first);
  const [tried, setTried] = useState(false);
  const { returned, findings, book } = begun;
  const proposed = useMemo(() => proposedBy(book, draft, findings, m.measures), [book, draft.advice, findings, m]);
  const lacks = lacksOf(draft);
  const fixed = !handle.view.actions.includes("draft");
  const { part } = draft;
  const go = (to: WritePart): void => {
    change({ part: to });
    scrollTo(0, 0);
  };
  const parts = writeParts.map((key) => {
    const attention = (returned?.reasons ?? []).some(({ section }) => partOf(section) === key);
    const lack = lacks.includes(key);
    const measures = proposed.measures.length;
    if (key === "handIn") return { key, name: m.write.names[key], done: false, state: lacks.length === 0 ? m.write.ready : m.write.lacks };
    const state = attention ? m.write.returned : key === "measures" ? m.write.count(measures) : lack ? m.write.lacks : m.write.ready;
    return { key, name: m.write.names[key], done: !lack && (key !== "measures" || measures > 0), attention, state };
  });
  const after = writeParts[writeParts.indexOf(part) + 1];
  const each: PartProps = { m, draft, revise, findings, book, proposed, returned, checked: tried };
  return (
    <Page title={m.write.title} lead={m.write.lead} lock={lock} width="wide">
      {resumed && <Notice title={shared.resumed} live />}
      {returned !== null && (
        <Notice tone="amber" title={m.write.returnedTitle}>
          <p>{m.write.returnedText}</p>
          {returned.note.trim() !== "" && <p class="story">{returned.note}</p>}
        </Notice>
      )}
      <PartsNav label={m.write.parts} parts={parts} now={part} onGo={go} />
      {fixed && (part === "sections" || part === "measures") && <Notice tone="amber" title={m.write.fixed} />}
      {part === "threat" && <WriteThreat {...each} shared={begun.shared} />}
      {part === "risk" && <WriteRisk {...each} />}
      {part === "sections" && <WriteSections {...each} fixed={fixed} />}
      {part === "measures" && <WriteMeasures {...each} fixed={fixed} />}
      {part === "handIn" ? (
        <section class="stack">
          <h2>{m.handIn.title}</h2>
          <p>{m.handIn.text}</p>
          {lacks.length > 0 && <Notice tone="amber" title={m.handIn.lacks(lacks.map((key) => m.write.names[key].toLowerCase()).join(", "))} live={tried} />}
          <SendForm
            button={m.handIn.send}
            ready={() => {
              setTried(true);
              return lacks.length === 0;
            }}
            send={async () => {
              await handIn(handle, handedIn(draft, proposed));
              await drop();
              onDone("handed-in");
            }}
          >
            <TextArea label={m.handIn.note} optional rows={3} value={draft.note} onInput={(note) => change({ note })} />
            <Notice tone="amber">
              <p>{m.handIn.final}</p>
            </Notice>
          </SendForm>
        </section>
      ) : (
        <div class="actions">
          {after !== undefined && (
            <Button look={part === "threat" || part === "sections" ? "first" : "second"} icon="arrow" iconLast onPress={() => go(after)}>
              {m.write.next(m.write.names[after])}
            </Button>
          )}
        </div>
      )}
      <p class="soft small" aria-live="polite">
        {{ nothing: "", keeping: shared.keeping, kept: shared.kept, "not-kept": shared.notKept }[saving]}
      </p>
    </Page>
  );
}
