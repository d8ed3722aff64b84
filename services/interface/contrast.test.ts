/** WCAG 2.2: every pair of colours the screens use reaches its contrast, in light and in dark. Reads style/tokens.css itself, so a changed colour is measured at once. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./style/tokens.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name = "", light = "", dark = ""]) => [name, { light, dark }]),
);

/** Relative luminance, WCAG 2.2 definition. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const text: readonly (readonly [string, readonly string[]])[] = [
  ["ink", ["paper", "sheet", "well", "accent-wash", "amber-wash", "red-wash"]],
  ["ink-soft", ["paper", "sheet", "well", "accent-wash"]],
  ["accent", ["paper", "sheet", "accent-wash"]],
  ["accent-strong", ["paper", "sheet", "accent-wash"]],
  ["on-accent", ["accent", "accent-strong"]],
  ["amber-ink", ["amber-wash", "paper"]],
  ["red-ink", ["red-wash", "paper", "sheet"]],
  ["on-red", ["red-fill"]],
  ["paper", ["ink"]],
];
const graphics: readonly (readonly [string, readonly string[]])[] = [
  ["edge", ["paper", "sheet"]],
  ["accent", ["paper", "sheet", "line"]],
  ["amber-line", ["amber-wash", "paper"]],
  ["red-line", ["red-wash", "paper"]],
];

function colour(name: string, mode: "light" | "dark"): string {
  const token = tokens.get(name);
  if (token === undefined) throw new Error(`tokens.css has no colour --${name}`);
  return token[mode];
}

describe.each(["light", "dark"] as const)("WCAG 2.2 in %s", (mode) => {
  it.each(text.flatMap(([front, backs]) => backs.map((back) => [front, back] as const)))("1.4.6 text %s on %s is at least 7:1", (front, back) => {
    expect(ratio(colour(front, mode), colour(back, mode))).toBeGreaterThanOrEqual(7);
  });
  it.each(graphics.flatMap(([front, backs]) => backs.map((back) => [front, back] as const)))(
    "1.4.11 border or picture %s on %s is at least 3:1",
    (front, back) => {
      expect(ratio(colour(front, mode), colour(back, mode))).toBeGreaterThanOrEqual(3);
    },
  );
});
