/** A recorded decision on the claim, to read: what was decided, every condition with its article, the exception, the settings, and the way that was pointed. Drawn in the story of a scan. */
import type { JSX } from "preact";
import { ways as allWays, settings as described } from "#registers/functions/index.ts";
import { Notice, Tag, useLanguage, useMessages } from "#services/interface/index.ts";
import type { EntitlementBody } from "#services/scanning/contract/index.ts";
import { Facts, Said } from "#services/scanning/screens/entries/said.tsx";
import "#services/scanning/screens/scan.css";
import { ConditionTable } from "./conditions.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { Ways } from "./outcome.tsx";

/** Draws the body of an `entitlement` entry; one of before conditions were recorded shows its words. */
export function DecisionView({ body }: { readonly body: EntitlementBody }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const { weighed, pkvwException } = body;
  const values: Readonly<Record<string, string>> = m.values;
  const named = (id: string): string => described.find((one) => one.id === id)?.[language] ?? id;
  return (
    <>
      <span>
        <Tag tone={body.entitled ? "accent" : "amber"} icon={body.entitled ? "check" : "info"}>
          {body.entitled ? m.decided.yes : m.decided.no}
        </Tag>
      </span>
      {weighed === undefined ? (
        <>
          <Said words={body.explanation} />
          <Facts facts={[[m.article, body.article]]} />
        </>
      ) : (
        <>
          {weighed.against && <Notice tone="amber">{m.against}</Notice>}
          <Said words={weighed.words} />
          <ConditionTable conditions={weighed.conditions} />
          {body.entitled && weighed.todo.length > 0 && (
            <>
              <h4>{m.todo}</h4>
              <ul class="words">
                {weighed.todo.map((one) => (
                  <li key={one.en}>{one[language]}</li>
                ))}
              </ul>
            </>
          )}
          {!body.entitled && weighed.ways.length > 0 && (
            <>
              <h4>{m.ways}</h4>
              <Ways ways={weighed.ways.map((way) => ({ ...way, call: allWays.get(way.id)?.call ?? null, page: allWays.get(way.id)?.page ?? null }))} />
            </>
          )}
          <Facts facts={weighed.settings.map(({ id, value }) => [m.settings, m.setting(named(id), values[String(value)] ?? String(value))] as const)} />
        </>
      )}
      {pkvwException !== null && (
        <div class="stack-small">
          <h4>{m.exception}</h4>
          <Said words={pkvwException.reason} />
          <p class="soft">{m.exceptionBy(pkvwException.by, pkvwException.on ?? null)}</p>
        </div>
      )}
    </>
  );
}
