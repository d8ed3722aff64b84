/**
 * /hulp: who can help now. 112 first, then three questions that may each be skipped, then the provisions that fit, each with why and whether they answer now. Works without an account and without a
 * connection: everything it needs is in the app itself. The answers stay in this tab.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { overdueChecks, provisions } from "#registers/provisions/index.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import {
  Button,
  ButtonLink,
  Choice,
  Choices,
  Emergency112,
  Notice,
  Page,
  Select,
  Steps,
  useInterfaceMessages,
  useMessages,
  useStore,
} from "#services/interface/index.ts";
import { helpPhases, helpSituations, seekers, type HelpAnswers, type Seeker } from "#services/support/contract/situation.ts";
import { matchHelp } from "#services/support/matching/index.ts";
import { useArrival } from "#services/support/screens/arrival.ts";
import { en as sharedEn } from "#services/support/screens/shared-en.ts";
import { nl as sharedNl, type SharedWords } from "#services/support/screens/shared-nl.ts";
import "#services/support/screens/support.css";
import { given, noAnswers } from "./answers.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { ProvisionCard } from "./provision-card.tsx";

const results = 3;
/** Cards shown before the rest is asked for. */
const firstCards = 6;

/** The number that is always there, from the register. */
const team = provisions.find(({ id }) => id === "support-team")?.phone ?? null;

/** The present moment, a minute old at most: "now open" must not stay on the screen overnight. */
function useMoment(): Date {
  const [moment, setMoment] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setMoment(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return moment;
}

export default function HelpPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const words = useMessages<SharedWords>({ nl: sharedNl, en: sharedEn });
  const frame = useInterfaceMessages();
  const { answers, step } = useStore(given);
  const change = (part: Partial<HelpAnswers>): void => given.set({ step, answers: { ...answers, ...part } });
  const go = (to: number): void => given.set({ answers, step: to });
  if (step === results) return <Results answers={answers} m={m} words={words} onChange={() => go(0)} />;
  const titles = [m.title, m.what.title, m.when.title];
  return (
    <Page title={titles[step] ?? m.title} lead={step === 0 ? m.lead : undefined} part={step} above={<Steps names={m.steps} now={step} onGo={go} />}>
      <Emergency112 />
      <form
        class="stack"
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          go(step + 1);
        }}
      >
        {step === 0 && <Who value={answers.seeker} m={m} words={words} onChoose={(seeker) => change({ seeker })} />}
        {step === 1 && (
          <Choices
            legend={m.what.legend}
            columns={2}
            options={helpSituations.map((value) => ({ value, title: words.situations[value] }))}
            values={answers.situations}
            onChoose={(situations) => change({ situations })}
          />
        )}
        {step === 2 && (
          <Choice
            legend={m.when.legend}
            options={helpPhases.map((value) => ({ value, ...words.phases[value] }))}
            value={answers.phase}
            onChoose={(phase) => change({ phase })}
          />
        )}
        <div class="actions">
          <Button type="submit" icon="arrow" iconLast>
            {answered(answers, step) ? frame.next : m.skip}
          </Button>
          {step > 0 && (
            <Button look="second" icon="back" onPress={() => go(step - 1)}>
              {frame.back}
            </Button>
          )}
          <Button look="quiet" onPress={() => given.set({ answers: step === 0 ? noAnswers : answers, step: results })}>
            {m.all}
          </Button>
        </div>
      </form>
      {step === 0 && team !== null && (
        <section class="card card-tight" aria-label={m.call(team.shown)}>
          <p>{m.team}</p>
          <div class="actions">
            <ButtonLink to={`tel:${team.dial}`} look="second" icon="phone">
              {m.call(team.shown)}
            </ButtonLink>
          </div>
        </section>
      )}
    </Page>
  );
}

const answered = ({ seeker, situations, phase }: HelpAnswers, step: number): boolean => [seeker !== null, situations.length > 0, phase !== null][step] === true;

