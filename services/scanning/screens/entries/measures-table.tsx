/** The measures of an advice, or of a provision list, as a table with its total. Used by the dossier page and the advice page. */
import type { ComponentChildren, JSX } from "preact";
import { useLanguage, useMessages, writeDay } from "#services/interface/index.ts";
import type { Measure, ProvisionLine } from "#services/scanning/contract/index.ts";
import { en } from "#services/scanning/screens/en.ts";
import { nl, type Messages } from "#services/scanning/screens/nl.ts";
import { DataTable, type Column } from "#services/scanning/screens/table.tsx";
import { Facts } from "./said.tsx";

/** @param show `advice`: everything, with why; `provision`: only what the employer may know. */
export function MeasuresTable(
  props: { readonly show: "advice"; readonly rows: readonly Measure[] } | { readonly show: "provision"; readonly rows: readonly ProvisionLine[] },
): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const w = m.measures;
  if (props.rows.length === 0) return <p class="soft">{w.none}</p>;
  const shared: readonly Column<ProvisionLine>[] = [
    { key: "where", name: w.where, cell: ({ domain }) => m.domains[domain] },
    { key: "kind", name: w.kind, cell: ({ provided }) => m.providedShort[provided] },
    { key: "cost", name: w.cost, number: true, cell: ({ costLow, costHigh }) => m.cost(costLow, costHigh) },
    { key: "when", name: w.when, cell: ({ byWhen }) => (byWhen === null ? m.noDate : writeDay(language, byWhen)) },
  ];
  const who: Column<ProvisionLine> = { key: "who", name: w.who, cell: (row) => m.who[row.who] };
  const low = props.rows.reduce((sum, { costLow }) => sum + costLow, 0);
  const high = props.rows.reduce((sum, { costHigh }) => sum + costHigh, 0);
  const foot = <Facts facts={[[w.total, m.cost(low, high)]]} />;
  if (props.show === "provision")
    return (
      <DataTable
        caption={w.caption}
        rowKey={({ id }) => id}
        rows={props.rows}
        foot={foot}
        columns={[{ key: "what", name: w.what, cell: ({ what }) => what }, ...shared]}
      />
    );
  return (
    <DataTable<Measure>
      caption={w.caption}
      rowKey={({ id }) => id}
      rows={props.rows}
      foot={foot}
      columns={[{ key: "what", name: w.what, cell: (row) => <What what={row.what}>{row.why}</What> }, ...shared, who]}
    />
  );
}

function What({ what, children }: { readonly what: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <>
      <strong>{what}</strong>
      <span class="scan-why">{children}</span>
    </>
  );
}
