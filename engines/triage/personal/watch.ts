/**
 * The person's own protected data, read strictly from JSON and made ready to be found; used by index.ts only. The data stays where the finder runs; nothing of it
 * goes into an error.
 */
import { TriageError } from "#engines/triage/errors.ts";
import { meaningOf, ORDINARY } from "./lexicon.ts";
import type { PersonalKind } from "./reading.ts";
import { Automaton, plain, skeletonOf, type Term } from "./skeleton.ts";

/** A refusal that names the place in the JSON ("addresses[0].street"), never its content. */
const refused = (path: string, wanted: string): TriageError =>
  new TriageError("watch-malformed", `protected data: ${path} must be ${wanted}; mend it and try again`, { path });

/** One protected address. */
export interface WatchedAddress {
  readonly street: string;
  /** Digits only, without the addition. */
  readonly houseNumber: string;
  readonly addition?: string;
  readonly postcode?: string;
  readonly place?: string;
}

/** Protected data as a person keeps it: every list may be left out, none may be empty of meaning (see the README for the JSON). */
export interface WatchData {
  /** Full names of the person and the adults of the household. A surname is found by itself, too. */
  readonly names?: readonly string[];
  /** Names of children. A child's first name is found by itself, too. */
  readonly children?: readonly string[];
  readonly addresses?: readonly WatchedAddress[];
  readonly phones?: readonly string[];
  readonly emails?: readonly string[];
  readonly plates?: readonly string[];
  readonly ibans?: readonly string[];
  readonly bsns?: readonly string[];
  /** Schools, clubs, places of work: where somebody can be found. */
  readonly schools?: readonly string[];
  /** Accounts on social media, with or without "@". */
  readonly handles?: readonly string[];
}

/** Protected data made ready to be found; made by {@link parseWatch} only. */
export interface Watch {
  /** Pieces in the canonical spelling of their kind: "phone:+31612345678". */
  readonly canonicals: ReadonlySet<string>;
  readonly letters: Automaton;
  /** Digits of telephone numbers, accounts and service numbers: digits to kind and canonical spelling. */
  readonly digits: ReadonlyMap<string, { readonly kind: PersonalKind; readonly canonical: string }>;
  readonly digitLengths: readonly number[];
  /** Plates and postcodes without blanks and dashes. */
  readonly signs: ReadonlyMap<string, { readonly kind: PersonalKind; readonly canonical: string }>;
}

const LISTS = ["names", "children", "phones", "emails", "plates", "ibans", "bsns", "schools", "handles"] as const;
const MOST_ITEMS = 200;
const LONGEST_ITEM = 200;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseText(value: unknown, path: string): string {
  if (typeof value !== "string") throw refused(path, "text");
  const text = value.trim();
  if (text === "" || text.length > LONGEST_ITEM) throw refused(path, `1 to ${LONGEST_ITEM} characters`);
  return text;
}

function parseList(value: unknown, path: string): unknown[] {
  if (!Array.isArray(value)) throw refused(path, "a list");
  if (value.length > MOST_ITEMS) throw refused(path, `at most ${MOST_ITEMS} long`);
  return value;
}

function parseAddress(value: unknown, path: string): WatchedAddress {
  if (!isRecord(value)) throw refused(path, "an object with street and houseNumber");
  for (const key of Object.keys(value)) {
    if (!["street", "houseNumber", "addition", "postcode", "place"].includes(key)) throw refused(`${path}.${key}`, "left out: it is not known here");
  }
  const street = parseText(value["street"], `${path}.street`);
  const houseNumber = parseText(value["houseNumber"], `${path}.houseNumber`);
  if (!/^\d{1,5}$/u.test(houseNumber)) throw refused(`${path}.houseNumber`, "1 to 5 digits, the addition apart");
  const postcode = value["postcode"] === undefined ? undefined : parseText(value["postcode"], `${path}.postcode`);
  if (postcode !== undefined && !/^[1-9]\d{3} ?[A-Za-z]{2}$/u.test(postcode)) throw refused(`${path}.postcode`, "a postcode like 1234 AB");
  return {
    street,
    houseNumber,
    ...(value["addition"] === undefined ? {} : { addition: parseText(value["addition"], `${path}.addition`) }),
    ...(postcode === undefined ? {} : { postcode }),
    ...(value["place"] === undefined ? {} : { place: parseText(value["place"], `${path}.place`) }),
  };
}

