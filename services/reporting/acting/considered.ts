/** Which articles to lay beside the facts, and what each means for this person: suggested by the forms of the report, chosen by a person, judged by police and OM. */
import { articles, type Article } from "#registers/articles/index.ts";
import type { OfficeFunction } from "#services/dossier/contract/bodies.ts";
import type { IncidentForm } from "#services/reporting/contract/index.ts";

const byForm: Readonly<Record<IncidentForm, readonly string[]>> = {
  threat: ["sr-285"],
  doxing: ["sr-285d"],
  verbal: ["sr-266", "sr-267"],
  physical: [],
  discrimination: [],
  sexual: [],
  other: [],
};

/** Articles to look at first for these forms, in the order of the register. */
export function suggestedArticles(forms: readonly IncidentForm[]): string[] {
  const wanted = new Set(forms.flatMap((form) => byForm[form]));
  return [...articles.keys()].filter((id) => wanted.has(id));
}

/** Forms for which this register holds no article: the police knows others. */
export const formsBeyond = (forms: readonly IncidentForm[]): IncidentForm[] => forms.filter((form) => form !== "other" && byForm[form].length === 0);

/**
 * What is known about one third more punishment for this function: named by the source, not named there, or not known.
 * Null where no source was read that names functions, or the function was not told.
 */
export function heavierFor(article: Article, function_: OfficeFunction | null): "named" | "not-named" | null {
  if (article.heavier === null || function_ === null) return null;
  return article.heavier.includes(function_) ? "named" : "not-named";
}

/** Whether prosecution may hang on the person asking for it (klacht). */
export const wantsRequest = (ids: readonly string[]): boolean => ids.some((id) => (articles.get(id)?.complaint ?? "never") !== "never");
