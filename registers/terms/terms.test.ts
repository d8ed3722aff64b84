/** Holds the register of terms to the workflow tables: every term that can run is worded, with the length that is counted, and no other. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { questionSet } from "#services/parliament/workflow/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { help } from "#services/support/workflow/index.ts";
import type { TermRule } from "#services/dossier/workflow/define.ts";

const register: unknown = JSON.parse(readFileSync(new URL("terms.json", import.meta.url), "utf8"));

it("words every term of the workflow tables, with the same length", () => {
  const rules = [report, scan, signal, help, questionSet].flatMap(({ terms }) => Object.values<TermRule>(terms));
  const expected = Object.fromEntries(
    rules.map(({ name, length, acute }) => [
      name,
      {
        nl: expect.stringMatching(/\S/u),
        en: expect.stringMatching(/\S/u),
        length,
        ...(acute === undefined ? {} : { acute }),
        source: expect.stringMatching(/^OPEN, setting/u),
      },
    ]),
  );
  expect(register).toMatchObject({ terms: expected });
  expect(register).toHaveProperty("terms", expected);
});
