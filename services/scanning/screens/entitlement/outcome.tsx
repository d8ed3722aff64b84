/** The claim as the person sees it while answering: the outcome in one line, each condition with its article, and where to go without a claim. Used by the request page. */
import type { JSX } from "preact";
import { ButtonLink, Icon, Notice, useLanguage, useMessages } from "#services/interface/index.ts";
import type { Condition, Decision, WayOut } from "#services/scanning/entitlement/index.ts";
import { More } from "#services/scanning/screens/entries/said.tsx";
import "#services/scanning/screens/scan.css";
import { ConditionList, type Shown } from "./conditions.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** The conditions of a decision, each with what can be done for it. */
export const conditionsOf = ({ conditions, todo }: Decision): Shown[] =>
  conditions.map((one): Shown => ({ ...one, todo: todo.filter(({ code }) => one.todo.includes(code)) }));

/** Lid 4, and lid 6 after moving, are met by the scan itself: nobody who asks for one can do anything for them. */
const byTheScan = ({ article }: Pick<Shown, "article">): boolean => / lid [46](?: |$)/u.test(article);
/** Not answered yet: the home, while the first questions are. */
const unanswered = ({ code }: Condition): boolean => code === "home-unknown" || code === "pkvw-unknown";

/** @param soFar leave out what was not asked about yet: the home, while the first questions are answered */
export function Outcome({ decision, soFar = false }: { readonly decision: Decision; readonly soFar?: boolean }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const { outcome, conditions, mayStart, grounds, ways, verdict } = decision;
  const asked = conditionsOf({ ...decision, conditions: conditions.filter((one) => !(byTheScan(one) || (soFar && unanswered(one)))) });
  const later = conditionsOf(decision)
    .filter(byTheScan)
    .map((one): Shown => ({ ...one, todo: [] }));
  const open = outcome === "claim" || outcome === "on-the-way";
  const settled = asked.every(({ state }) => state === "met" || state === "by-exception");
  return (
    <section class="outcome" aria-label={m.yours}>
      <Notice tone={open ? "info" : "amber"} title={!open ? verdict[language] : mayStart || settled ? m.may : m.notYet}>
        {open && outcome === "on-the-way" && !settled && <p>{verdict[language]}</p>}
      </Notice>
      <ConditionList conditions={asked} label={m.yours} />
      {open && later.length > 0 && !soFar && (
        <More title={m.fromScan(later.length)}>
          <p>{m.fromScanText}</p>
          <ConditionList conditions={later} label={m.fromScan(later.length)} />
        </More>
      )}
      {open && !soFar && grounds.length > 0 && (
        <More title={m.follows}>
          <ul class="words">
            {grounds.map((ground) => (
              <li key={ground.code}>
                {ground[language]} <span class="soft small">{ground.article}</span>
              </li>
            ))}
          </ul>
        </More>
      )}
      {!open && (
        <>
          <h3>{m.ways}</h3>
          <Ways ways={ways} />
          <p>{m.sendAnyway}</p>
        </>
      )}
    </section>
  );
}

/** `+31307516712` as one reads it out. */
const spoken = (number: string): string => (number === "+31307516712" ? "030-751 67 12" : number === "+31703738314" ? "070-373 83 14" : number);

/** Where the person is led, each with its button where there is one. */
export function Ways({ ways }: { readonly ways: readonly WayOut[] }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const pages: Readonly<Record<string, string>> = m.pages;
  return (
    <ol class="ways">
      {ways.map((way) => (
        <li key={way.id}>
          <Icon name={way.call === null ? "arrow" : "phone"} />
          <div>
            <p>{way[language]}</p>
            {way.call !== null && (
              <ButtonLink to={`tel:${way.call}`} look="second" size="small" icon="phone">
                {m.call(spoken(way.call))}
              </ButtonLink>
            )}
            {way.call === null && way.page !== null && pages[way.page] !== undefined && way.page !== "/scan" && (
              <ButtonLink to={way.page} look="second" size="small">
                {pages[way.page]}
              </ButtonLink>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
