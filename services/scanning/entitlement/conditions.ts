/** The conditions of the Regeling one by one: each looks at a situation and says what it found, by article and lid. Called by decide.ts only. */
import type { OfficeRow, SettingValues } from "#registers/functions/index.ts";
import type { SentenceCode } from "./sentences.ts";
import type { Situation } from "./situation.ts";

/** How a condition stands. */
export type ConditionState = "met" | "not-met" | "not-known" | "by-exception";

/** What one look found, before it is put in words. */
export interface Found {
  readonly code: SentenceCode;
  readonly law: "regeling" | "besluit";
  readonly article: string;
  readonly lid: number | null;
  readonly part: "a" | "b" | null;
  readonly state: ConditionState;
  /** Not met, and nothing that can be done on this road changes it. */
  readonly final: boolean;
  readonly todo: readonly SentenceCode[];
  /** Days for the sentence. */
  readonly since?: string;
  readonly until?: string;
}

/** Everything a condition may look at. */
export interface Case {
  readonly row: OfficeRow;
  /** Article of the Regeling that gives the claim: 2.9, 3.9 or 4.9. */
  readonly article: string;
  readonly situation: Situation;
  readonly settings: SettingValues;
}

type Rest = Partial<Pick<Found, "part" | "todo" | "since" | "until">>;
const found = ({ article }: Case, lid: number, state: ConditionState, code: SentenceCode, rest: Rest = {}): Found => ({
  code,
  law: "regeling",
  article,
  lid,
  part: null,
  state,
  final: false,
  todo: [],
  ...rest,
});
const lost = (of: Found): Found => ({ ...of, state: "not-met", final: true });

/** A day some years later; 29 February becomes 28 February where the year has none. */
export function yearsLater(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, "0");
  const moved = `${year}${day.slice(4)}`;
  return moved.endsWith("-02-29") && new Date(`${year}-02-29T00:00:00Z`).getUTCMonth() !== 1 ? `${year}-02-28` : moved;
}

/** A day some days later. */
export function daysLater(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : new Date(at + days * 86_400_000).toISOString().slice(0, 10);
}

/** Lid 5 onder a: during the office, or before it from the moment it was certain. */
export function standing(of: Case): Found {
  const { standing: now, since, until, on } = of.situation;
  const part = "a" as const;
  if (now === "left" || (now !== "neither" && now !== "unknown" && until !== null && until < on)) return lost(found(of, 5, "not-met", "left", { part }));
  if (now === "neither") return lost(found(of, 5, "not-met", "neither", { part, todo: ["wait-certain"] }));
  if (now === "unknown") return found(of, 5, "not-known", "standing-unknown", { part, todo: ["give-standing"] });
  if (since === null) return found(of, 5, "not-known", "since-unknown", { part, todo: ["give-since"] });
  if (now === "certain" && since > on) return found(of, 5, "not-met", "certain-later", { part, since, todo: ["wait-certain"] });
  return found(of, 5, "met", now === "certain" ? "certain" : since > on ? "office-ahead" : "in-office", { part, since });
}

/** Besluit 2.2.14, 3.2.14, 4.2.14 (acting) and 3.2.18 (suspended); null for an ordinary holder. */
export function capacity({ row, situation }: Case): Found | null {
  if (situation.capacity === "ordinary") return null;
  const acting = situation.capacity === "acting";
  const article = acting ? row.acting : row.suspended;
  const shared = { law: "besluit", lid: null, part: null, final: false } as const;
  if (article === null)
    return { ...shared, code: acting ? "acting-unclear" : "suspended-unclear", article: row.besluit, state: "not-known", todo: ["check-capacity"] };
  return { ...shared, code: acting ? "acting-head" : "suspended-keeps", article, state: "met", todo: [] };
}

/** Lid 2: a home in the own area, or elsewhere with an ontheffing; 4.9 simply says the home. */
export function residence(of: Case): Found {
  const { home, ontheffing, on } = of.situation;
  if (!of.row.residence) return found(of, 2, "met", "home-free");
  if (home === "inside") return found(of, 2, "met", "home-inside");
  if (home === "unknown") return found(of, 2, "not-known", "home-unknown", { todo: ["give-home"] });
  switch (ontheffing.state) {
    case "granted":
      if (ontheffing.until === null)
        return of.settings["ontheffing-without-end"]
          ? found(of, 2, "met", "home-granted")
          : found(of, 2, "not-known", "home-granted-open", { todo: ["give-ontheffing"] });
      return ontheffing.until < on
        ? found(of, 2, "not-met", "home-ended", { until: ontheffing.until, todo: ["ask-ontheffing"] })
        : found(of, 2, "met", "home-granted");
    case "requested":
      return found(of, 2, "not-known", "home-requested", { todo: ["await-ontheffing"] });
    case "refused":
      return lost(found(of, 2, "not-met", "home-refused"));
    case "not-asked":
      return found(of, 2, "not-met", "home-not-asked", { todo: ["ask-ontheffing"] });
    case "unknown":
      return found(of, 2, "not-known", "home-ontheffing-unknown", { todo: ["give-ontheffing"] });
  }
}

