/** A situation in which every condition is met, for the tests of this room to change one thing at a time. */
import type { Situation } from "./situation.ts";

/** A mayor for whom every condition is met on 25 November 2026. */
export const complete: Situation = {
  function: "mayor",
  on: "2026-11-25",
  capacity: "ordinary",
  standing: "appointed",
  since: "2024-03-01",
  until: null,
  home: "inside",
  ontheffing: { state: "not-asked", until: null },
  certificate: { state: "issued", issuedOn: "2025-02-01", validUntil: "2030-02-01" },
  exception: null,
  moved: false,
  advice: { analysis: true, assessment: true, adoptedOn: "2026-11-01", forThisHome: true },
  municipalities: 1,
};
