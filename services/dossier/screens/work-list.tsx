/** The lines of a desk's worklist: grouped by term, searched here, walked with the keyboard. Used by the work page. */
import { Fragment, type JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import Type from "typebox";
import { Check } from "typebox/value";
import type { DeskFunction } from "#services/directory/contract/index.ts";
import type { CoverIndex, IndexedLine } from "#services/dossier/client/index.ts";
import type { DossierRole } from "#services/dossier/contract/index.ts";
import { burstsOf, type Burst } from "#services/dossier/contract/burst.ts";
import { EmptyState, Field, Tag, useLanguage, useMessages, useStore } from "#services/interface/index.ts";
import { apart, BurstLines, isAcute } from "./burst-lines.tsx";
import "./dossier.css";
import { en } from "./en.ts";
import { loadKinds, type KindScreens } from "./kinds.ts";
import { nl, type Messages } from "./nl.ts";
import { chooseShortKeys, shortKeys } from "./short-keys.ts";

/** What both kinds' covers have in common, as far as a line shows it. */
const Cover = Type.Object({
  title: Type.Optional(Type.String()),
  reporterName: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  urgency: Type.Optional(Type.String()),
});

type Group = "overdue" | "today" | "later" | "noTerm";
const groups: readonly Group[] = ["overdue", "today", "later", "noTerm"];
/** Lines drawn per group at first; the rest comes when asked, so that thousands do not weigh on the page. */
const firstLines = 50;

/** Made once: making it costs a hundred times more than using it, and a list asks it for thousands of lines. */
const days = new Intl.DateTimeFormat("nl-NL", { dateStyle: "short", timeZone: "Europe/Amsterdam" });
const dayOf = (moment: number): string => days.format(moment);
/** No day is longer, not even the one on which the clock goes back: what is due later than this is not due today. */
const longestDay = 25 * 3_600_000;

/** Where a line belongs now. */
function groupOf({ term }: IndexedLine, now: number): Group {
  if (term === null) return "noTerm";
  const due = Date.parse(term.due);
  if (term.overdue || due < now) return "overdue";
  return due - now < longestDay && dayOf(due) === dayOf(now) ? "today" : "later";
}

/** Role a desk of this function has in dossiers: who "u" is on its worklist. */
export function deskRole(deskFunction: DeskFunction | null): DossierRole | null {
  switch (deskFunction) {
    case "safety-desk":
    case "expert-desk":
    case "authority":
    case "employer":
    case "police":
    case "chief-prosecutor":
      return deskFunction;
    case "support":
      return "support-team";
    case "om":
      return "prosecution";
    default:
      return null;
  }
}

interface ListProps {
  readonly index: CoverIndex;
  /** Changes when the index did. */
  readonly version: number;
  readonly role: DossierRole | null;
  readonly now: string | null;
  readonly onOpen: (id: string) => void;
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;

/** j and k walk over the lines, / goes to the search field; Enter is the button's own. Not while typing or in a dialog, and not for whoever turned them off: who speaks to a computer sets them off by speaking (WCAG 2.1.4). */
function useKeys(root: { readonly current: HTMLElement | null }, on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent): void => {
      if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]") !== null) return;
      if (event.key === "/") {
        event.preventDefault();
        root.current?.querySelector<HTMLInputElement>("input[type=search]")?.focus();
        return;
      }
      const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      if (step === 0) return;
      const rows = [...(root.current?.querySelectorAll<HTMLElement>("[data-line]") ?? [])];
      const focused = rows.findIndex((row) => row === document.activeElement);
      const at = focused === -1 ? rows.findIndex((row) => row.getAttribute("aria-current") === "true") : focused;
      rows[at === -1 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [on]);
}

/** The list with its search field. */
export function WorkList({ index, version, role, now, onOpen }: ListProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [query, setQuery] = useState("");
  const [kindOf, setKindOf] = useState<((kind: IndexedLine["kind"]) => KindScreens | undefined) | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const keys = useStore(shortKeys);
  useKeys(root, keys);
  useEffect(() => {
    loadKinds().then(
      (kinds) => setKindOf(() => (kind: IndexedLine["kind"]) => kinds.of(kind)),
      () => undefined,
    );
  }, []);
  const taken = useStore(apart);
  const grouped = useMemo(() => {
    const at = Date.now();
    const found = index.search(query);
    // Whoever looks for something sees each line that has it.
    const bursts = query === "" ? burstsOf(found, taken) : [];
    const inBurst = new Set(bursts.flatMap(({ lines }) => lines));
    const placed: Readonly<Record<Group, IndexedLine[]>> = { overdue: [], today: [], later: [], noTerm: [] };
    for (const line of found) if (!inBurst.has(line)) placed[groupOf(line, at)].push(line);
    // A burst stands where its most pressing report would, also while one is being taken out of it: whoever is in need among many is not waited for until the rest is done.
    const takenOut = found.filter(({ id }) => taken.has(id));
    const placeOf = ({ lines }: Burst<IndexedLine>): Group => {
      const of = new Set([...lines, ...takenOut].map((line) => (isAcute(line) && groupOf(line, at) !== "overdue" ? "today" : groupOf(line, at))));
      return groups.find((group) => of.has(group)) ?? "noTerm";
    };
    return {
      at,
      total: found.length,
      groups: groups.map((group) => ({ group, lines: placed[group], bursts: bursts.filter((burst) => placeOf(burst) === group) })),
    };
  }, [index, version, query, taken]);
  if (index.size === 0)
    return (
      <EmptyState icon="check" title={m.work.none}>
        <p>{m.work.noneText}</p>
      </EmptyState>
    );
  return (
    <div class="stack-medium" ref={root}>
      <Field type="search" label={m.work.search} hint={m.work.searchHint} value={query} onInput={setQuery} />
      <p class="soft small">
        <span role="status">{index.expected === null || query !== "" ? m.work.count(grouped.total) : m.work.countOf(grouped.total, index.expected)}.</span>
      </p>
      {grouped.total === 0 && (
        <EmptyState icon="list" title={m.work.notFound}>
          <p>{m.work.notFoundText}</p>
        </EmptyState>
      )}
      {grouped.groups.map(({ group, lines, bursts }) => (
        <Fragment key={group}>
          {lines.length > 0 && <Lines group={group} lines={lines} counted={index.expected === null} role={role} kindOf={kindOf} now={now} onOpen={onOpen} />}
          {bursts.map((burst) => (
            <BurstLines
              key={burst.since}
              burst={burst}
              draw={(line) => <Line line={line} group={groupOf(line, grouped.at)} role={role} kind={kindOf?.(line.kind)} now={now} onOpen={onOpen} />}
            />
          ))}
        </Fragment>
      ))}
      {/* Below the lines, so that one Tab leads from the search field to the first of them. */}
      <p class="soft small keys-hint">
        {keys ? m.work.keys : m.work.keysOff}{" "}
        <button type="button" class="link" onClick={() => chooseShortKeys(!keys)}>
          {keys ? m.work.keysTurnOff : m.work.keysTurnOn}
        </button>
      </p>
    </div>
  );
}

function Lines({
  group,
  lines,
  counted,
  role,
  kindOf,
  now,
  onOpen,
}: {
  readonly group: Group;
  readonly lines: readonly IndexedLine[];
  /** Whether all lines are here, so that their number is the group's. */
  readonly counted: boolean;
  readonly role: DossierRole | null;
  readonly kindOf: ((kind: IndexedLine["kind"]) => KindScreens | undefined) | null;
  readonly now: string | null;
  readonly onOpen: (id: string) => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [limit, setLimit] = useState(firstLines);
  return (
    <section class="stack-small">
      <h2 class="line-group">
        {m.work[group]} {counted && <span class="soft small">{lines.length}</span>}
      </h2>
      <ul class="lines">
        {lines.slice(0, limit).map((line) => (
          <li key={line.id}>
            <Line line={line} group={group} role={role} kind={kindOf?.(line.kind)} now={now} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {lines.length > limit && (
        <button type="button" class="link" onClick={() => setLimit(limit + firstLines)}>
          {m.work.more(lines.length - limit)}
        </button>
      )}
    </section>
  );
}

function Line({
  line,
  group,
  role,
  kind,
  now,
  onOpen,
}: {
  readonly line: IndexedLine;
  readonly group: Group;
  readonly role: DossierRole | null;
  readonly kind: KindScreens | undefined;
  readonly now: string | null;
  readonly onOpen: (id: string) => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const cover = Check(Cover, line.cover) ? line.cover : {};
  const kindName = kind?.title[language] ?? "";
  const name = [cover.reporterName, cover.name].find((one) => one !== undefined && one !== "");
  // A desk that may read only a part (the employer) has no cover: the kind and the day it was opened tell lines apart.
  const title = [cover.title, name].find((one) => one !== undefined && one !== "") ?? m.work.opened(kindName, line.opened);
  const about = line.cover === null ? "" : [kindName, name ?? m.work.unknown].filter((part) => part !== "").join(" · ");
  const { term } = line;
  const waits = term === null ? "" : term.waitsFor === role ? m.work.waitsYou : m.work.waits(m.roles[term.waitsFor]);
  const when = term === null ? "" : group === "overdue" ? m.work.was(term.due) : m.work.due(term.due);
  return (
    <button
      type="button"
      class="line"
      data-line={line.id}
      data-group={group}
      aria-current={line.id === now ? "true" : undefined}
      onClick={() => onOpen(line.id)}
    >
      <span class="line-title">{title}</span>
      {about !== "" && <span class="line-more">{about}</span>}
      {term !== null && (
        <span class="line-more">
          {waits}, {when}
        </span>
      )}
      {cover.urgency === "acute" && (
        <span>
          <Tag tone="amber" icon="alert">
            {m.work.acute}
          </Tag>
        </span>
      )}
    </button>
  );
}