/** Is who, when and why of an exception all there, and was it decided by the day that counts? */
const complete = (exception: NonNullable<Situation["exception"]>, on: string): exception is { by: string; on: string; reason: string } =>
  exception.by.trim() !== "" && exception.reason.trim() !== "" && exception.on !== null && exception.on <= on;

/** Lid 5 onder b: a valid PKVW certificate, unless it cannot reasonably be required. */
export function pkvw(of: Case): Found {
  const { certificate, exception, on } = of.situation;
  const plain = ownPkvw(of);
  if (plain.state === "met" || exception === null) return plain;
  if (!complete(exception, on)) return found(of, 5, "not-known", "pkvw-exception-open", { part: "b", todo: ["decide-exception", ...plain.todo] });
  return found(of, 5, "by-exception", "pkvw-exception", { part: "b", since: exception.on, todo: certificate.state === "applied" ? ["await-pkvw"] : [] });
}

function ownPkvw(of: Case): Found {
  const { certificate, on } = of.situation;
  const part = "b" as const;
  switch (certificate.state) {
    case "none":
      return found(of, 5, "not-met", "pkvw-none", { part, todo: ["get-pkvw"] });
    case "applied":
      return found(of, 5, "not-met", "pkvw-applied", { part, todo: ["await-pkvw"] });
    case "unknown":
      return found(of, 5, "not-known", "pkvw-unknown", { part, todo: ["give-pkvw"] });
    case "issued": {
      const { issuedOn } = certificate;
      const years = of.settings["pkvw-validity-years"];
      const until = certificate.validUntil ?? (issuedOn !== null && years !== null ? yearsLater(issuedOn, years) : null);
      if (until === null) return found(of, 5, "not-known", "pkvw-no-end", { part, todo: ["give-pkvw"] });
      if (until < on) return found(of, 5, "not-met", "pkvw-expired", { part, until, todo: ["renew-pkvw"] });
      if (issuedOn !== null && issuedOn > on) return found(of, 5, "not-met", "pkvw-ahead", { part, since: issuedOn, todo: ["await-pkvw"] });
      if (until <= daysLater(on, of.settings["pkvw-warn-days"])) return found(of, 5, "met", "pkvw-ends-soon", { part, until, todo: ["renew-pkvw"] });
      return found(of, 5, "met", "pkvw-valid", { part, until });
    }
  }
}

/** Lid 4 onder a: a threat analysis. */
export const analysis = (of: Case): Found =>
  of.situation.advice.analysis
    ? found(of, 4, "met", "analysis-there", { part: "a" })
    : found(of, 4, "not-met", "analysis-missing", { part: "a", todo: ["make-analysis"] });

/** Lid 4 onder b: an assessment of the risks in and around the home. */
export const assessment = (of: Case): Found =>
  of.situation.advice.assessment
    ? found(of, 4, "met", "assessment-there", { part: "b" })
    : found(of, 4, "not-met", "assessment-missing", { part: "b", todo: ["make-assessment"] });

/** Lid 1 and 4: the advice is adopted by the security authority. */
export function adopted(of: Case): Found {
  const { adoptedOn } = of.situation.advice;
  const { on } = of.situation;
  const years = of.settings["advice-valid-years"];
  if (adoptedOn === null) return found(of, 4, "not-met", "advice-open", { todo: ["adopt-advice"] });
  if (adoptedOn > on) return found(of, 4, "not-met", "advice-ahead", { since: adoptedOn, todo: ["adopt-advice"] });
  const until = years === null ? null : yearsLater(adoptedOn, years);
  if (until !== null && until < on) return found(of, 4, "not-met", "advice-old", { until, todo: ["new-advice"] });
  return found(of, 4, "met", "advice-adopted", { since: adoptedOn });
}

/** Lid 6: after moving house a new advice for the new home; null when nobody moved and the advice is about this home. */
export function moved(of: Case): Found | null {
  const { moved: did, advice } = of.situation;
  if (!did) return advice.forThisHome ? null : found(of, 6, "not-met", "other-home", { todo: ["new-advice"] });
  return advice.forThisHome && advice.adoptedOn !== null
    ? found(of, 6, "met", "moved-covered")
    : found(of, 6, "not-met", "moved-open", { todo: ["new-advice"] });
}
