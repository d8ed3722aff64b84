/** What must be known to route a signal: one closed shape without an address in it, parsed at the door. Called by route.ts and by clients that fill it on the device. */
import Type, { type Static } from "typebox";
import { Check, Errors } from "typebox/value";
import { functionRow } from "#registers/functions/index.ts";
import { municipalities, regions } from "#registers/regions/index.ts";
import { OfficeFunction } from "#services/dossier/contract/bodies.ts";

/** Seats in the driehoek (Politiewet 2012 art. 13): the mayor, who uses this house, and police and prosecution, who do not hold a political office. */
export const triangleSeats = ["none", "mayor", "police-chief", "public-prosecutor", "chief-prosecutor"] as const;
/** A seat in the driehoek, or none. */
export type TriangleSeat = (typeof triangleSeats)[number];

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const GemeenteId = Type.String({ pattern: "^gm\\d{4}$" });

/** What is known about the person a signal is about. Everything here stays on the device or inside a seal. */
export const RoutingSituation = Type.Object(
  {
    /** Function of the office-holder; null for a member of the driehoek without a political office. */
    function: orNull(OfficeFunction),
    /** Organisation of that office: TOOI code of a gemeente, provincie or waterschap; null without a function. */
    office: orNull(Type.String({ pattern: "^(?:gm\\d{4}|pv\\d{2}|ws\\d{4})$" })),
    /** Seat in the driehoek. A mayor always has one; an alderman who stands in for the mayor says `mayor`. */
    triangle: Type.Enum(triangleSeats),
    /** Police unit or parket where a police chief or prosecutor works (organisation id); null for the others. */
    service: orNull(Type.String({ pattern: "^(?:politie|om)-[a-z-]{2,36}$" })),
    /** Is a relative threatened and not the person? `home` is then where the relative lives. */
    family: Type.Boolean(),
    /** Gemeente of the home address of who is threatened; null when not known or abroad. */
    home: orNull(GemeenteId),
    /** Gemeente of the home address before a move; null without one. */
    formerHome: orNull(GemeenteId),
    /** Is there danger now? */
    acute: Type.Boolean(),
  },
  { additionalProperties: false },
);
/** What is known about the person a signal is about. */
export type RoutingSituation = Static<typeof RoutingSituation>;

/**
 * What can be wrong with a situation; stable codes.
 * - `routing-malformed`: not of the promised form.
 * - `unknown-municipality`, `unknown-province`, `unknown-service`: an id of the right form that no register holds.
 * - `office-mismatch`: function, office, seat and service do not fit together.
 */
export type RoutingErrorCode = "routing-malformed" | "unknown-municipality" | "unknown-province" | "unknown-service" | "office-mismatch";

/** The signal cannot be routed. */
export class RoutingError extends Error {
  override readonly name = "RoutingError";
  readonly code: RoutingErrorCode;
  /** @param code stable code; @param detail which field, without its content. */
  constructor(code: RoutingErrorCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

const provinces = new Set([...municipalities.values()].map(({ province }) => province));
const prefixes = { municipality: "gm", province: "pv", "water-authority": "ws" } as const;

/** Checks a situation. @throws {@link RoutingError} with each of its codes, naming the field and never its content. */
export function readRoutingSituation(value: unknown): RoutingSituation {
  if (!Check(RoutingSituation, value)) {
    const [first] = Errors(RoutingSituation, value);
    throw new RoutingError("routing-malformed", `${first?.instancePath || "/"}: ${first?.message ?? "does not have the promised form"}`);
  }
  const { home, formerHome, office, service } = value;
  for (const [field, id] of [
    ["home", home],
    ["formerHome", formerHome],
    ["office", office],
  ] as const)
    if (id?.startsWith("gm") === true && !municipalities.has(id))
      throw new RoutingError("unknown-municipality", `/${field}: no municipality of 1 January 2026`);
  if (office?.startsWith("pv") === true && !provinces.has(office)) throw new RoutingError("unknown-province", "/office: no province");
  if (service !== null && !regions.units.has(service) && !regions.parketten.has(service))
    throw new RoutingError("unknown-service", "/service: no police unit and no office of the public prosecution");
  const misfit = misfitOf(value);
  if (misfit !== null) throw new RoutingError("office-mismatch", misfit);
  return value;
}

/** Which field does not fit the others, and why; null when all fit. */
function misfitOf({ function: held, office, triangle, service }: RoutingSituation): string | null {
  if ((held === null) !== (office === null)) return "/office: a function and its organisation belong together";
  if (held !== null && office?.startsWith(prefixes[functionRow(held).organisation]) !== true)
    return "/office: not the kind of organisation this function belongs to";
  if (held === "mayor" && triangle !== "none" && triangle !== "mayor") return "/triangle: a mayor sits in the driehoek as mayor";
  if (triangle === "mayor" && office?.startsWith("gm") !== true) return "/triangle: only who works for a municipality stands in for its mayor";
  if (held === null && (triangle === "none" || triangle === "mayor")) return "/function: without one there is a seat of police or prosecution";
  if (triangle === "police-chief") return service !== null && regions.units.has(service) ? null : "/service: a police chief works at a police unit";
  if (triangle === "public-prosecutor" || triangle === "chief-prosecutor")
    return service !== null && regions.parketten.has(service) ? null : "/service: a prosecutor works at an office of the public prosecution";
  return service === null ? null : "/service: only for police and prosecution in the driehoek";
}

/** The seat that counts: a mayor has one without saying so. */
export function seatOf({ function: held, triangle }: RoutingSituation): TriangleSeat {
  return held === "mayor" ? "mayor" : triangle;
}
