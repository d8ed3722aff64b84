/** A real table that becomes a stack of cards on a phone, with its meaning kept for screen readers. Used by measures, risks and the sending overview. */
import type { ComponentChildren, JSX } from "preact";
import "./scan.css";

/** One column; `name` stands above it, and beside each value on a phone. */
export interface Column<R> {
  readonly key: string;
  readonly name: string;
  readonly cell: (row: R) => ComponentChildren;
  /** Numbers stand right. */
  readonly number?: boolean;
}

/** The first column names the row. Roles are written out because a table that is drawn as cards loses them. */
export function DataTable<R>({
  caption,
  columns,
  rows,
  rowKey,
  foot,
}: {
  readonly caption: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  /** Under the table: totals. */
  readonly foot?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="scan-table-frame">
      {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles */}
      <table class="scan-table" role="table">
        <caption class="hidden-words">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ key, name, number }) => (
              <th key={key} role="columnheader" scope="col" data-number={number === true ? "" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row">
              {columns.map(({ key, name, cell, number }, place) =>
                place === 0 ? (
                  <th key={key} role="rowheader" scope="row" data-name={name}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={key} role="cell" data-name={name} data-number={number === true ? "" : undefined}>
                    <span>{cell(row)}</span>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {foot}
    </div>
  );
}
