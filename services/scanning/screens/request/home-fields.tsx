/** The questions about the home and its certificate. Asked in the request, and again after moving house. */
import type { JSX } from "preact";
import type { OfficeFunction } from "#services/dossier/contract/bodies.ts";
import { Choice, Field, TextArea, useMessages } from "#services/interface/index.ts";
import type { PkvwStatus, RequestBody } from "#services/scanning/contract/index.ts";
import { isDay } from "#services/scanning/screens/dutch-time.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export const residences = ["own", "granted", "requested", "not-granted", "refused"] as const;
export const pkvwStates = ["valid", "applied", "none", "not-reasonable", "unknown"] as const satisfies readonly PkvwStatus["status"][];

/** What was filled in about the home. */
export interface Home {
  readonly address: string;
  readonly homeMunicipality: string;
  readonly residence: (typeof residences)[number] | null;
  /** Missing in what was kept before it was asked. */
  readonly ontheffingUntil?: string;
  readonly pkvw: PkvwStatus["status"] | null;
  readonly validUntil: string;
  readonly pkvwReason: string;
  readonly householdSize: string;
  readonly reasons: string;
  readonly contact: string;
}

export const emptyHome: Home = {
  address: "",
  homeMunicipality: "",
  residence: null,
  ontheffingUntil: "",
  pkvw: null,
  validUntil: "",
  pkvwReason: "",
  householdSize: "",
  reasons: "",
  contact: "",
};

/** Functions that must live in their own municipality or province (Regeling arts 2.9 and 3.9 lid 2); art. 4.9 knows no such place. */
const mustLiveThere: readonly OfficeFunction[] = ["kings-commissioner", "provincial-executive", "mayor", "alderman"];
const asksResidence = (office: OfficeFunction | null): boolean => office !== null && mustLiveThere.includes(office);

const sizeOf = (text: string): number | null => (/^\d{1,2}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 30 ? Number(text) : null);

type Lack = "address" | "municipality" | "residence" | "pkvw" | "pkvwReason" | "household";

/** What still lacks before it may be sent. @param office asks for the residence too when that matters. */
export function homeLacks(home: Home, office: OfficeFunction | null = null): Lack[] {
  const lacks: readonly (readonly [boolean, Lack])[] = [
    [home.address.trim() === "", "address"],
    [home.homeMunicipality.trim() === "", "municipality"],
    [asksResidence(office) && home.residence === null, "residence"],
    [home.pkvw === null, "pkvw"],
    [home.pkvw === "not-reasonable" && home.pkvwReason.trim() === "", "pkvwReason"],
    [home.householdSize.trim() !== "" && sizeOf(home.householdSize) === null, "household"],
  ];
  return lacks.filter(([is]) => is).map(([, lack]) => lack);
}

/** The home's part of a request. */
export const homeOf = (
  home: Home,
): Pick<RequestBody, "address" | "homeMunicipality" | "ontheffing" | "ontheffingUntil" | "pkvw" | "reasons" | "householdSize" | "contact"> => ({
  address: home.address.trim(),
  homeMunicipality: home.homeMunicipality.trim(),
  ontheffing: home.residence === null || home.residence === "own" ? "not-needed" : home.residence,
  ontheffingUntil: home.residence === "granted" && isDay(home.ontheffingUntil ?? "") ? (home.ontheffingUntil ?? null) : null,
  pkvw: {
    status: home.pkvw ?? "unknown",
    validUntil: home.pkvw === "valid" && isDay(home.validUntil) ? home.validUntil : null,
    reason: home.pkvw === "not-reasonable" ? home.pkvwReason.trim() : "",
  },
  reasons: home.reasons,
  householdSize: sizeOf(home.householdSize),
  contact: home.contact,
});

/** @param checked whether omissions must be shown now */
export function HomeFields({
  home,
  office,
  checked,
  change,
}: {
  readonly home: Home;
  readonly office: OfficeFunction | null;
  readonly checked: boolean;
  readonly change: (part: Partial<Home>) => void;
}): JSX.Element {
  const w = useMessages<Messages>({ nl, en }).home;
  const lacks = checked ? homeLacks(home, office) : [];
  const wrong = (lack: Lack, words: string): string | null => (lacks.includes(lack) ? words : null);
  return (
    <div class="stack">
      <Field
        label={w.address}
        maxLength={300}
        spellcheck={false}
        value={home.address}
        error={wrong("address", w.addressMissing)}
        onInput={(address) => change({ address })}
      />
      <Field
        label={w.municipality}
        maxLength={200}
        spellcheck={false}
        value={home.homeMunicipality}
        error={wrong("municipality", w.municipalityMissing)}
        onInput={(homeMunicipality) => change({ homeMunicipality })}
      />
      {asksResidence(office) && (
        <Choice
          legend={w.residence}
          error={wrong("residence", w.residenceMissing)}
          options={residences.map((value) => ({ value, ...w.residences[value] }))}
          value={home.residence}
          onChoose={(residence) => change({ residence })}
        />
      )}
      {asksResidence(office) && home.residence === "granted" && (
        <Field
          type="date"
          narrow
          optional
          label={w.ontheffingUntil}
          hint={w.ontheffingUntilHint}
          value={home.ontheffingUntil ?? ""}
          onInput={(ontheffingUntil) => change({ ontheffingUntil })}
        />
      )}
      <Choice
        legend={w.pkvw}
        hint={w.pkvwHint}
        error={wrong("pkvw", w.pkvwMissing)}
        options={pkvwStates.map((value) => ({ value, ...w.pkvws[value] }))}
        value={home.pkvw}
        onChoose={(pkvw) => change({ pkvw })}
      />
      {home.pkvw === "valid" && (
        <Field
          type="date"
          narrow
          label={w.validUntil}
          hint={w.validUntilHint}
          optional
          value={home.validUntil}
          onInput={(validUntil) => change({ validUntil })}
        />
      )}
      {home.pkvw === "not-reasonable" && (
        <TextArea
          label={w.pkvwReason}
          rows={3}
          maxLength={10_000}
          value={home.pkvwReason}
          error={wrong("pkvwReason", w.pkvwReasonMissing)}
          onInput={(pkvwReason) => change({ pkvwReason })}
        />
      )}
      <Field
        label={w.household}
        narrow
        optional
        keyboard="numeric"
        maxLength={2}
        value={home.householdSize}
        error={wrong("household", w.householdWrong)}
        onInput={(householdSize) => change({ householdSize })}
      />
      <TextArea label={w.reasons} hint={w.reasonsHint} optional rows={3} maxLength={60_000} value={home.reasons} onInput={(reasons) => change({ reasons })} />
      <TextArea label={w.contact} hint={w.contactHint} optional rows={2} maxLength={2_000} value={home.contact} onInput={(contact) => change({ contact })} />
    </div>
  );
}
