/** "Inzage": everything the server can read about the person, table by table. Part of the page of rights. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Session } from "#services/directory/client/session.ts";
import { Button, ErrorState, saveFile, useMessages } from "#services/interface/index.ts";
import type { Insight, InsightTable } from "#services/rights/contract/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export function InsightPart({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [insight, setInsight] = useState<Insight | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      setInsight(await (await import("#services/rights/client/index.ts")).readInsight(session));
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="section">
      <h2>{m.see}</h2>
      <p>{m.seeText}</p>
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        <Button look="second" busy={busy} onPress={() => void load()}>
          {m.seeButton}
        </Button>
        {insight !== null && (
          <Button
            look="quiet"
            icon="download"
            onPress={() => saveFile("inzage.json", new TextEncoder().encode(JSON.stringify(insight, null, 2)), "application/json")}
          >
            {m.saveInsight}
          </Button>
        )}
      </div>
      {insight !== null && (
        <ul class="plain stack-small" aria-live="polite">
          {insight.tables
            .filter(({ count }) => count > 0)
            .map((table) => (
              <li key={table.table}>
                <Table table={table} />
              </li>
            ))}
          <li>
            <Empty names={insight.tables.filter(({ count }) => count === 0).map(({ table }) => m.tables[table] ?? table)} />
          </li>
        </ul>
      )}
    </section>
  );
}

function Table({ table: { table, count, rows } }: { readonly table: InsightTable }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const told = (value: string | number | boolean | null): string => {
    const length = typeof value === "string" ? /^\((\d+)\)$/u.exec(value)?.[1] : undefined;
    return length === undefined ? String(value ?? "") : m.sealed(length);
  };
  const name = m.tables[table] ?? table;
  return (
    <details>
      <summary>
        {name}: {m.rows(count)}
      </summary>
      {count > rows.length && <p class="soft">{m.more(count)}</p>}
      {rows.map((row, place) => (
        <dl key={place} class="small">
          {Object.entries(row).map(([column, value]) => (
            <div key={column}>
              <dt class="soft">{column}</dt>
              <dd>{told(value)}</dd>
            </div>
          ))}
        </dl>
      ))}
    </details>
  );
}

/** What was looked in as well: one line, so that what is there stands out. */
function Empty({ names }: { readonly names: readonly string[] }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <details class="soft">
      <summary>{m.nothing(names.length)}</summary>
      <ul>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </details>
  );
}
