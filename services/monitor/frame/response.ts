/** What the fieldwork of a wave comes to: response per stratum with its margin, and how near the figures will be. Pure; the fieldwork page and the command line call it. */
import { leastShown, stratumName, stratumParts, type Fieldwork, type StratumKey, type WavePayload } from "#services/monitor/contract/index.ts";

/** Answers under which nothing is published of a group; the rules of a publication may ask for more. */
const leastPublished = 10;

/** Two-sided 95 % of the normal distribution. */
const z = 1.959_963_984_540_054;

/** Ends of an interval, as shares. */
export interface Ends {
  readonly low: number;
  readonly high: number;
}

/** Wilson's interval of a share (Wilson 1927, JASA 22; Brown, Cai and DasGupta 2001): stays within 0 and 1, and says something at 0 and 1 too. `n` at least 1. */
export function wilson(count: number, n: number): Ends {
  const share = count / n;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: count === 0 ? 0 : Math.max(0, centre - half), high: count === n ? 1 : Math.min(1, centre + half) };
}

/** Half the width of the interval a share of one half would have with `n` answers out of `population`, when those who answer are like those who do not. Null without answers. */
export function marginOfHalf(n: number, population: number): number | null {
  if (n === 0) return null;
  if (population <= n) return 0;
  return z * Math.sqrt((0.25 / n) * ((population - n) / (population - 1)));
}

/** One stratum, or all together. */
export interface Response {
  readonly population: number;
  readonly invited: number;
  /** Invitations that were put in. Fewer than `invited` while the desk has not put in all. */
  readonly invitations: number;
  readonly collected: number;
  /** Null: under {@link leastShown}, and the wave runs. */
  readonly answered: number | null;
  /** Answered of the invitations; null where answered is, or without invitations. */
  readonly response: ({ readonly share: number } & Ends) | null;
  /** See {@link marginOfHalf}. */
  readonly margin: number | null;
}

/** A stratum with its response. */
export interface StratumResponse extends Response {
  readonly name: string;
  readonly key: StratumKey;
  /** Too few answers to publish anything of it alone. */
  readonly thin: boolean;
}

/** A wave's fieldwork. */
export interface WaveResponse {
  readonly strata: readonly StratumResponse[];
  /** `answered`: those of strata that are told, so at least; see `untold`. The upper end of `response` counts as many as there can be. */
  readonly all: Response;
  /** Strata whose answers are not told. */
  readonly untold: number;
}

function respond(parts: Pick<Response, "population" | "invited" | "invitations" | "collected" | "answered">): Response {
  const { invitations, answered, population } = parts;
  // One invitation gives one answer, so there are never more.
  const told = answered === null || invitations === 0 ? null : Math.min(answered, invitations);
  return {
    ...parts,
    response: told === null ? null : { share: told / invitations, ...wilson(told, invitations) },
    margin: answered === null ? null : marginOfHalf(answered, population),
  };
}

/** Joins what the statement says with what the server counts; a stratum the server does not name stands at zero. */
export function responseOf({ strata }: Pick<WavePayload, "strata">, { strata: counts, answered }: Fieldwork): WaveResponse {
  const counted = new Map(counts.map((one) => [one.stratum, one]));
  const rows = strata.map(({ key, population, invited }): StratumResponse => {
    const name = stratumName(key);
    const count = counted.get(name);
    const response = respond({
      population,
      invited,
      invitations: count?.invitations ?? 0,
      collected: count?.collected ?? 0,
      answered: count?.answered ?? null,
    });
    return { name, key, ...response, thin: (response.answered ?? leastShown - 1) < leastPublished };
  });
  const sum = (part: "population" | "invited" | "invitations" | "collected"): number => rows.reduce((all, row) => all + row[part], 0);
  const untold = rows.filter(({ answered: told }) => told === null);
  const all = respond({ population: sum("population"), invited: sum("invited"), invitations: sum("invitations"), collected: sum("collected"), answered });
  // What is not told is under five in each stratum, and no more than were collected there.
  const most = Math.min(all.invitations, answered + untold.reduce((more, { collected }) => more + Math.min(leastShown - 1, collected), 0));
  return {
    strata: rows.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    all: all.response === null ? all : { ...all, response: { ...all.response, high: wilson(most, all.invitations).high } },
    untold: untold.length,
  };
}

/** What a code is called, in one language. */
const called = ({ labels }: Pick<WavePayload, "labels">, code: string, language: "nl" | "en" | "fy"): string => labels[code]?.[language] ?? code;

/** A stratum in words: `raadslid, gemeente, Utrecht, 50.000 tot 100.000 inwoners`. */
export const inWords = (wave: Pick<WavePayload, "labels">, key: StratumKey, language: "nl" | "en" | "fy"): string =>
  stratumParts.map((part) => called(wave, key[part], language)).join(", ");
