/** /monitor/veldwerk: how a wave goes, for members of the research desk that holds it. Response per stratum with its margin, live; which strata are too thin; who is missing. Says of nobody whether they answered. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import { useSession } from "#services/directory/screens/session.ts";
import { SignedOut } from "#services/dossier/screens/dossier-page.tsx";
import {
  Button,
  EmptyState,
  ErrorState,
  Link,
  Notice,
  Page,
  Select,
  Skeleton,
  Tag,
  useLanguage,
  useMessages,
  writeDay,
  writeMoment,
  writeNumber,
} from "#services/interface/index.ts";
import { readFieldwork, readWaves, type Wave } from "#services/monitor/client/index.ts";
import { inWords, responseOf, type Response, type StratumResponse, type WaveResponse } from "#services/monitor/frame/response.ts";
import { en } from "./en.ts";
import "./fieldwork.css";
import { nl, type Messages } from "./nl.ts";

/** Often enough to see a reminder work, seldom enough to be no load. */
const every = 30_000;

export default function FieldworkPage(): JSX.Element {
  const session = useSession();
  return session === null ? <SignedOut /> : <Waves key={session.person.person} session={session} />;
}

/** Waves of the desks the person sits at; null while they are read. */
interface Found {
  readonly desk: boolean;
  readonly waves: readonly Wave[];
}

function Waves({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [found, setFound] = useState<Found | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const own = new Set((await session.openDesks()).filter((desk) => desk.function === "research").map(({ id }) => id));
      setFound({ desk: own.size > 0, waves: own.size === 0 ? [] : (await readWaves(session.trust)).filter(({ desk }) => own.has(desk)) });
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [session]);
  const wave = found?.waves.find((one) => one.wave === chosen) ?? found?.waves[0];
  return (
    <Page
      title={m.title}
      lead={m.lead}
      width="wide"
      above={
        <p class="no-print">
          <Link to="/werk">{m.back}</Link>
        </p>
      }
    >
      {error !== null && <ErrorState error={error} onRetry={() => void load()} />}
      {found === null && error === null && <Skeleton lines={6} />}
      {found?.desk === false && (
        <EmptyState icon="people" title={m.noDesk.title}>
          <p>{m.noDesk.text}</p>
        </EmptyState>
      )}
      {found?.desk === true && wave === undefined && (
        <EmptyState icon="people" title={m.noWave.title}>
          <p>{m.noWave.text}</p>
        </EmptyState>
      )}
      {found !== null && found.waves.length > 1 && wave !== undefined && (
        <div class="no-print">
          <Select
            label={m.which}
            value={wave.wave}
            options={found.waves.map((one) => ({ value: one.wave, label: one.title[language] }))}
            onChoose={setChosen}
          />
        </div>
      )}
      {wave !== undefined && <OneWave key={wave.wave} session={session} wave={wave} m={m} />}
    </Page>
  );
}

/** Where a wave is: between `closing` and `over` answers still come in, and no token is given out. */
type State = keyof Messages["states"];

/** What was counted, and when. */
interface Counted {
  readonly response: WaveResponse;
  readonly at: number;
}

