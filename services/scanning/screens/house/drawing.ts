/** The cut-away house as data: one list of shapes that is drawn on the screen and written as SVG for paper, and where floors and rings lie in it. Pure; used inside this folder. */
import { floors, type Floor, type PicturePlace, type Ring } from "#services/scanning/contract/index.ts";

/** Width and height of the drawing, in its own units. */
export const drawing = { width: 1_000, height: 560 } as const;

/** What a shape is made of; colours of the screen stand in house.css, those of paper in `paper.ts`. */
export type Tone = "sky" | "street" | "plot" | "earth" | "room" | "safe" | "wall" | "roof" | "line" | "thin" | "green" | "word";

/** One shape. Attributes are SVG's own. */
export type Shape =
  | {
      readonly kind: "rect";
      readonly tone: Tone;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly rx?: number;
    }
  | { readonly kind: "circle"; readonly tone: Tone; readonly cx: number; readonly cy: number; readonly r: number }
  | { readonly kind: "path"; readonly tone: Tone; readonly d: string };

/** A name in the drawing. `lines` are keyed by ring; the words come from the messages. */
export interface PlaceOfWord {
  readonly ring: Exclude<Ring, "none">;
  readonly x: number;
  readonly y: number;
}

/** Top and bottom of the band each floor's places are counted in. */
const bands: Readonly<Record<Floor, readonly [top: number, bottom: number]>> = { upper: [20, 280], ground: [280, 405], cellar: [405, 545] };
const house = { left: 430, right: 870, eaves: 165 } as const;
const safeRoom = { left: 668, right: 848, top: 178, bottom: 274 } as const;
const fence = 205;
/** How far from an outer wall one still points at the wall. */
const wallReach = 26;

/** The house, back to front. */
export const shapes: readonly Shape[] = [
  { kind: "rect", tone: "sky", x: 0, y: 0, width: 1_000, height: 400, rx: 14 },
  { kind: "path", tone: "street", d: "M0 386h205v19H0z" },
  { kind: "path", tone: "plot", d: "M205 380h225v25H205zM870 380h130v25H870z" },
  { kind: "path", tone: "earth", d: "M0 405h1000v141a14 14 0 0 1-14 14H14a14 14 0 0 1-14-14z" },
  // Street: lamp post, a bicycle, the kerb.
  { kind: "path", tone: "line", d: "M52 386V236q0-26 26-26h14M84 210h26" },
  { kind: "path", tone: "thin", d: "M88 214l-16 34M106 214l16 34" },
  { kind: "circle", tone: "line", cx: 120, cy: 366, r: 19 },
  { kind: "circle", tone: "line", cx: 178, cy: 366, r: 19 },
  { kind: "path", tone: "line", d: "M120 366l16-30h30l12 30M136 336l14 30h-30M150 366l16-30M162 328h14M128 330h14" },
  // Plot: fence, gate, tree, hedge, the path.
  { kind: "path", tone: "line", d: "M205 405V318M223 405V326M241 405V326M205 340h42M205 386h42" },
  { kind: "path", tone: "line", d: "M288 380v-62" },
  { kind: "circle", tone: "green", cx: 288, cy: 276, r: 50 },
  { kind: "path", tone: "thin", d: "M288 330v-40M288 312l18-16M288 304l-16-14" },
  { kind: "path", tone: "green", d: "M900 380v-44q0-18 18-18h44q18 0 18 18v44z" },
  // The house: roof, rooms, walls.
  { kind: "path", tone: "roof", d: "M396 178L650 34l254 144z" },
  { kind: "path", tone: "room", d: "M446 164L650 56l204 108v112H446z" },
  { kind: "rect", tone: "room", x: 446, y: 288, width: 408, height: 112 },
  { kind: "rect", tone: "room", x: 446, y: 416, width: 408, height: 114 },
  { kind: "rect", tone: "safe", x: safeRoom.left, y: safeRoom.top, width: 180, height: 96, rx: 4 },
  {
    kind: "path",
    tone: "wall",
    d: "M430 160h16v116H430zM854 160h16v116h-16zM430 276h440v12H430zM430 288h16v22H430zM430 392h16v24H430zM854 288h16v128h-16zM430 400h440v16H430zM430 416h16v130H430zM854 416h16v130h-16zM430 530h440v16H430z",
  },
  // Front door, windows in the wall, the letterbox.
  { kind: "path", tone: "line", d: "M438 310v82M438 310l-26 8v74h26M418 352h6" },
  { kind: "path", tone: "sky", d: "M430 196h16v44H430zM854 314h16v44h-16zM854 196h16v44h-16z" },
  { kind: "path", tone: "line", d: "M430 196h16M430 240h16M438 196v44M854 314h16M854 358h16M862 314v44M854 196h16M854 240h16M862 196v44M876 180v-4" },
  { kind: "rect", tone: "line", x: 880, y: 196, width: 26, height: 14, rx: 4 },
  // Inside: stairs, table and chairs, sofa, bed, desk; below: shelves and the boiler.
  { kind: "path", tone: "thin", d: "M520 400v-16h16v-16h16v-16h16v-16h16v-16h16v-16h16v-16" },
  { kind: "path", tone: "thin", d: "M678 400v-34h84v34M670 366h100M652 400v-52M652 374h16M788 400v-52M772 374h16" },
  { kind: "path", tone: "thin", d: "M474 276v-34M474 256h96v20M474 242h28q8 0 8 14" },
  { kind: "path", tone: "thin", d: "M606 276v-40M598 236h52M642 276v-40M612 236v-22h24v22" },
  { kind: "path", tone: "line", d: "M758 196l26 10v20c0 17-11 28-26 34-15-6-26-17-26-34v-20zM746 226l9 10 17-20" },
  { kind: "path", tone: "line", d: "M668 240v34M676 258h4" },
  { kind: "path", tone: "thin", d: "M480 530v-84h104v84M480 474h104M480 502h104M496 474v-16h18v16M530 474v-22h14v22M500 502v-14h30v14M548 502v-18h20v18" },
  { kind: "rect", tone: "thin", x: 742, y: 448, width: 66, height: 82, rx: 10 },
  { kind: "path", tone: "thin", d: "M758 470h34M758 484h34M775 448v-32" },
];

