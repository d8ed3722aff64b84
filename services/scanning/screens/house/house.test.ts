/** The house picture: a pin stays where it was put, lies in the ring it says, and the paper shows the same pins as the screen. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Check } from "typebox/value";
import { floors, PicturePlace, rings } from "#services/scanning/contract/index.ts";
import { drawing, freeSpot, moved, placeOf, pointOf, ringAt, ringsOn } from "./drawing.ts";
import { nl } from "./nl.ts";
import { houseSvg } from "./paper.ts";
import { pinsOf, type HouseFinding } from "./pins.ts";

const anywhere = fc.record({ x: fc.double({ min: -200, max: 1_200, noNaN: true }), y: fc.double({ min: -200, max: 800, noNaN: true }) });

describe("places", () => {
  it("any tap becomes a place the sealed visit takes, within the drawing", () => {
    fc.assert(
      fc.property(anywhere, (point) => {
        const place = placeOf(point);
        expect(Check(PicturePlace, place)).toBe(true);
        const back = pointOf(place);
        expect(back.x).toBeGreaterThanOrEqual(0);
        expect(back.x).toBeLessThanOrEqual(drawing.width);
        expect(Math.abs(pointOf(placeOf(back)).y - back.y)).toBeLessThanOrEqual(0.3);
      }),
    );
  });
  it.each([
    ["the street", { x: 100, y: 350 }, "ground", "surroundings"],
    ["the garden", { x: 320, y: 350 }, "ground", "plot"],
    ["the front door", { x: 438, y: 350 }, "ground", "shell"],
    ["the roof", { x: 650, y: 46 }, "upper", "shell"],
    ["the living room", { x: 700, y: 350 }, "ground", "inside"],
    ["the safe room", { x: 750, y: 230 }, "upper", "safe-room"],
    ["the cellar", { x: 600, y: 480 }, "cellar", "inside"],
  ] as const)("a tap on %s is in that ring on that floor", (_, point, floor, ring) => {
    const place = placeOf(point);
    expect(place.floor).toBe(floor);
    expect(ringAt(place)).toBe(ring);
  });
  it("whoever chooses floor and place from the lists lands in that ring on that floor, however many pins stand there", () => {
    for (const floor of floors)
      for (const ring of ringsOn(floor)) {
        const taken: PicturePlace[] = [];
        for (let count = 0; count < 40; count += 1) {
          const place = freeSpot(floor, ring, taken);
          expect([place.floor, ringAt(place)]).toEqual([floor, ring]);
          taken.push(place);
        }
      }
  });
  it("the first pins of a ring do not cover each other", () => {
    const first = freeSpot("ground", "inside", []);
    const second = freeSpot("ground", "inside", [first]);
    const [a, b] = [pointOf(first), pointOf(second)];
    expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(40);
  });
  it("arrow keys never push a pin out of the drawing, and lead over the edge of a floor", () => {
    fc.assert(
      fc.property(anywhere, fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 }), (point, dx, dy) => {
        expect(Check(PicturePlace, moved(placeOf(point), dx, dy))).toBe(true);
      }),
    );
    expect(moved(placeOf({ x: 600, y: 404 }), 0, 5).floor).toBe("cellar");
    expect(moved(placeOf({ x: 600, y: 281 }), 0, -5).floor).toBe("upper");
  });
});

const finding = (id: string, more: Partial<HouseFinding> = {}): HouseFinding => ({
  id,
  ring: "shell",
  observation: `Gezien: ${id}`,
  seriousness: "medium",
  ...more,
});

describe("on paper", () => {
  it("shows each placed pin with the number of the list, and no other", () => {
    const pins = pinsOf([
      finding("a", { place: { floor: "ground", x: 438, y: 500 } }),
      finding("b"),
      finding("c", { place: null }),
      finding("d", { seriousness: "high", place: { floor: "upper", x: 750, y: 700 } }),
    ]);
    const svg = houseSvg(pins, nl.rings);
    const numbers = [...svg.matchAll(/>(\d+)<\/text>/g)].map(([, number]) => number);
    expect(numbers).toEqual(["1", "4"]);
    for (const ring of rings) if (ring !== "none") expect(svg).toContain(nl.rings[ring]);
  });
  it("holds nothing of what was observed and fetches nothing", () => {
    const svg = houseSvg(pinsOf([finding("geheim", { place: { floor: "ground", x: 1, y: 1 } })]), { ...nl.rings, plot: '<image href="https://example.org"/>' });
    expect(svg).not.toContain("Gezien");
    expect(svg).not.toContain("<image");
    expect(svg).toContain("&lt;image");
  });
});