function OneWave({ session, wave, m }: { readonly session: Session; readonly wave: Wave; readonly m: Messages }): JSX.Element {
  const language = useLanguage();
  const [counted, setCounted] = useState<Counted | null>(null);
  const [error, setError] = useState<unknown>(null);
  const look = async (): Promise<void> => {
    try {
      const response = responseOf(wave, await readFieldwork(session, wave.wave));
      setCounted({ response, at: Date.now() });
      setError(null);
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => {
    void look();
    const polling = setInterval(() => {
      if (document.visibilityState === "visible") void look();
    }, every);
    return () => clearInterval(polling);
  }, [session, wave]);
  const now = Date.now();
  const over = now >= Date.parse(wave.ends);
  const state: State = over ? "over" : now >= Date.parse(wave.closes) ? "closing" : now >= Date.parse(wave.opens) ? "open" : "soon";
  // The last moment before it is over, so that midnight is the day that ends and not the one that begins.
  const lastDay = (moment: string): string => writeDay(language, Date.parse(moment) - 1_000);
  return (
    <>
      <section class="card stack-small">
        <h2>{wave.title[language]}</h2>
        <p>
          <Tag tone={state === "open" ? "accent" : undefined}>{m.states[state]}</Tag>
        </p>
        {state === "soon" && <p>{m.opens(writeDay(language, wave.opens))}</p>}
        {!over && <p>{m.closes(lastDay(wave.closes))}</p>}
        <p>{over ? m.over(lastDay(wave.ends)) : m.ends(lastDay(wave.ends))}</p>
        {counted !== null && <p class="soft small">{m.refreshed(writeMoment(language, counted.at))}</p>}
        {error !== null && counted !== null && <Notice tone="amber" title={m.stale} live />}
      </section>
      {counted === null && error !== null && <ErrorState error={error} onRetry={() => void look()} />}
      {counted === null && error === null && <Skeleton lines={6} />}
      {counted !== null && <Shown wave={wave} response={counted.response} state={state} m={m} />}
    </>
  );
}

const hundred = (share: number): number => Math.round(share * 100);

/** How a group stands, in words. */
function wordsOf(m: Messages, { response, invitations, answered }: Response, least = false): string {
  if (response !== null) return (least ? m.betweenLeast : m.between)(hundred(response.share), hundred(response.low), hundred(response.high));
  return invitations === 0 && answered !== null ? m.none : m.few;
}

function Shown({
  wave,
  response,
  state,
  m,
}: {
  readonly wave: Wave;
  readonly response: WaveResponse;
  readonly state: State;
  readonly m: Messages;
}): JSX.Element {
  const language = useLanguage();
  const { all, strata, untold } = response;
  const thin = strata.filter((one) => one.thin);
  const number = (count: number): string => writeNumber(language, count);
  return (
    <>
      <section class="card stack-small">
        <h2>{m.all}</h2>
        <p class="fieldwork-total">
          <strong>{m.answered(number(all.answered ?? 0), all.invitations, untold > 0)}</strong>
          <br />
          {wordsOf(m, all, untold > 0)}
        </p>
        <Bar response={all} label={m.picture(m.all, wordsOf(m, all, untold > 0))} />
        {all.margin !== null && <p>{m.margin(Math.ceil(all.margin * 100))}</p>}
      </section>
      <section class="card stack-medium">
        <h2>{m.perGroup}</h2>
        <p class="soft small no-print">{m.perGroupHint}</p>
        <ul class="fieldwork-rows no-print">
          {strata.map((one) => (
            <Row key={one.name} wave={wave} one={one} m={m} />
          ))}
        </ul>
        <Behind wave={wave} response={response} m={m} />
      </section>
      <section class="card stack-small">
        <h2>{m.thinTitle}</h2>
        {thin.length === 0 ? (
          <p>{m.thinNone}</p>
        ) : (
          <>
            <p>
              {m.thin(thin.length)} {m.thinText}
            </p>
            <ul class="words">
              {thin.map(({ name, key }) => (
                <li key={name}>{inWords(wave, key, language)}</li>
              ))}
            </ul>
          </>
        )}
      </section>
      <Missing all={all} untold={untold} state={state} m={m} />
      <section class="card stack-small">
        <h2>{m.how}</h2>
        <ul class="words">
          {m.howText.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p class="soft small fieldwork-statement">
          {m.statement}: {wave.hash}
        </p>
        <div class="actions">
          <Button look="second" icon="print" onPress={() => print()}>
            {m.print}
          </Button>
        </div>
      </section>
    </>
  );
}

function Missing({
  all: { population, invitations, collected, answered },
  untold,
  state,
  m,
}: {
  readonly all: Response;
  readonly untold: number;
  readonly state: State;
  readonly m: Messages;
}): JSX.Element {
  const w = m.missing;
  const held = collected - (answered ?? 0);
  return (
    <section class="card stack-small">
      <h2>{w.title}</h2>
      <ul class="words">
        {population > invitations && <li>{w.not(population - invitations)}</li>}
        <li>
          {w.waiting(Math.max(0, invitations - collected))}
          {/* From the day it closes on a code gives no token any more. */}
          {state === "open" && invitations > collected && ` ${w.remind}`}
        </li>
        {held > 0 && <li>{state === "over" ? w.heldOver(held) : w.held(held, untold > 0)}</li>}
      </ul>
      <p>{w.why}</p>
      <p class="soft">{w.noList}</p>
    </section>
  );
}

function Row({ wave, one, m }: { readonly wave: Wave; readonly one: StratumResponse; readonly m: Messages }): JSX.Element {
  const language = useLanguage();
  const name = inWords(wave, one.key, language);
  const words = wordsOf(m, one);
  return (
    <li class="fieldwork-row">
      <span>
        <strong>{name}</strong>
        <br />
        <span class={one.response === null ? "soft" : undefined}>{words}</span>
      </span>
      {one.response !== null && <Bar response={one} label={m.picture(name, words)} />}
    </li>
  );
}

/** A bar from 0 to 100 of the 100 with its whisker; the words stand beside it. */
function Bar({ response: { response }, label }: { readonly response: Response; readonly label: string }): JSX.Element | null {
  if (response === null) return null;
  const x = (share: number): number => 10 + share * 300;
  return (
    <svg class="fieldwork-bar" viewBox="0 0 320 26" preserveAspectRatio="none" role="img" aria-label={label}>
      <path d={`M10 5H${x(response.share)}V17H10Z`} fill="var(--accent-wash)" stroke="currentColor" stroke-width="1.5" />
      <path d={`M${x(response.low)} 11H${x(response.high)}M${x(response.low)} 6v10M${x(response.high)} 6v10`} stroke="currentColor" stroke-width="2.5" />
      <path d="M10 22H310M10 19v6M160 19v6M310 19v6" stroke="var(--edge)" stroke-width="1" />
    </svg>
  );
}

/** The same in numbers. On paper it is always open. */
function Behind({ wave, response: { strata, all, untold }, m }: { readonly wave: Wave; readonly response: WaveResponse; readonly m: Messages }): JSX.Element {
  const language = useLanguage();
  const table = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const open = (): void => {
      if (table.current !== null) table.current.open = true;
    };
    addEventListener("beforeprint", open);
    return () => removeEventListener("beforeprint", open);
  }, []);
  const number = (count: number): string => writeNumber(language, count);
  const cells = (one: Response, least: boolean): JSX.Element => (
    <>
      <td>{number(one.population)}</td>
      <td>{number(one.invitations)}</td>
      <td>{number(one.collected)}</td>
      <td>{one.answered === null ? m.under : least ? m.least(number(one.answered)) : number(one.answered)}</td>
      <td>{one.response === null ? "" : hundred(one.response.share)}</td>
      <td>{one.response === null ? "" : `${hundred(one.response.low)}–${hundred(one.response.high)}`}</td>
      <td>{one.margin === null ? "" : `± ${Math.ceil(one.margin * 100)}`}</td>
    </>
  );
  const c = m.columns;
  return (
    <details class="more" ref={table}>
      <summary>{m.table}</summary>
      <div class="fieldwork-scroll" role="group" aria-label={m.table} tabIndex={0}>
        <table class="fieldwork-table small">
          <thead>
            <tr>
              {[c.group, c.population, c.invitations, c.collected, c.answered, c.response, c.between, c.margin].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {strata.map((one) => (
              <tr key={one.name}>
                <th scope="row">{inWords(wave, one.key, language)}</th>
                {cells(one, false)}
              </tr>
            ))}
            <tr>
              <th scope="row">{m.all}</th>
              {cells(all, untold > 0)}
            </tr>
          </tbody>
        </table>
      </div>
    </details>
  );
}
