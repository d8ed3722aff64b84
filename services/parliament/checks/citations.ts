/** What became of a figure since it was cited: the same, changed, or withdrawn. The publication is read by a function that is handed in; nothing is fetched here. */
import type { CitationState, CitedFigure } from "#services/figures/contract/citation.ts";
import { linesOf, placeIn, type Place, type TextToCheck } from "./plain.ts";

/** A figure as its publication has it now. */
export type PublishedFigure = Pick<CitedFigure, "value" | "unit" | "low" | "high" | "n" | "denominator" | "period">;

/** Compares a citation with its publication; null: it was withdrawn, or is not there any more. A publication whose file changed while this figure did not is the same. */
export function citationState(cited: CitedFigure, now: PublishedFigure | null): CitationState {
  if (now === null) return "withdrawn";
  const keys = ["value", "unit", "low", "high", "n", "denominator", "period"] as const;
  return keys.every((key) => cited[key] === now[key]) ? "same" : "changed";
}

/** One citation with what became of it. */
export interface CheckedCitation {
  readonly place: Place;
  readonly figure: CitedFigure;
  /** `unknown`: the publication could not be read; try again. */
  readonly state: CitationState | "unknown";
  readonly now: PublishedFigure | null;
  readonly words: string;
}

const dutch = (state: CheckedCitation["state"], cited: CitedFigure, now: PublishedFigure | null): string => {
  switch (state) {
    case "same":
      return "Het cijfer staat er nog zo.";
    case "changed":
      return `De publicatie noemt nu een ander cijfer: ${now === null ? "?" : String(now.value).replace(".", ",")} in plaats van ${String(cited.value).replace(".", ",")}. Kijk of het antwoord nog klopt.`;
    case "withdrawn":
      return "De publicatie heeft dit cijfer ingetrokken. Gebruik het niet zonder uitleg.";
    case "unknown":
      return "De publicatie was niet te lezen. Controleer het cijfer opnieuw voordat u verder gaat.";
  }
};

/**
 * Checks every citation in these texts; each figure is read once, however often it is cited.
 * @param read the figure at its address as it is now, null when it is not there any more; a throw means that it could not be read
 */
export async function checkCitations(
  texts: readonly TextToCheck[],
  read: (figure: CitedFigure) => Promise<PublishedFigure | null>,
): Promise<CheckedCitation[]> {
  const lines = texts.flatMap(linesOf);
  const seen = new Map<string, Promise<{ readonly now: PublishedFigure | null } | null>>();
  const ask = (figure: CitedFigure): Promise<{ readonly now: PublishedFigure | null } | null> => {
    const name = `${figure.address}\n${figure.figure}`;
    const known =
      seen.get(name) ??
      read(figure).then(
        (now) => ({ now }),
        () => null,
      );
    seen.set(name, known);
    return known;
  };
  return Promise.all(
    lines.flatMap((line) =>
      line.figures.map(async ({ figure, start, end }) => {
        const answer = await ask(figure);
        const state = answer === null ? "unknown" : citationState(figure, answer.now);
        const now = answer?.now ?? null;
        return { place: placeIn(line, start, end), figure, state, now, words: dutch(state, figure, now) };
      }),
    ),
  );
}
