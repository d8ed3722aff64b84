/** The profile-likelihood interval of a proportion, scaled by the design: where the scaled deviance of a binomial sample reaches the critical value. Called by proportion.ts only. */
import type { Interval } from "./estimates.ts";

/** 2n times the Kullback-Leibler distance of q from p, n answers. */
function deviance(p: number, q: number, n: number): number {
  return 2 * n * (p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q)));
}

const expit = (eta: number): number => 1 / (1 + Math.exp(-eta));

/**
 * @param p strictly between 0 and 1; @param error standard error of its logit; @param n answers; @param t critical value.
 */
export function likelihoodInterval(p: number, error: number, n: number, t: number): Interval {
  // Rao and Scott (1984): the deviance counts as many answers as the design is worth. R scales by the dispersion n / (n - 1) as well.
  const target = (t * error) ** 2 * n * p * (1 - p) * (n / (n - 1));
  const solve = (direction: -1 | 1): number => {
    const eta = Math.log(p / (1 - p));
    let [near, far] = [0, 1];
    while (deviance(p, expit(eta + direction * far), n) < target && far < 1e3) far *= 2;
    for (let round = 0; round < 200 && far - near > 1e-15 * (1 + Math.abs(eta)); round++) {
      const middle = (near + far) / 2;
      if (deviance(p, expit(eta + direction * middle), n) < target) near = middle;
      else far = middle;
    }
    return expit(eta + (direction * (near + far)) / 2);
  };
  return { low: solve(-1), high: solve(1), note: null };
}
