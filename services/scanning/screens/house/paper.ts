/** The same house as a text of SVG, to be set in the printed advice: colours that print, no style sheet, nothing from elsewhere. The text alternative is the list of findings beside it. */
import type { Ring } from "#services/scanning/contract/index.ts";
import { drawing, pointOf, shapes, wordPlaces, type Shape, type Tone } from "./drawing.ts";
import { placedPins, type HousePin, type PlacedPin } from "./pins.ts";

interface Ink {
  readonly fill: string;
  readonly stroke?: string;
  readonly width?: number;
}

/** Light tints that stay apart in grey. */
const inks: Readonly<Record<Tone, Ink>> = {
  sky: { fill: "#f4f7f7" },
  street: { fill: "#b9c0c4" },
  plot: { fill: "#c9dccb" },
  earth: { fill: "#ece6da" },
  room: { fill: "#ffffff" },
  safe: { fill: "#dcecea", stroke: "#0b5560", width: 3 },
  wall: { fill: "#5d6872" },
  roof: { fill: "#7c8791" },
  green: { fill: "#dcebdd", stroke: "#58725c", width: 2 },
  line: { fill: "none", stroke: "#36424d", width: 3 },
  thin: { fill: "none", stroke: "#8a949c", width: 2 },
  word: { fill: "#36424d" },
};

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const element = (name: string, attributes: Readonly<Record<string, string | number>>, inside = ""): string =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join("")}>${inside}</${name}>`;

function drawn(shape: Shape): string {
  const { kind, tone, ...attributes } = shape;
  const { fill, stroke, width } = inks[tone];
  const ink = stroke === undefined ? { fill } : { fill, stroke, "stroke-width": width ?? 2, "stroke-linecap": "round", "stroke-linejoin": "round" };
  return element(kind, { ...attributes, ...ink });
}

const letters = { "font-family": "Atkinson Hyperlegible Next", "text-anchor": "middle" } as const;

/** Circle, square or diamond: how serious it is can be told without colour. */
function pinDrawn({ place, number, seriousness }: PlacedPin): string {
  const { x, y } = pointOf(place);
  const dark = seriousness === "high";
  const ink = {
    fill: dark ? "#1b2430" : seriousness === "medium" ? "#fdf2dc" : "#ffffff",
    stroke: dark ? "#1b2430" : seriousness === "medium" ? "#8a5a06" : "#0b5560",
    "stroke-width": 3,
  };
  const shape =
    seriousness === "low"
      ? element("circle", { cx: x, cy: y, r: 19, ...ink })
      : seriousness === "medium"
        ? element("rect", { x: x - 18, y: y - 18, width: 36, height: 36, rx: 6, ...ink })
        : element("path", { d: `M${x} ${y - 25}l25 25-25 25-25-25z`, ...ink, "stroke-linejoin": "round" });
  return shape + element("text", { x, y: y + 7.5, "font-size": 21, "font-weight": 700, fill: dark ? "#ffffff" : "#1b2430", ...letters }, String(number));
}

/**
 * The house with its pins as SVG text. Pins that were not put on the house are left out; the list beside the picture names them.
 * @param names of the rings, in the reader's language
 */
export function houseSvg(pins: readonly HousePin[], names: Readonly<Record<Ring, string>>): string {
  const words = wordPlaces.map(({ ring, x, y }) =>
    element("text", { x, y, "font-size": 20, "font-weight": 600, fill: inks.word.fill, ...letters }, escaped(names[ring])),
  );
  // Later pins lie over earlier ones; the most serious come last.
  const order = { low: 0, medium: 1, high: 2 } as const;
  const placed = placedPins(pins).toSorted((a, b) => order[a.seriousness] - order[b.seriousness]);
  return element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${drawing.width} ${drawing.height}`, width: drawing.width, height: drawing.height },
    [...shapes.map(drawn), ...words, ...placed.map(pinDrawn)].join(""),
  );
}
