/** The table every risk is weighed with, visible: seriousness by likelihood, the level in words in each cell, and where the risk at hand lies now and after the measures. Used where risks are written and weighed. */
import type { JSX } from "preact";
import { useLanguage } from "#services/interface/index.ts";
import type { Likelihood, Seriousness } from "#services/scanning/contract/index.ts";
import type { Messages } from "./nl.ts";
import type { Rulebook } from "./draft.ts";

/** Where something lies; null while that is not chosen yet. */
export interface Weight {
  readonly seriousness: Seriousness | null;
  readonly likelihood: Likelihood | null;
}

/** @param at what to mark, in words, with its place */
export function RiskTable({
  book,
  m,
  at,
}: {
  readonly book: Rulebook;
  readonly m: Messages["risk"];
  readonly at: readonly (readonly [string, Weight])[];
}): JSX.Element {
  const language = useLanguage();
  const { riskTable } = book;
  return (
    <div class="stack-small">
      <table class="risk-table">
        <caption>{m.table}</caption>
        <thead>
          <tr>
            <td />
            {riskTable.likelihood.map((one) => (
              <th key={one.id} scope="col">
                {one[language]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {riskTable.seriousness.toReversed().map((row) => (
            <tr key={row.id}>
              <th scope="row">{row[language]}</th>
              {riskTable.likelihood.map((column) => {
                const level = riskTable.levels.find(({ id }) => id === book.riskOf(row.id, column.id));
                const here = at.filter(([, weight]) => weight.seriousness === row.id && weight.likelihood === column.id);
                return (
                  <td key={column.id} data-level={level?.rank} data-here={here.length > 0 ? "" : undefined}>
                    {level?.[language]}
                    {here.map(([words]) => (
                      <strong key={words} class="risk-here">
                        {words}
                      </strong>
                    ))}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