/**
 * Reads protected data from parsed JSON, and makes it ready to be found.
 *
 * @throws {@link TriageError} `watch-malformed`, with the place in the JSON where something unknown or malformed stands, or when it holds nothing at all.
 */
export function parseWatch(value: unknown): Watch {
  if (!isRecord(value)) throw refused("the whole", "an object with lists such as names, addresses and phones");
  const builder = new WatchBuilder();
  let items = 0;
  for (const key of Object.keys(value)) {
    if (key === "addresses") {
      parseList(value[key], key).forEach((address, index) => {
        builder.address(parseAddress(address, `${key}[${index}]`));
        items++;
      });
      continue;
    }
    const list = LISTS.find((known) => known === key);
    if (list === undefined) throw refused(key.slice(0, 40), "left out: it is not known here");
    parseList(value[key], key).forEach((item, index) => {
      builder.item(list, parseText(item, `${key}[${index}]`), `${key}[${index}]`);
      items++;
    });
  }
  if (items === 0) throw refused("the whole", "filled with at least one name, address or number");
  return builder.done();
}

const PREFIXES = new Set("van de der den ter ten te het 't t vd v d el al la le du von".split(" "));

class WatchBuilder {
  private readonly canonicals = new Set<string>();
  private readonly terms = new Map<string, Term[]>();
  private readonly digits = new Map<string, { kind: PersonalKind; canonical: string }>();
  private readonly signs = new Map<string, { kind: PersonalKind; canonical: string }>();

  done(): Watch {
    const lengths = [...new Set([...this.digits.keys()].map((key) => key.length))].sort((one, other) => other - one);
    return { canonicals: this.canonicals, letters: new Automaton(this.terms), digits: this.digits, digitLengths: lengths, signs: this.signs };
  }

  item(list: (typeof LISTS)[number], text: string, path: string): void {
    switch (list) {
      case "names":
        return this.fullName(text, false);
      case "children":
        return this.fullName(text, true);
      case "phones":
        return this.phone(text, path);
      case "emails":
        return this.email(text, path);
      case "plates":
        return this.plate(text, path);
      case "ibans":
        return this.iban(text, path);
      case "bsns":
        return this.bsn(text, path);
      case "schools":
        return this.term(text, "location", plain(text));
      case "handles":
        return this.term(text.replace(/^@/u, ""), "name", `@${plain(text.replace(/^@/u, ""))}`);
    }
  }

  private term(text: string, kind: PersonalKind, canonical: string, told: { house?: string; ordinary?: boolean; initial?: string } = {}): void {
    const gaps = text.trim().split(/[^\p{L}\p{N}\p{M}]+/u).length - 1;
    const variants = new Set([skeletonOf(text, true), skeletonOf(text, false), skeletonOf(text.replaceAll(/[^\p{L}\p{N}]+/gu, ""), true)]);
    for (const skeleton of variants) {
      if (skeleton.length < 3) continue;
      const term = { kind, canonical, length: skeleton.length, gaps, ordinary: told.ordinary ?? false, house: told.house ?? "", initial: told.initial ?? "" };
      const known = this.terms.get(skeleton);
      if (known === undefined) this.terms.set(skeleton, [term]);
      else known.push(term);
    }
  }

  private fullName(text: string, child: boolean): void {
    const words = text.split(/\s+/u);
    const name = plain(text);
    const first = words[0] ?? "";
    let from = 1;
    while (from < words.length - 1 && !PREFIXES.has(plain(words[from] ?? ""))) from++;
    const surname = words.slice(from);
    const bare = surname.filter((word) => !PREFIXES.has(plain(word)));
    this.canonicals.add(`name:${name}`);
    this.term(text, "name", name, { ordinary: words.length === 1 && (meaningOf(name) & ORDINARY) !== 0 });
    if (surname.length > 0 && words.length > 1) {
      const ordinary = bare.every((word) => (meaningOf(plain(word)) & ORDINARY) !== 0);
      this.term(surname.join(" "), "name", name, { ordinary, initial: name.charAt(0) });
      this.term(`${first} ${bare.join(" ")}`, "name", name);
      this.term(`${surname.join(" ")} ${first}`, "name", name);
      if (bare.join("").length >= 6) this.term(bare.join(" "), "name", name, { ordinary, initial: name.charAt(0) });
    }
    if (child && words.length > 1) this.term(first, "name", name, { ordinary: (meaningOf(plain(first)) & ORDINARY) !== 0 });
  }

