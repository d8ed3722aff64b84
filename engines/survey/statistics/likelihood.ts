/**
 * The profile-likelihood interval of a proportion as R's `svyciprop(method = "likelihood")` computes it. Called by proportion.ts only.
 *
 * The exact end is where the deviance, scaled by dispersion and by the design (Rao and Scott 1984), reaches the critical value. R looks for it on a spline through at most nineteen points of the
 * profile, read off at three times as many places in straight lines (Venables and Ripley 2002, ch. 7.2), which lies up to 1e-4 beside it. Equality with R is promised, so the same points are used;
 * when the spline has no such place the exact end is given.
 */
import { fisher, normal } from "#engines/survey/numerics/index.ts";
import type { Interval } from "./estimates.ts";

const expit = (eta: number): number => 1 / (1 + Math.exp(-eta));

/** 2n times the Kullback-Leibler distance of q from p, n answers. */
const deviance = (p: number, q: number, n: number): number => 2 * n * (p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q)));

/** What the fit of the proportion gave. */
export interface Fitted {
  /** Strictly between 0 and 1. */
  readonly p: number;
  /** Standard error of its logit, by the design. */
  readonly error: number;
  readonly n: number;
  /** The proportion one step before the fit stopped: R's model-based variance stands there. */
  readonly before: number;
}

/** Where iteratively reweighted least squares stands one step before it stops, from R's starting values. */
export function stepBefore(column: Float64Array, weights: Float64Array, n: number, population: number): number {
  let [top, bottom, old, p] = [0, 0, 0, 0];
  for (let row = 0; row < column.length; row++) {
    const weight = ((weights[row] ?? 0) * n) / population;
    if (weight === 0) continue;
    const y = column[row] ?? 0;
    const mu = (weight * y + 0.5) / (weight + 1);
    const information = weight * mu * (1 - mu);
    top += information * (Math.log(mu / (1 - mu)) + (y - mu) / (mu * (1 - mu)));
    bottom += information;
    old += -2 * weight * Math.log(y === 1 ? mu : 1 - mu);
    p += (weight * y) / n;
  }
  let eta = top / bottom;
  let before = expit(eta);
  for (let round = 0; round < 100; round++) {
    const mu = expit(eta);
    const now = -2 * n * (p * Math.log(mu) + (1 - p) * Math.log(1 - mu));
    if (Math.abs(now - old) / (Math.abs(now) + 0.1) < 1e-8) break;
    old = now;
    before = mu;
    eta += (p - mu) / (mu * (1 - mu));
  }
  return before;
}

/** The cubic spline of Forsythe, Malcolm and Moler (1977): its ends follow the cubics through the four outermost points. */
function spline(x: Float64Array, y: Float64Array): (at: number) => number {
  const last = x.length - 1;
  const get = (a: Float64Array, at: number): number => a[at] ?? 0;
  const [b, c, d] = [new Float64Array(last + 1), new Float64Array(last + 1), new Float64Array(last + 1)];
  d[0] = get(x, 1) - get(x, 0);
  c[1] = (get(y, 1) - get(y, 0)) / get(d, 0);
  for (let i = 1; i < last; i++) {
    d[i] = get(x, i + 1) - get(x, i);
    b[i] = 2 * (get(d, i - 1) + get(d, i));
    c[i + 1] = (get(y, i + 1) - get(y, i)) / get(d, i);
    c[i] = get(c, i + 1) - get(c, i);
  }
  b[0] = -get(d, 0);
  b[last] = -get(d, last - 1);
  c[0] = get(c, 2) / (get(x, 3) - get(x, 1)) - get(c, 1) / (get(x, 2) - get(x, 0));
  c[last] = get(c, last - 1) / (get(x, last) - get(x, last - 2)) - get(c, last - 2) / (get(x, last - 1) - get(x, last - 3));
  c[0] = (get(c, 0) * get(d, 0) ** 2) / (get(x, 3) - get(x, 0));
  c[last] = (-get(c, last) * get(d, last - 1) ** 2) / (get(x, last) - get(x, last - 3));
  for (let i = 1; i <= last; i++) {
    const t = get(d, i - 1) / get(b, i - 1);
    b[i] = get(b, i) - t * get(d, i - 1);
    c[i] = get(c, i) - t * get(c, i - 1);
  }
  c[last] = get(c, last) / get(b, last);
  for (let i = last - 1; i >= 0; i--) c[i] = (get(c, i) - get(d, i) * get(c, i + 1)) / get(b, i);
  for (let i = 0; i < last; i++) {
    b[i] = (get(y, i + 1) - get(y, i)) / get(d, i) - get(d, i) * (get(c, i + 1) + 2 * get(c, i));
    d[i] = (get(c, i + 1) - get(c, i)) / get(d, i);
    c[i] = 3 * get(c, i);
  }
  return (at) => {
    let i = 0;
    while (i < last - 1 && at >= get(x, i + 1)) i++;
    const off = at - get(x, i);
    return get(y, i) + off * (get(b, i) + off * (get(c, i) + off * get(d, i)));
  };
}

