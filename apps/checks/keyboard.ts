/** What a person without a mouse does, and where they are. For the journeys in this folder. */
import type { Page } from "playwright-core";

/** What has the focus now, as it is read out: label, own words, and what is said with it (hint, error). */
export interface Focus {
  /** Name of the element, lower case. */
  readonly tag: string;
  readonly name: string;
  /** Words of everything that describes it. */
  readonly described: string;
  readonly invalid: boolean;
}

export const focus = async (page: Page): Promise<Focus> =>
  await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return { tag: "", name: "", described: "", invalid: false };
    const words = (ids: string | null): string =>
      (ids ?? "")
        .split(" ")
        .flatMap((id) => document.getElementById(id)?.textContent ?? [])
        .join(" ");
    const labelled =
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement
        ? [...(element.labels ?? [])].map((label) => label.textContent ?? "").join(" ")
        : "";
    const group = element.closest("fieldset");
    return {
      tag: element.tagName.toLowerCase(),
      name: `${element.getAttribute("aria-label") ?? ""} ${labelled} ${element.textContent ?? ""}`.trim(),
      described: `${words(element.getAttribute("aria-describedby"))} ${words(group?.getAttribute("aria-describedby") ?? null)}`.trim(),
      invalid: element.getAttribute("aria-invalid") === "true",
    };
  });

/** Presses Tab until the name of what has the focus fits. @throws Error when nothing does. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (name.test((await focus(page)).name)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no element named ${String(name)} is reached with Tab`);
}

/** Goes there with Tab and presses. */
export const pressByKey = async (page: Page, name: RegExp, key = "Enter"): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.press(key);
};
