/** /signalen/cijfers: whether signals are followed up, counted on this device from the desk's own signals, each number with its n, its interval and a table; and what the numbers cannot say. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { regions } from "#registers/regions/index.ts";
import type { Session } from "#services/directory/client/index.ts";
import { useSession } from "#services/directory/screens/session.ts";
import { SignedOut } from "#services/dossier/screens/dossier-page.tsx";
import { EmptyState, ErrorState, Link, Notice, Page, Skeleton, useMessages } from "#services/interface/index.ts";
import { deskSignals, factsOf, roleOfDesk } from "#services/signalling/client/index.ts";
import "#services/signalling/screens/signal.css";
import { figuresOf, verdictOf, type Figures, type Row, type Share } from "./count.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

interface Counted {
  readonly desk: string;
  readonly figures: Figures;
  /** Signals whose cover this device could not open. */
  readonly unread: number;
}

export default function FiguresPage(): JSX.Element {
  const session = useSession();
  return session === null ? <SignedOut /> : <Counting key={session.person.person} session={session} />;
}

function Counting({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [counted, setCounted] = useState<readonly Counted[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const desks = (await session.openDesks()).filter((desk) => roleOfDesk(desk.function) !== null);
      setCounted(
        await Promise.all(
          desks.map(async (desk) => {
            const signals = await deskSignals(session, desk);
            return { desk: desk.name, figures: figuresOf(await factsOf(session, desk, signals)), unread: signals.filter(({ cover }) => cover === null).length };
          }),
        ),
      );
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [session]);
  return (
    <Page title={m.title} lead={m.lead} above={<Link to="/signalen">{m.back}</Link>}>
      {error !== null && <ErrorState error={error} onRetry={() => void load()} />}
      {counted === null && error === null && <Skeleton lines={6} />}
      {counted?.length === 0 && <EmptyState icon="people" title={m.noDesk} />}
      {counted?.map((one) => (
        <DeskFigures key={one.desk} m={m} counted={one} />
      ))}
    </Page>
  );
}

const hundred = (share: number): number => Math.round(share * 100);

function DeskFigures({ m, counted: { desk, figures, unread } }: { readonly m: Messages; readonly counted: Counted }): JSX.Element {
  const { followed, acknowledged, signals } = figures;
  const verdict = verdictOf(figures);
  const said = m.verdicts[verdict](
    followed?.good ?? 0,
    followed?.all ?? 0,
    hundred(followed?.low ?? 0),
    hundred(followed?.high ?? 0),
    hundred(1 - (followed?.low ?? 1)),
  );
  const both: readonly Row<string>[] = [
    { key: m.acknowledged, share: acknowledged },
    { key: m.followed, share: followed },
  ];
  return (
    <section class="stack">
      <div class="stack-small">
        <h2>{desk}</h2>
        <p class="soft">
          {m.counted(signals)}. {unread > 0 && m.unread(unread)} {m.stated}
        </p>
      </div>
      <section class="card stack-medium">
        <h3>{m.question}</h3>
        <p class="signal-answer">
          <strong>{said}</strong>
        </p>
        <Notice title={m.cannotTitle}>
          <ul class="words">
            {m.cannot.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Notice>
      </section>
      <Shares m={m} title={`${m.acknowledged}, ${m.followed.toLowerCase()}`} rows={both} />
      <Shares m={m} title={m.perStep} rows={figures.steps.map(({ key, share }) => ({ key: m.steps[key], share }))} />
      <Shares
        m={m}
        title={m.perUnit}
        hint={m.unitHint}
        rows={figures.units.map(({ key, share }) => ({ key: key === null ? m.noUnit : (regions.units.get(key)?.name ?? key), share }))}
      />
      <details class="signal-more">
        <summary>{m.how}</summary>
        <div class="stack-small">
          <p>{m.howText}</p>
          <p class="soft">{m.method}</p>
        </div>
      </details>
    </section>
  );
}

const wordsOf = (m: Messages, share: Share | null): string => (share === null ? m.few : m.of(share.good, share.all, hundred(share.low), hundred(share.high)));

/** Dots with whiskers, each with its words, and the same as a table. */
function Shares({
  m,
  title,
  hint,
  rows,
}: {
  readonly m: Messages;
  readonly title: string;
  readonly hint?: string;
  readonly rows: readonly Row<string>[];
}): JSX.Element | null {
  if (rows.length === 0) return null;
  if (rows.every(({ share }) => share === null))
    return (
      <section class="card stack-small" aria-label={title}>
        <h3>{title}</h3>
        <p class="soft">{m.few}</p>
      </section>
    );
  return (
    <section class="card stack-medium" aria-label={title}>
      <h3>{title}</h3>
      {hint !== undefined && <p class="soft small">{hint}</p>}
      {rows.map(({ key, share }) => (
        <div key={key} class="signal-interval-row">
          <p>
            <strong>{key}</strong>
            <br />
            <span class={share === null ? "soft" : undefined}>{wordsOf(m, share)}</span>
          </p>
          {share !== null && <Interval share={share} label={m.picture(key, wordsOf(m, share))} />}
        </div>
      ))}
      <details class="signal-more">
        <summary>{m.tableOf(title)}</summary>
        <div>
          <table class="signal-table small">
            <thead>
              <tr>
                <th scope="col">{m.table.what}</th>
                <th scope="col">{m.table.good}</th>
                <th scope="col">{m.table.all}</th>
                <th scope="col">{m.table.low}</th>
                <th scope="col">{m.table.high}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, share }) => (
                <tr key={key}>
                  <th scope="row">{key}</th>
                  {share === null ? (
                    <td colSpan={4}>{m.few}</td>
                  ) : (
                    <>
                      <td>{share.good}</td>
                      <td>{share.all}</td>
                      <td>{hundred(share.low)}</td>
                      <td>{hundred(share.high)}</td>
                    </>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

/** One dot and its whisker on a line from 0 to 100; the words stand above it. */
function Interval({ share, label }: { readonly share: Share; readonly label: string }): JSX.Element {
  const x = (part: number): number => 10 + part * 300;
  return (
    <svg class="signal-interval" viewBox="0 0 320 28" preserveAspectRatio="none" role="img" aria-label={label}>
      <path d="M10 24H310M10 20v8M160 20v8M310 20v8" stroke="var(--edge)" stroke-width="1" />
      <path d={`M${x(share.low)} 11H${x(share.high)}M${x(share.low)} 5v12M${x(share.high)} 5v12`} stroke="currentColor" stroke-width="2.5" />
      <ellipse cx={x(share.good / share.all)} cy="11" rx="5" ry="6" fill="currentColor" />
    </svg>
  );
}