/** Cards for the many, a list for the few. */
const shown = ["councillor", "alderman", "mayor", "family", "staff"] as const satisfies readonly Seeker[];
const others: readonly Seeker[] = seekers.filter((one) => !shown.some((known) => known === one));

function Who({
  value,
  m,
  words,
  onChoose,
}: {
  readonly value: Seeker | null;
  readonly m: Messages;
  readonly words: SharedWords;
  readonly onChoose: (seeker: Seeker | null) => void;
}): JSX.Element {
  const [other, setOther] = useState(value !== null && others.includes(value));
  const card = other ? "other" : (shown.find((one) => one === value) ?? null);
  return (
    <>
      <Choice
        legend={m.who.legend}
        columns={2}
        options={[...shown.map((one) => ({ value: one, title: words.seekers[one] })), { value: "other" as const, title: m.who.other }]}
        value={card}
        onChoose={(chosen) => {
          setOther(chosen === "other");
          onChoose(chosen === "other" ? null : chosen);
        }}
      />
      {other && (
        <Select
          label={m.who.otherLabel}
          value={value ?? ""}
          options={[{ value: "", label: m.who.choose }, ...others.map((one) => ({ value: one, label: words.seekers[one] }))]}
          onChoose={(chosen) => onChoose(others.find((one) => one === chosen) ?? null)}
        />
      )}
    </>
  );
}

function Results({
  answers,
  m,
  words,
  onChange,
}: {
  readonly answers: HelpAnswers;
  readonly m: Messages;
  readonly words: SharedWords;
  readonly onChange: () => void;
}): JSX.Element {
  const w = m.result;
  useArrival();
  const moment = useMoment();
  const [all, setAll] = useState(false);
  const matches = matchHelp(answers, moment);
  const asked = answers.seeker !== null || answers.situations.length > 0 || answers.phase !== null;
  const said = [
    answers.seeker === null ? "" : words.seekers[answers.seeker],
    ...answers.situations.map((one) => words.situations[one]),
    answers.phase === null ? "" : words.phases[answers.phase].title,
  ].filter((part) => part !== "");
  const cut = all || !asked ? matches.length : firstCards;
  const overdue = overdueChecks(dutchDay(moment)).length;
  return (
    <Page title={w.title} lead={asked ? w.lead : w.allLead} part={results} width="wide">
      <p class="print-only">{w.printed(moment.toISOString())}</p>
      <div class="row row-between no-print">
        {asked && (
          <p class="help-said">
            {w.said}: <strong>{said.join(" · ")}</strong>
          </p>
        )}
        <Button look="second" size="small" icon="pencil" onPress={onChange}>
          {w.change}
        </Button>
      </div>
      <ul class="plain help-cards">
        {matches.map((match, place) => (
          // On paper the whole list stands, also what the screen still hides.
          <li key={match.provision.id} class={place < cut ? undefined : "print-only"}>
            <ProvisionCard match={match} asked={asked} moment={moment} m={m} />
          </li>
        ))}
      </ul>
      {matches.length > cut && (
        <div class="actions">
          <Button look="second" onPress={() => setAll(true)}>
            {w.more(matches.length - cut)}
          </Button>
        </div>
      )}
      <section class="card no-print">
        <h2>{m.ask.title}</h2>
        <p>{m.ask.text}</p>
        <div class="actions">
          <ButtonLink to="/hulp/vragen" icon="lock">
            {m.ask.go}
          </ButtonLink>
        </div>
      </section>
      {overdue > 0 && (
        <Notice tone="amber" title={w.overdueTitle}>
          <p>{w.overdueCount(overdue)}</p>
        </Notice>
      )}
      <p>{w.closing}</p>
      <div class="actions">
        <Button look="second" icon="print" onPress={() => print()}>
          {w.print}
        </Button>
      </div>
    </Page>
  );
}
