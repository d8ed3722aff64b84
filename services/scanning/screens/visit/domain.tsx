/** One domain of the visit: its sections one sheet at a time, the questions that are asked now, what the answers bring up, and the findings so far. Used by the visit page. */
import type { JSX } from "preact";
import { memo } from "preact/compat";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Question } from "#registers/questions/index.ts";
import { Button, Icon, ProgressBar, Tag, useMessages } from "#services/interface/index.ts";
import type { Answer, RiskDomain } from "#services/scanning/contract/index.ts";
import { findingOf, type Evaluation, type FoundFinding, type ReadySet } from "#services/scanning/questions/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { newId } from "#services/scanning/screens/local-id.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { afterFrame, useGoing } from "./after-frame.ts";
import type { Revise } from "./book.ts";
import { en } from "./en.ts";
import { FindingForm } from "./finding-form.tsx";
import { nl, type Messages } from "./nl.ts";
import { answered, unanswered, withFinding, withoutFinding, type NotedFinding, type Notes } from "./notes.ts";
import { PhotoStrip } from "./photos.tsx";
import { QuestionCard, type Proposal } from "./question-card.tsx";

/** Answers that count on this screen: own ones over those of visits sent before. */
export interface Known {
  readonly answers: ReadonlyMap<string, Answer>;
  readonly earlier: ReadonlySet<string>;
}

interface DomainProps {
  readonly domain: RiskDomain;
  readonly set: ReadySet | null;
  readonly evaluation: Evaluation | null;
  readonly known: Known;
  readonly notes: Notes;
  readonly revise: Revise;
  readonly next: { readonly name: string; readonly go: () => void };
}

/** A section with the questions asked in it now. */
interface Section {
  readonly id: string;
  readonly name: string;
  /** The same questions as one sees them: sheet after sheet, none empty. */
  readonly sheets: readonly (readonly Question[])[];
  readonly count: number;
  readonly done: number;
  /** The first sheet with a question nobody answered yet; the first one when there is none. */
  readonly firstOpen: number;
}

/**
 * Questions on one sheet. What an old tablet needs for one frame grows with all that is on the page, and nobody oversees eighteen questions. A follow-up that comes up pushes the last
 * question to the next sheet.
 */
const onOneSheet = 7;
/** A last sheet with fewer is no sheet of its own. */
const leastOnSheet = 3;

function sheetsOf(questions: readonly Question[]): Question[][] {
  const sheets: Question[][] = [];
  for (let at = 0; at < questions.length; at += onOneSheet) {
    const sheet = questions.slice(at, at + onOneSheet);
    const before = sheets.at(-1);
    if (before !== undefined && sheet.length < leastOnSheet) before.push(...sheet);
    else sheets.push(sheet);
  }
  return sheets;
}

function sectionsOf(set: ReadySet, evaluation: Evaluation, domain: RiskDomain): Section[] {
  const open = new Set(evaluation.open.map(({ id }) => id));
  return set.set.sections.flatMap(({ id, domain: of, nl: name }) => {
    if (of !== domain) return [];
    const asked = evaluation.asked.filter(({ section }) => section === id);
    const [sheets, count] = [sheetsOf(asked), asked.length];
    if (count === 0) return [];
    const left = sheets.map((sheet) => sheet.filter((question) => open.has(question.id)).length);
    return [
      {
        id,
        name,
        sheets,
        count,
        done: count - left.reduce((sum, one) => sum + one, 0),
        firstOpen: Math.max(
          0,
          left.findIndex((one) => one > 0),
        ),
      },
    ];
  });
}

/** Where one is in a section. Chosen on coming in and then kept: the last answer of a sheet does not turn the page under one's finger. */
function useSheet(section: Section | undefined): { readonly sheet: number; readonly turn: (to: number) => void; readonly begin: () => void } {
  const [, redraw] = useState(0);
  const place = useRef<{ section: string | undefined; at: number }>({ section: undefined, at: 0 });
  if (place.current.section !== section?.id) place.current = { section: section?.id, at: section?.firstOpen ?? 0 };
  const turn = (to: number): void => {
    place.current = { section: section?.id, at: to };
    redraw((count) => count + 1);
  };
  const last = Math.max(0, (section?.sheets.length ?? 1) - 1);
  return { sheet: Math.min(place.current.at, last), turn, begin: () => (place.current = { section: undefined, at: 0 }) };
}

/** Questions of a sheet drawn at once: about what a tablet shows. The others follow in the frames after, so that a tap on the way there is answered at once. */
const drawnFirst = 3;
const drawnAtOnce = 2;

