/** Reading of values that strangers wrote, field by field: what is not of the expected kind is not there. Used by the readers of JSON. */

/** An object's fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value as fields; null when it is no object. */
export function fieldsOf(value: unknown): Fields | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  // Object.entries keeps own fields only: a field named like a method of objects is no field.
  return Object.fromEntries(Object.entries(value));
}

/** The value as text; null when it is none. */
export const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** The value as text with something in it. */
export const filled = (value: unknown): string | null => (typeof value === "string" && value.trim() !== "" ? value : null);

/** The value as a number, also when it is written as text. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === "number" ? value : typeof value === "string" && /^\d{1,17}$/.test(value) ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

/** The value as a list; empty when it is none. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** An id that may be a number or a text. */
export const idOf = (value: unknown): string | null => filled(value) ?? (typeof value === "number" ? String(value) : null);
