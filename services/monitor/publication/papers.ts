/** A document of the Monitor as data for a tagged PDF of engines/paper. Called by the command line and by screens. */
import type { FindingsData, PaperAssets } from "@rugdekking/paper";
import { svgText } from "./charts/index.ts";
import type { DocumentBlock, MonitorDocument } from "./documents.ts";
import { wordsIn } from "./words.ts";

/** Data of the template `uitkomsten`, with its charts. */
export function paperOf({ kind, language, title, lead, date, reference, invented, key, blocks }: MonitorDocument): {
  readonly data: FindingsData;
  readonly assets: PaperAssets;
} {
  const charts = blocks.flatMap((block) => (block.kind === "chart" ? [block] : []));
  const say = wordsIn(language);
  return {
    data: {
      document: { title, reference, version: null, date, language, marking: "", demonstration: invented },
      kind,
      lead,
      warning: invented ? say.invented : "",
      keyTitle: say.briefly,
      key: key.map(({ number, of, text, among, margin }) => ({ number, of, text, among, margin })),
      blocks: blocks.map(paperBlock),
    },
    assets: Object.fromEntries(charts.map((block) => [assetName(block.id), new TextEncoder().encode(svgText(block.drawing))])),
  };
}

const assetName = (chart: string): string => chart.replaceAll(/[^A-Za-z0-9_-]/gu, "-").slice(0, 80);

function paperBlock(block: DocumentBlock): FindingsData["blocks"][number] {
  switch (block.kind) {
    case "heading":
      return { kind: "heading", level: block.level, text: block.text };
    case "paragraph":
      return { kind: "paragraph", text: block.text };
    case "list":
      return { kind: "list", ordered: false, items: [...block.items] };
    case "note":
      return { kind: "note", title: block.title, text: block.text };
    case "table":
      return { kind: "table", caption: block.caption, columns: [...block.columns], rows: block.rows.map((row) => [...row]) };
    case "chart":
      return { kind: "picture", picture: { asset: assetName(block.id), alt: block.alternative, caption: "" } };
  }
}