/** Where the rings are named. */
export const wordPlaces: readonly PlaceOfWord[] = [
  { ring: "surroundings", x: 100, y: 178 },
  { ring: "plot", x: 286, y: 200 },
  { ring: "shell", x: 388, y: 256 },
  { ring: "inside", x: 720, y: 322 },
  { ring: "safe-room", x: 718, y: 166 },
];

/** A point in the drawing's units. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const share = (value: number, from: number, to: number): number => Math.min(1_000, Math.max(0, Math.round((1_000 * (value - from)) / (to - from))));

/** Point of a place. */
export function pointOf({ floor, x, y }: PicturePlace): Point {
  const [top, bottom] = bands[floor];
  return { x, y: top + (y / 1_000) * (bottom - top) };
}

/** Place of a point: the floor whose band it lies in. Points outside the drawing are brought to its edge. */
export function placeOf({ x, y }: Point): PicturePlace {
  const floor = floors.find((one) => y >= bands[one][0] && y < bands[one][1]) ?? (y < bands.upper[0] ? "upper" : "cellar");
  return { floor, x: share(x, 0, drawing.width), y: share(y, ...bands[floor]) };
}

/** Which ring a place lies in. */
export function ringAt(place: PicturePlace): Exclude<Ring, "none"> {
  const { x, y } = pointOf(place);
  if (x >= safeRoom.left && x <= safeRoom.right && y >= safeRoom.top && y <= safeRoom.bottom) return "safe-room";
  const within = x >= house.left - 20 && x <= house.right + 20;
  // Under the sloping roof the tiles count as the outside of the house.
  const roof = 34 + Math.abs(x - 650) * 0.567;
  if (within && y < house.eaves) return y < roof - 24 ? "plot" : y < roof + wallReach ? "shell" : "inside";
  if (within) return x < house.left + wallReach || x > house.right - wallReach ? "shell" : "inside";
  return x < fence ? "surroundings" : "plot";
}

/** Spots to offer for a floor and ring, first the best; each lies in that ring. The safe room is upstairs, street and garden are on the ground. */
const spots: readonly Point[] = [
  ...grid([60, 160], [300, 360], 34, 30),
  ...grid([270, 410], [300, 384], 44, 38),
  ...grid([930, 985], [200, 384], 30, 40),
  ...grid([434, 444], [180, 540], 14, 36),
  ...grid([858, 868], [180, 540], 14, 36),
  ...grid([486, 640], [196, 264], 44, 34),
  ...grid([474, 830], [306, 388], 48, 40),
  ...grid([474, 830], [430, 520], 48, 40),
  ...grid([690, 840], [192, 264], 46, 34),
];

function grid([x0, x1]: readonly [number, number], [y0, y1]: readonly [number, number], dx: number, dy: number): Point[] {
  const made: Point[] = [];
  for (let y = y0; y <= y1; y += dy) for (let x = x0; x <= x1; x += dx) made.push({ x, y });
  return made;
}

/** Rings that exist on a floor: the list someone chooses from without a pointer. */
export const ringsOn = (floor: Floor): readonly Exclude<Ring, "none">[] =>
  floor === "ground" ? ["surroundings", "plot", "shell", "inside"] : floor === "upper" ? ["shell", "inside", "safe-room"] : ["shell", "inside"];

/** A free spot for a pin in a ring on a floor: the first that is not too near another pin, or else the one farthest from all. */
export function freeSpot(floor: Floor, ring: Exclude<Ring, "none">, taken: readonly PicturePlace[]): PicturePlace {
  const points = taken.map(pointOf);
  const nearest = (point: Point): number => Math.min(Number.POSITIVE_INFINITY, ...points.map((one) => Math.hypot(one.x - point.x, one.y - point.y)));
  const fitting = spots.filter((point) => {
    const place = placeOf(point);
    return place.floor === floor && ringAt(place) === ring;
  });
  const best = fitting.find((point) => nearest(point) >= 40) ?? fitting.toSorted((a, b) => nearest(b) - nearest(a))[0];
  return placeOf(best ?? { x: 500, y: (bands[floor][0] + bands[floor][1]) / 2 });
}

/** Moves a place by steps of the drawing, over the edge of a floor to the next. */
export function moved(place: PicturePlace, dx: number, dy: number): PicturePlace {
  const { x, y } = pointOf(place);
  return placeOf({ x: Math.min(drawing.width - 10, Math.max(10, x + dx)), y: Math.min(bands.cellar[1] - 8, Math.max(bands.upper[0] + 8, y + dy)) });
}
