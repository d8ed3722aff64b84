/** The distributions and links of generalised linear models, as R's `family` objects. Read by the fit alone. */

/** Which distribution; the `quasi` forms give the same fit and errors here, since errors come from the design. */
export type FamilyName = "gaussian" | "binomial" | "quasibinomial" | "poisson" | "quasipoisson";

/** Which link between mean and linear predictor. `cloglog` makes a discrete-time hazard model a grouped proportional-hazards model. */
export type LinkName = "identity" | "logit" | "cloglog" | "log";

/** What the fit needs to know of a family and link. */
export interface Family {
  readonly name: FamilyName;
  readonly link: LinkName;
  readonly variance: (mean: number) => number;
  /** The deviance of one answer, not yet weighted. */
  readonly deviance: (answer: number, mean: number) => number;
  /** Where the iteration starts for an answer of this weight. */
  readonly start: (answer: number, weight: number) => number;
  readonly predictor: (mean: number) => number;
  readonly mean: (predictor: number) => number;
  /** d mean / d predictor */
  readonly slope: (predictor: number) => number;
  /** The least and largest answer that is possible. */
  readonly range: readonly [number, number];
}

const EPSILON = 2 ** -52;

const links = {
  identity: { predictor: (mean: number) => mean, mean: (eta: number) => eta, slope: () => 1 },
  log: {
    predictor: (mean: number) => Math.log(mean),
    mean: (eta: number) => Math.max(Math.exp(eta), EPSILON),
    slope: (eta: number) => Math.max(Math.exp(eta), EPSILON),
  },
  logit: {
    predictor: (mean: number) => Math.log(mean / (1 - mean)),
    mean: (eta: number) => {
      if (eta < -30) return EPSILON;
      if (eta > 30) return 1 / (1 + EPSILON);
      const odds = Math.exp(eta);
      return odds / (1 + odds);
    },
    slope: (eta: number) => {
      if (Math.abs(eta) > 30) return EPSILON;
      const odds = Math.exp(eta);
      return odds / (1 + odds) ** 2;
    },
  },
  cloglog: {
    predictor: (mean: number) => Math.log(-Math.log1p(-mean)),
    mean: (eta: number) => Math.max(Math.min(-Math.expm1(-Math.exp(eta)), 1 - EPSILON), EPSILON),
    slope: (eta: number) => {
      const bounded = Math.min(eta, 700);
      return Math.max(Math.exp(bounded) * Math.exp(-Math.exp(bounded)), EPSILON);
    },
  },
} as const;

/** y ln(y/m), 0 at y = 0 */
function ratioTerm(answer: number, mean: number): number {
  return answer === 0 ? 0 : answer * Math.log(answer / mean);
}

const distributions = {
  gaussian: {
    variance: () => 1,
    deviance: (answer: number, mean: number) => (answer - mean) ** 2,
    start: (answer: number) => answer,
    range: [-Infinity, Infinity],
  },
  binomial: {
    variance: (mean: number) => mean * (1 - mean),
    deviance: (answer: number, mean: number) => 2 * (ratioTerm(answer, mean) + ratioTerm(1 - answer, 1 - mean)),
    start: (answer: number, weight: number) => (weight * answer + 0.5) / (weight + 1),
    range: [0, 1],
  },
  poisson: {
    variance: (mean: number) => mean,
    deviance: (answer: number, mean: number) => 2 * (ratioTerm(answer, mean) - (answer - mean)),
    start: (answer: number) => answer + 0.1,
    range: [0, Infinity],
  },
} as const;

const known = {
  gaussian: { distribution: "gaussian", links: ["identity"] },
  binomial: { distribution: "binomial", links: ["logit", "cloglog"] },
  quasibinomial: { distribution: "binomial", links: ["logit", "cloglog"] },
  poisson: { distribution: "poisson", links: ["log"] },
  quasipoisson: { distribution: "poisson", links: ["log"] },
} as const satisfies Record<FamilyName, { distribution: keyof typeof distributions; links: readonly LinkName[] }>;

/** The names of the families, for messages and parsers. */
export const familyNames = ["gaussian", "binomial", "quasibinomial", "poisson", "quasipoisson"] as const satisfies readonly FamilyName[];

/** The links a family may have; the first is the usual one. */
export function linksOf(name: FamilyName): readonly [LinkName, ...LinkName[]] {
  return known[name].links;
}

/** The family with a link that fits it; `null` when it does not. */
export function familyOf(name: FamilyName, link: LinkName): Family | null {
  const allowed: readonly LinkName[] = known[name].links;
  if (!allowed.includes(link)) return null;
  return { name, link, ...distributions[known[name].distribution], ...links[link] };
}