/** How many questions of a sheet to draw now; once all were drawn it stays all, also when a follow-up comes up. */
function useUnfolded(sheet: string | undefined, all: number): number {
  const [drawn, setDrawn] = useState({ sheet, count: drawnFirst });
  const count = drawn.sheet === sheet ? drawn.count : drawnFirst;
  useEffect(() => {
    if (count === Infinity) return;
    // After the frame: what is drawn is on the screen before more is made.
    const wait = setTimeout(() => setDrawn({ sheet, count: count >= all ? Infinity : count + drawnAtOnce }), 16);
    return () => clearTimeout(wait);
  }, [sheet, count, all]);
  return count;
}

export function DomainPart({ domain, set, evaluation, known, notes, revise, next }: DomainProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [editing, setEditing] = useState<NotedFinding | "new" | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const ownHeading = useRef<HTMLHeadingElement>(null);
  const sections = set === null || evaluation === null ? [] : sectionsOf(set, evaluation, domain);
  const section = sections.find(({ id }) => id === notes.sections[domain]) ?? sections.find(({ done, count }) => done < count) ?? sections[0];
  const { sheet, turn, begin } = useSheet(section);
  const questions = section?.sheets[sheet] ?? [];
  const place = section === undefined ? undefined : `${section.id} ${sheet}`;
  const drawn = useUnfolded(place, questions.length);
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: "start" });
  }, [place]);
  const { going, go } = useGoing((id: string) => {
    begin();
    revise((now) => ({ ...now, sections: { ...now.sections, [domain]: id } }), true);
  });
  const close = (): void => {
    setEditing(null);
    ownHeading.current?.focus();
  };
  const onPropose = useCallback(
    (found: FoundFinding, what: "take" | "reword" | "leave" | "show") => {
      if (what === "leave") return revise((now) => ({ ...now, left: [...now.left, found.id] }));
      if (what === "show") return revise((now) => ({ ...now, left: now.left.filter((id) => id !== found.id) }));
      revise((now) => {
        const taken = now.findings.find(({ from }) => from === found.id);
        const finding = taken ?? { ...findingOf(found), id: newId("f"), place: null, from: found.id, photos: photosOf(now, found.question) };
        if (what === "reword") setEditing(finding);
        return taken === undefined ? withFinding(now, finding) : now;
      });
    },
    [revise],
  );
  const onAnswer = useCallback((question: string, value: Answer["value"], note: string) => revise((now) => answered(now, { question, value, note })), [revise]);
  const onClear = useCallback((question: string) => revise((now) => unanswered(now, question)), [revise]);
  const at = sections.findIndex(({ id }) => id === section?.id);
  const [before, after] = [sections[at - 1], sections[at + 1]];
  const findings = notes.findings.filter((finding) => finding.domain === domain);
  const progress = evaluation?.progress[domain];
  return (
    <section class="stack-medium">
      <h2>{shared.domains[domain]}</h2>
      {progress !== undefined && (
        <ProgressBar label={m.progress} done={progress.done} all={Math.max(1, progress.asked)} words={m.progressOf(progress.done, progress.asked)} />
      )}
      {sections.length > 0 && (
        <nav aria-label={m.sections}>
          <ul class="visit-sections">
            {sections.map(({ id, name, done, count }) => (
              <li key={id}>
                <button type="button" class="visit-section" aria-current={id === (going ?? section?.id) ? "step" : undefined} onClick={() => go(id)}>
                  {done === count && <Icon name="check" size={18} />}
                  <span lang="nl">{name}</span>
                  <span class="visit-section-state">{m.sectionState(done, count)}</span>
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {section !== undefined && (
        <section class="stack-medium">
          <h3 ref={heading} tabIndex={-1} class="panel-title visit-heading">
            <span lang="nl">{section.name}</span>
            {section.sheets.length > 1 && <span class="visit-sheet">{m.sheet(sheet + 1, section.sheets.length)}</span>}
          </h3>
          {questions.slice(0, drawn).map((question) => (
            <QuestionCard
              key={question.id}
              question={question}
              answer={known.answers.get(question.id) ?? null}
              earlier={known.earlier.has(question.id)}
              photos={notes.photos.filter((photo) => photo.question === question.id)}
              proposals={proposalsOf(evaluation, question, notes)}
              onAnswer={onAnswer}
              onClear={onClear}
              onPropose={onPropose}
            />
          ))}
          <div class="actions">
            {sheet + 1 < section.sheets.length ? (
              <Button icon="arrow" iconLast onPress={() => afterFrame(() => turn(sheet + 1))}>
                {m.nextSection(m.sheet(sheet + 2, section.sheets.length))}
              </Button>
            ) : after === undefined ? (
              <Button icon="arrow" iconLast onPress={next.go}>
                {m.nextSection(next.name)}
              </Button>
            ) : (
              <Button icon="arrow" iconLast onPress={() => go(after.id)}>
                {m.nextSection(after.name)}
              </Button>
            )}
            {sheet > 0 ? (
              <Button look="quiet" icon="back" onPress={() => afterFrame(() => turn(sheet - 1))}>
                {m.previousSheet}
              </Button>
            ) : (
              before !== undefined && (
                <Button look="quiet" icon="back" onPress={() => go(before.id)}>
                  {m.previousSection}
                </Button>
              )
            )}
          </div>
        </section>
      )}
      <section class="stack-medium visit-findings">
        <h3 class="panel-title" ref={ownHeading} tabIndex={-1}>
          {m.findingsTitle}
        </h3>
        {findings.length === 0 && editing === null && <p class="soft">{m.none}</p>}
        <FindingList
          findings={findings}
          notes={notes}
          holds={(finding) => finding.from === null || evaluation === null || evaluation.findings.some(({ id }) => id === finding.from)}
          onEdit={setEditing}
          onRemove={(finding) => revise((now) => withoutFinding(now, finding.id))}
        />
        {editing === null ? (
          <div class="actions">
            <Button look="second" icon="pencil" onPress={() => setEditing("new")}>
              {m.add}
            </Button>
          </div>
        ) : (
          <FindingInView
            key={editing === "new" ? "new" : editing.id}
            domain={domain}
            finding={editing === "new" ? null : (notes.findings.find(({ id }) => id === editing.id) ?? editing)}
            photos={notes.photos}
            onSave={(finding) => {
              revise((now) => withFinding(now, finding));
              close();
            }}
            onCancel={close}
          />
        )}
      </section>
    </section>
  );
}

/** The form, brought under the eyes of whoever pressed "Pas aan" far above it. */
function FindingInView(props: Parameters<typeof FindingForm>[0]): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    frame.current?.scrollIntoView({ block: "center" });
    frame.current?.querySelector("textarea")?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={frame}>
      <FindingForm {...props} />
    </div>
  );
}

const photosOf = (notes: Notes, question: string): string[] => notes.photos.filter((photo) => photo.question === question).map(({ id }) => id);

const none: readonly Proposal[] = [];
function proposalsOf(evaluation: Evaluation | null, question: Question, notes: Notes): readonly Proposal[] {
  const found = evaluation?.findings.filter((one) => one.question === question.id) ?? [];
  if (found.length === 0) return none;
  return found.map((one) => ({ found: one, taken: notes.findings.find(({ from }) => from === one.id) ?? null, left: notes.left.includes(one.id) }));
}

function FindingList({
  findings,
  notes,
  holds,
  onEdit,
  onRemove,
}: {
  readonly findings: readonly NotedFinding[];
  readonly notes: Notes;
  readonly holds: (finding: NotedFinding) => boolean;
  readonly onEdit: (finding: NotedFinding) => void;
  readonly onRemove: (finding: NotedFinding) => void;
}): JSX.Element | null {
  if (findings.length === 0) return null;
  return (
    <ul class="plain stack-small">
      {findings.map((finding) => (
        <FindingRow key={finding.id} finding={finding} photos={notes.photos} holds={holds(finding)} onEdit={onEdit} onRemove={onRemove} />
      ))}
    </ul>
  );
}

interface FindingRowProps {
  readonly finding: NotedFinding;
  readonly photos: Notes["photos"];
  readonly holds: boolean;
  readonly onEdit: (finding: NotedFinding) => void;
  readonly onRemove: (finding: NotedFinding) => void;
}

/** Drawn again only when something of this finding changed: every answer draws the list. */
const FindingRow = memo(PlainFindingRow, (a, b) => a.finding === b.finding && a.photos === b.photos && a.holds === b.holds);

function PlainFindingRow({ finding, photos, holds, onEdit, onRemove }: FindingRowProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  return (
    <li class="finding">
      <p class="row">
        <Tag tone={finding.seriousness === "high" ? "amber" : undefined}>{shared.seriousness[finding.seriousness]}</Tag>
        {finding.ring !== "none" && <span class="soft small">{shared.rings[finding.ring]}</span>}
        {finding.photos.length > 0 && <span class="soft small">{m.photoCount(finding.photos.length)}</span>}
      </p>
      <p class="story">{finding.observation}</p>
      {!holds && <p class="small soft">{m.changedSince}</p>}
      <PhotoStrip photos={photos.filter(({ id }) => finding.photos.includes(id))} />
      <div class="actions actions-tight">
        <Button look="second" size="small" icon="pencil" label={m.editOf(finding.observation)} onPress={() => onEdit(finding)}>
          {m.edit}
        </Button>
        <Button look="quiet" size="small" icon="bin" label={m.removeOf(finding.observation)} onPress={() => onRemove(finding)}>
          {m.remove}
        </Button>
      </div>
    </li>
  );
}
