/** The step of what goes along: the person's own reports and scans, opened when asked, chosen item by item. Drawn by raise-page.tsx, which holds what was chosen. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import type { DossierView } from "#services/dossier/contract/index.ts";
import { Button, Choices, ErrorState, Notice, Skeleton, useLanguage } from "#services/interface/index.ts";
import { openSource, ownDossiers, type Source } from "./along.ts";
import type { Messages } from "./nl.ts";

/** What was opened and chosen, by dossier. */
export interface Chosen {
  readonly source: Source;
  readonly items: readonly string[];
}
export type ChosenAlong = ReadonlyMap<string, Chosen>;

interface Props {
  readonly m: Messages;
  readonly session: Session;
  readonly chosen: ChosenAlong;
  readonly onChoose: (id: string, chosen: Chosen) => void;
}

export function StepAlong({ m, session, chosen, onChoose }: Props): JSX.Element {
  const w = m.along;
  const [dossiers, setDossiers] = useState<readonly DossierView[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = (): void => {
    setError(null);
    ownDossiers(session).then(setDossiers, setError);
  };
  useEffect(load, [session]);
  if (error !== null) return <ErrorState error={error} onRetry={load} />;
  if (dossiers === null) return <Skeleton lines={4} />;
  const count = [...chosen.values()].reduce((sum, { items }) => sum + items.length, 0);
  return (
    <div class="stack">
      {dossiers.length === 0 && (
        <Notice>
          <p>{w.none}</p>
        </Notice>
      )}
      {dossiers.map((view) => (
        <DossierItems key={view.id} m={m} session={session} view={view} chosen={chosen.get(view.id) ?? null} onChoose={(one) => onChoose(view.id, one)} />
      ))}
      <p role="status">
        <strong>{count === 0 ? w.nothing : w.count(count)}</strong>
      </p>
    </div>
  );
}

function DossierItems({
  m,
  session,
  view,
  chosen,
  onChoose,
}: {
  readonly m: Messages;
  readonly session: Session;
  readonly view: DossierView;
  readonly chosen: Chosen | null;
  readonly onChoose: (chosen: Chosen) => void;
}): JSX.Element {
  const w = m.along;
  const language = useLanguage();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const open = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      onChoose({ source: await openSource(session, view.id, language), items: [] });
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  const kinds: Readonly<Record<string, Readonly<Record<typeof language, string>>>> = {
    report: { nl: "Melding", en: "Report" },
    scan: { nl: "Veiligheidsscan", en: "Security scan" },
  };
  const title = w.of(kinds[view.kind]?.[language] ?? "", view.opened);
  return (
    <section class="card stack-medium" aria-label={title}>
      <h2>{title}</h2>
      {error !== null && <ErrorState error={error} onRetry={() => void open()} />}
      {chosen === null ? (
        <div class="actions">
          <Button look="second" icon="list" busy={busy} label={`${w.open}: ${title}`} onPress={() => void open()}>
            {w.open}
          </Button>
        </div>
      ) : (
        <Choices
          legend={w.choose}
          options={chosen.source.items.map(({ item, words }) => ({ value: item, title: words }))}
          values={chosen.items}
          onChoose={(items) => onChoose({ source: chosen.source, items })}
        />
      )}
    </section>
  );
}
