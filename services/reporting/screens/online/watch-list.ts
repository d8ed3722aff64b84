/** The person's own protected data: the form they fill in, and the lists the triage takes. Pure; kept sealed by shelf.ts, drawn by watch-panel.tsx. */

/** One address as it is filled in. */
export interface WatchAddress {
  readonly street: string;
  /** With its addition: "12", "12a", "12-3". */
  readonly number: string;
  readonly postcode: string;
  readonly place: string;
}

/** Lists that are filled in with one thing a line. */
export const watchLists = ["names", "children", "phones", "emails", "plates", "schools", "handles"] as const;
export type WatchListName = (typeof watchLists)[number];

/** The form as it stands; nothing in it needs to be right or complete. */
export interface WatchForm {
  readonly addresses: readonly WatchAddress[];
  readonly lists: Readonly<Record<WatchListName, string>>;
}

export const emptyAddress: WatchAddress = { street: "", number: "", postcode: "", place: "" };
export const emptyWatch: WatchForm = {
  addresses: [emptyAddress],
  lists: { names: "", children: "", phones: "", emails: "", plates: "", schools: "", handles: "" },
};

/** What is wrong in the form: which list or address (from 0), and which line. */
export type WatchFault =
  | { readonly at: "address"; readonly address: number; readonly field: "street" | "number" | "postcode" }
  | { readonly at: "list"; readonly list: WatchListName; readonly line: string };

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n;]/u)
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  ),
];

/** "12a", "12-3", "12 bis": the number, and the addition apart. */
const numberShape = /^(\d{1,5})(?:[\s/-]*([A-Za-z0-9][A-Za-z0-9 -]{0,9}))?$/u;
const isEmptyAddress = (address: WatchAddress): boolean => Object.values(address).every((part: string) => part.trim() === "");

/** How many things are filled in. */
export const countWatched = ({ addresses, lists }: WatchForm): number =>
  addresses.filter((address) => !isEmptyAddress(address)).length + watchLists.reduce((sum, list) => sum + linesOf(lists[list]).length, 0);

type Protected = Readonly<Record<string, readonly unknown[]>>;

/** The form as the triage takes it (`protected.json`); null when nothing is filled in. Faults of form are given beside it. */
export function watchFrom({ addresses, lists }: WatchForm): { readonly watch: Protected | null; readonly faults: readonly WatchFault[] } {
  const watch: Record<string, readonly unknown[]> = {};
  const faults: WatchFault[] = [];
  const told = addresses.flatMap((address, index) => {
    if (isEmptyAddress(address)) return [];
    const [street, postcode, place] = [address.street.trim(), address.postcode.trim(), address.place.trim()];
    const number = numberShape.exec(address.number.trim());
    if (street === "") faults.push({ at: "address", address: index, field: "street" });
    if (number === null) faults.push({ at: "address", address: index, field: "number" });
    if (postcode !== "" && !/^[1-9]\d{3} ?[A-Za-z]{2}$/u.test(postcode)) faults.push({ at: "address", address: index, field: "postcode" });
    return [
      {
        street,
        houseNumber: number?.[1] ?? "",
        ...(number?.[2] === undefined ? {} : { addition: number[2].trim() }),
        ...(postcode === "" ? {} : { postcode }),
        ...(place === "" ? {} : { place }),
      },
    ];
  });
  if (told.length > 0) watch["addresses"] = told;
  for (const list of watchLists) {
    const lines = linesOf(lists[list]);
    if (lines.length > 0) watch[list] = lines;
  }
  return { watch: Object.keys(watch).length === 0 ? null : watch, faults };
}

const listPlace = /^(\w+)\[(\d+)\]/u;

/** Where a refusal of the triage points in the form: `phones[1]` is the second line of the telephone numbers. Null when it points nowhere we know. */
export function faultAt(path: string, form: WatchForm): WatchFault | null {
  const [, name = "", place = ""] = listPlace.exec(path) ?? [];
  if (name === "addresses") return { at: "address", address: Number(place), field: "street" };
  const list = watchLists.find((known) => known === name);
  return list === undefined ? null : { at: "list", list, line: linesOf(form.lists[list])[Number(place)] ?? "" };
}

const isText = (value: unknown): value is string => typeof value === "string";
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);

/** A form that was kept; null when it is none. */
export function parseWatchForm(value: unknown): WatchForm | null {
  if (!isRecord(value) || !Array.isArray(value["addresses"]) || !isRecord(value["lists"])) return null;
  const kept = value["lists"];
  const lists = { ...emptyWatch.lists };
  for (const list of watchLists) {
    const text = kept[list];
    if (isText(text)) lists[list] = text;
  }
  const addresses = value["addresses"].filter(isRecord).map((address) => {
    const part = (name: keyof WatchAddress): string => (isText(address[name]) ? address[name] : "");
    return { street: part("street"), number: part("number"), postcode: part("postcode"), place: part("place") };
  });
  return { addresses: addresses.length === 0 ? [emptyAddress] : addresses, lists };
}
