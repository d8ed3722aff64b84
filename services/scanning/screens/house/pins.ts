/** Findings as numbered pins: the number is the place in the list, so that picture, list and text speak of the same one. Pure; used by the pictures here and by whoever lists findings beside one. */
import type { Finding, PicturePlace, Seriousness } from "#services/scanning/contract/index.ts";

/** What the house needs of a finding; a whole one fits. */
export type HouseFinding = Pick<Finding, "id" | "ring" | "observation" | "seriousness" | "place">;

/** A finding with its number; `place` is null when it was not put on the house. */
export interface HousePin {
  readonly id: string;
  /** Counted from 1, in the order of the list. */
  readonly number: number;
  readonly ring: Finding["ring"];
  readonly observation: string;
  readonly seriousness: Seriousness;
  readonly place: PicturePlace | null;
}

/** A pin that stands on the house. */
export type PlacedPin = HousePin & { readonly place: PicturePlace };

/** Numbers findings in the order given. */
export const pinsOf = (findings: readonly HouseFinding[]): HousePin[] =>
  findings.map(({ id, ring, observation, seriousness, place }, at) => ({ id, number: at + 1, ring, observation, seriousness, place: place ?? null }));

/** Those that stand on the house. */
export const placedPins = (pins: readonly HousePin[]): PlacedPin[] => pins.flatMap((pin) => (pin.place === null ? [] : [{ ...pin, place: pin.place }]));
