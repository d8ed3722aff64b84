/** Looks at a page as every journey does: nothing for axe to say, nothing that scrolls sideways, and pictures to open where someone wants them. For the journeys in this folder. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { axeFindings, overflows } from "./browser.ts";

/** Where pictures go: the folder in `PICTURES`; without it none are taken. */
export const pictures = process.env["PICTURES"];

/**
 * A look for one journey.
 * @param prefix begins the name of its pictures, which are numbered in the order they were taken
 * @param sizes at which pictures are taken, in light and dark; the page keeps its own size where none are given
 */
export function lookFor(
  prefix: string,
  sizes: readonly { readonly width: number; readonly height: number }[] = [],
): (page: Page, name: string) => Promise<void> {
  let looked = 0;
  return async (page, name) => {
    looked += 1;
    // What lies half under the bar at the top is no smaller for it.
    await page.evaluate(() => scrollTo(0, 0));
    expect(await axeFindings(page), name).toEqual([]);
    expect(await overflows(page), `${name} scrolls sideways`).toBe(false);
    if (pictures === undefined) return;
    const own = page.viewportSize();
    if (own === null) return;
    for (const size of sizes.length === 0 ? [own] : sizes)
      for (const scheme of ["light", "dark"] as const) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme: scheme });
        await page.screenshot({ path: join(pictures, `${prefix}${String(looked).padStart(2, "0")}-${name}-${size.width}-${scheme}.png`), fullPage: true });
      }
    await page.setViewportSize(own);
    await page.emulateMedia({ colorScheme: null });
  };
}
