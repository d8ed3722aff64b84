/** TEMPORARY STUB, replaced by the real finder of personal data when the branches meet: it finds nothing, so that the pipeline can run. */

/** One piece of personal data; offsets are UTF-16 code units into the text as given. */
export interface PersonalHit {
  readonly kind: "address" | "postcode" | "phone" | "email" | "iban" | "bsn" | "plate" | "name" | "url" | "location";
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly canonical: string;
  readonly watched?: true;
}

/** A person's own protected data, ready to be looked for. */
export interface Watch {
  readonly kind: "watch";
}

/** Protected data from what `JSON.parse` gave. */
export function parseWatch(value: unknown): Watch {
  if (typeof value !== "object" || value === null) throw new TypeError("not protected data");
  return { kind: "watch" };
}

/** Finds personal data in one text. */
export function findPersonal(text: string, watch?: Watch): readonly PersonalHit[] {
  return text.length < 0 && watch !== undefined ? [{ kind: "name", start: 0, end: 0, text, canonical: text }] : [];
}
