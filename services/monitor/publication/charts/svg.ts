/**
 * The smallest SVG writer that makes our charts: text, lines, shapes, a title and a description. Called by the other files of this room.
 *
 * [Note: Charts without colour] Nothing is told by colour alone: what differs has another shape (filled dot, open dot, diamond, hatching) and a word beside it. Presentation attributes hold the colours of
 * paper; each shape also has a class, so that a page can give it the colours of its theme. No scripts, no links, nothing from elsewhere: the same file goes into a page and into a PDF.
 */

/** Colours on paper, those of services/interface/style. */
export const paint = { ink: "#1b2430", soft: "#424d59", accent: "#0b5560", rule: "#d9d5c9", edge: "#767f88", paper: "#ffffff" } as const;

/** An element of a drawing: written as SVG text for papers and files, drawn as elements by a page (its policy lets nobody put text in as markup). */
export interface Shape {
  readonly name: string;
  /** Numbers have at most two decimals, so that the same figures give the same bytes. */
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (Shape | string)[];
}

/** Text as XML text. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** One element. */
export const element = (name: string, attributes: Shape["attributes"], ...children: readonly (Shape | string)[]): Shape => ({
  name,
  attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, typeof value === "number" ? Math.round(value * 100) / 100 : value])),
  children,
});

/** A drawing as SVG text. */
export function svgText({ name, attributes, children }: Shape): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join("");
  return children.length === 0
    ? `<${name}${written}/>`
    : `<${name}${written}>${children.map((one) => (typeof one === "string" ? escaped(one) : svgText(one))).join("")}</${name}>`;
}

/** Words at a place. */
export function words(
  x: number,
  y: number,
  text: string,
  options: { readonly anchor?: "start" | "middle" | "end"; readonly size?: number; readonly bold?: boolean; readonly soft?: boolean } = {},
): Shape {
  const { anchor = "start", size = 15, bold = false, soft = false } = options;
  return element(
    "text",
    {
      x,
      y,
      "font-size": size,
      "text-anchor": anchor,
      ...(bold ? { "font-weight": 600 } : {}),
      fill: soft ? paint.soft : paint.ink,
      class: soft ? "chart-soft" : "chart-ink",
    },
    text,
  );
}

/** A straight line. */
export const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, width: number, name: string, dash = ""): Shape =>
  element("line", { x1, y1, x2, y2, stroke, "stroke-width": width, class: name, ...(dash === "" ? {} : { "stroke-dasharray": dash }) });

/** Room a text takes at a size, roughly: an average letter of the house's font is just over half as wide as it is high. */
export const widthOf = (text: string, size: number): number => text.length * size * 0.53;

/** Breaks a text into lines that fit. */
export function wrapped(text: string, width: number, size: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A whole picture. `id` keeps the references of several charts on one page apart. */
export function picture(id: string, title: string, description: string, width: number, height: number, inside: readonly Shape[]): Shape {
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${Math.round(height)}`,
      width,
      height: Math.round(height),
      role: "img",
      "aria-labelledby": `${id}-title ${id}-desc`,
      class: "chart",
      "font-family": "Atkinson Hyperlegible Next, Inter, sans-serif",
    },
    element("title", { id: `${id}-title` }, title),
    element("desc", { id: `${id}-desc` }, description),
    ...inside,
  );
}