  address(address: WatchedAddress): void {
    const street = plain(address.street);
    const canonical = `${street} ${address.houseNumber}${plain(address.addition ?? "")}`;
    this.canonicals.add(`address:${canonical}`);
    const told = { house: address.houseNumber, ordinary: (meaningOf(street) & ORDINARY) !== 0 };
    this.term(address.street, "address", canonical, told);
    if (street.endsWith("straat")) this.term(address.street.slice(0, -3), "address", canonical, told);
    if (address.postcode === undefined) return;
    const postcode = address.postcode.replace(" ", "").toLowerCase();
    this.signs.set(postcode, { kind: "postcode", canonical: `${postcode.slice(0, 4)} ${postcode.slice(4).toUpperCase()}` });
  }

  private phone(text: string, path: string): void {
    const digits = text.replace(/[^\d+]/gu, "");
    const local = digits.replace(/^(?:\+31|0031)0?|^0/u, "");
    if (!/^\+?\d{9,15}$/u.test(digits) || local.length < 8) throw refused(path, "a telephone number of 9 to 15 digits");
    const foreign = /^(?:\+|00)(?!31)/u.test(digits);
    const canonical = foreign ? `+${digits.replace(/^(?:\+|00)/u, "")}` : `+31${local}`;
    this.canonicals.add(`phone:${canonical}`);
    const found = { kind: "phone", canonical } as const;
    const bare = foreign ? canonical.slice(1) : local;
    this.digits.set(bare, found);
    // The number without its "06": people leave that out when they hint.
    if (!foreign && local.length === 9 && local.startsWith("6")) this.digits.set(local.slice(1), found);
  }

  private email(text: string, path: string): void {
    const [local = "", domain = "", ...rest] = plain(text).split("@");
    if (local === "" || rest.length > 0 || !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/u.test(domain)) throw refused(path, "an e-mail address");
    const canonical = `${local}@${domain}`;
    this.canonicals.add(`email:${canonical}`);
    for (const at of ["@", " at ", " apenstaart ", " apenstaartje ", " "]) {
      for (const dot of [".", " punt ", " dot "]) {
        const written = domain.replaceAll(".", dot);
        this.term(`${local}${at}${written}`, "email", canonical);
        if (local.includes(".")) this.term(`${local.replaceAll(".", dot)}${at}${written}`, "email", canonical);
      }
    }
    if (local.length >= 6 && /[._0-9-]/u.test(local)) this.term(local, "email", canonical);
  }

  private plate(text: string, path: string): void {
    const signs = plain(text).replace(/[^a-z0-9]/gu, "");
    if (signs.length !== 6) throw refused(path, "a licence plate of six characters");
    const parts = plain(text)
      .toUpperCase()
      .split(/[^A-Z0-9]+/u);
    const groups = parts.length === 3 ? parts : (/^([A-Z]+|\d+)([A-Z]+|\d+)([A-Z]+|\d+)$/u.exec(signs.toUpperCase())?.slice(1) ?? [signs.toUpperCase()]);
    const canonical = groups.join("-");
    this.canonicals.add(`plate:${canonical}`);
    this.signs.set(signs, { kind: "plate", canonical });
  }

  private iban(text: string, path: string): void {
    const account = plain(text)
      .replace(/[^a-z0-9]/gu, "")
      .toUpperCase();
    if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,27}$/u.test(account)) throw refused(path, "a bank account (IBAN)");
    this.canonicals.add(`iban:${account}`);
    const found = { kind: "iban", canonical: account } as const;
    if (account.startsWith("NL")) this.digits.set(account.slice(8), found);
  }

  private bsn(text: string, path: string): void {
    const digits = text.replace(/[^\d]/gu, "").padStart(9, "0");
    if (digits.length !== 9) throw refused(path, "a citizen service number of nine digits");
    this.canonicals.add(`bsn:${digits}`);
    this.digits.set(digits, { kind: "bsn", canonical: digits });
  }
}