/** Signed roots of the deviance at steps to both sides of the estimate, until they pass the critical value: R's profile. */
function profileOf({ p, error, n }: Fitted, furthest: number): { etas: Float64Array; roots: Float64Array } {
  const eta = Math.log(p / (1 - p));
  const dispersion = n / (n - 1);
  const points: { root: number; eta: number }[] = [{ root: 0, eta }];
  for (const side of [-1, 1]) {
    let root = 0;
    for (let step = 1; step < 10 && Math.abs(root) < furthest; step++) {
      const at = eta + (side * step * furthest * error) / 5;
      root = side * Math.sqrt(Math.max(0, deviance(p, expit(at), n) / dispersion));
      points.push({ root, eta: at });
    }
  }
  points.sort((a, b) => a.root - b.root);
  return { etas: Float64Array.from(points, (point) => point.eta), roots: Float64Array.from(points, (point) => point.root) };
}

/** The exact end on one side. */
function exactEnd({ p, n }: Fitted, target: number): number {
  const eta = Math.log(p / (1 - p));
  const side = Math.sign(target);
  const goal = (target * target * n) / (n - 1);
  let [near, far] = [0, 1];
  while (deviance(p, expit(eta + side * far), n) < goal && far < 700) far *= 2;
  for (let round = 0; round < 200; round++) {
    const middle = (near + far) / 2;
    if (deviance(p, expit(eta + side * middle), n) < goal) near = middle;
    else far = middle;
  }
  return expit(eta + side * near);
}

/** @param t critical value of the interval. */
export function likelihoodInterval(fitted: Fitted, t: number): Interval {
  const { error, n, before } = fitted;
  const cutoff = t * error * Math.sqrt(n * before * (1 - before));
  const tail = normal.upper(cutoff) / 2;
  const furthest = tail > 0 ? Math.sqrt(fisher.upperQuantile(tail, 1, n - 1)) : Number.POSITIVE_INFINITY;
  if (!Number.isFinite(furthest)) return { low: exactEnd(fitted, -cutoff), high: exactEnd(fitted, cutoff), note: null };
  const { etas, roots } = profileOf(fitted, furthest);
  const [first = 0, last = 0] = [etas[0], etas.at(-1)];
  const count = 3 * etas.length;
  const curve = etas.length < 4 ? null : spline(etas, roots);
  const x = Float64Array.from({ length: count }, (_, at) => first + ((last - first) * at) / (count - 1));
  const y = x.map((at) => curve?.(at) ?? Number.NaN);
  const end = (target: number): number => {
    for (let at = 0; at + 1 < count; at++) {
      const [y0 = 0, y1 = 0, x0 = 0, x1 = 0] = [y[at], y[at + 1], x[at], x[at + 1]];
      if (y0 <= target && target <= y1) return expit(x0 + ((x1 - x0) * (target - y0)) / (y1 - y0));
    }
    return exactEnd(fitted, target);
  };
  return { low: end(-cutoff), high: end(cutoff), note: null };
}
