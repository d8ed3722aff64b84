/** One proposed measure: what it is, where it came from, what the adviser did with it. Used where measures are written, weighed and explained. */
import type { ComponentChildren, JSX } from "preact";
import { Tag, useLanguage, useMessages, writeDay } from "#services/interface/index.ts";
import type { RecordedFinding } from "#services/scanning/client/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { Facts, More } from "#services/scanning/screens/entries/said.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import "./advice.css";
import type { Messages } from "./nl.ts";
import type { Proposal } from "./rulebook.ts";
import type { Rulebook } from "./draft.ts";

interface CardProps {
  readonly proposal: Proposal;
  readonly byWhen: string | undefined;
  readonly findings: readonly RecordedFinding[];
  readonly book: Rulebook;
  readonly m: Messages["measures"];
  readonly children?: ComponentChildren;
}

export function MeasureCard({ proposal, byWhen, findings, book, m, children }: CardProps): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const language = useLanguage();
  const { now, state, register, edits } = proposal;
  const cost = [
    shared.cost(now.costLow, now.costHigh),
    now.pieces > 1 ? m.pieces(now.pieces) : now.costBasis === "adviser" ? "" : m.per[now.costPer],
    `(${m.basis[now.costBasis]})`,
  ];
  const where = now.ring === "none" ? shared.domains[now.domain] : shared.rings[now.ring];
  const words = [
    where,
    now.level === null ? "" : m.levels[now.level],
    shared.who[now.who],
    shared.providedShort[now.provided],
    byWhen === undefined ? "" : shared.until(byWhen),
  ];
  // A reason that already stands beside its finding is not said twice.
  const said = new Set(proposal.because.map(({ text }) => text));
  const acts = edits.filter(({ reason }) => !said.has(reason));
  const source = register === null ? undefined : book.sources.get(register.source);
  return (
    <li class="proposal" data-state={state}>
      <div class="row row-between">
        <p class="proposal-name">{now.what}</p>
        <Tag tone={state === "proposed" || state === "dropped" ? undefined : "accent"}>{m.states[state]}</Tag>
      </div>
      <p class="soft small">{words.filter((part) => part !== "").join(" · ")}</p>
      <p class="small">{cost.filter((part) => part !== "").join(" ")}</p>
      <Because proposal={proposal} findings={findings} m={m} />
      {acts.length > 0 && <Facts facts={acts.map(({ change, reason }) => [m.act[change], reason] as const)} />}
      {register !== null && (
        <More title={m.more}>
          <Facts
            facts={[
              [m.whyGeneral, register.why],
              [m.upkeep, register.upkeep],
              [
                m.source,
                [source?.title ?? "", register.where, source === undefined ? "" : writeDay(language, register.date)].filter((part) => part !== "").join(", "),
              ],
            ]}
          />
          {register.pkvw && <p class="soft small">{m.pkvw}</p>}
        </More>
      )}
      {children}
    </li>
  );
}

/** Which finding led to it, and by which rule, in the rule's own sentence. */
export function Because({
  proposal: { because },
  findings,
  m,
}: {
  readonly proposal: Pick<Proposal, "because">;
  readonly findings: readonly RecordedFinding[];
  readonly m: Messages["measures"];
}): JSX.Element {
  if (because.length === 0) return <p class="soft small">{m.noFinding}</p>;
  return (
    <ul class="because" aria-label={m.because}>
      {because.map(({ finding, rule, text }) => {
        const place = findings.findIndex((one) => one.finding.id === finding);
        return (
          <li key={`${finding} ${rule ?? ""}`}>
            <span class="because-finding">
              {place + 1}. {findings[place]?.finding.observation ?? ""}
            </span>
            {text} <span class="soft small">{rule === null ? m.byAdviser : m.rule(rule)}</span>
          </li>
        );
      })}
    </ul>
  );
}
