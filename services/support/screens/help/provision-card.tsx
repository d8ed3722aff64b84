/** One provision that fits: who, why, whether they can be reached now, the number as a button; on paper everything in a few lines. Used by the page of help. */
import type { JSX } from "preact";
import { checkDue, type Provision } from "#registers/provisions/index.ts";
import { sources } from "#registers/sources/index.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { ButtonLink, Icon, Notice, useLanguage, useMessages, type Language } from "#services/interface/index.ts";
import { reachableAt, type Match, type MatchReason } from "#services/support/matching/index.ts";
import { en as sharedEn } from "#services/support/screens/shared-en.ts";
import { nl as sharedNl, type SharedWords } from "#services/support/screens/shared-nl.ts";
import { hoursWords, ReachTag } from "#services/support/screens/reach.tsx";
import type { Messages } from "./nl.ts";

/** What was said that this fits, in the words it was said in. */
function saidOf(reasons: readonly MatchReason[], words: SharedWords): string[] {
  return reasons.flatMap((reason) => {
    switch (reason.code) {
      case "seeker":
        return [words.seekers[reason.seeker]];
      case "situation":
        return [words.situations[reason.situation]];
      case "phase":
        return [words.phases[reason.phase].title];
      case "unsure":
      case "everyone":
        return [];
    }
  });
}

function Why({
  reasons,
  pinned,
  asked,
  m,
  words,
}: {
  readonly reasons: readonly MatchReason[];
  readonly pinned: boolean;
  readonly asked: boolean;
  readonly m: Messages["result"];
  readonly words: SharedWords;
}): JSX.Element | null {
  const said = saidOf(reasons, words);
  const unsure = reasons.some(({ code }) => code === "unsure");
  // 112 needs no why.
  if (!asked || pinned) return null;
  return (
    <p class="help-why no-print">
      <Icon name="check" size={20} />
      <span>
        {said.length > 0 ? `${m.because} ${said.join(" · ")}` : m.everyone}
        {unsure && <strong class="help-unsure">{m.unsure}</strong>}
      </span>
    </p>
  );
}

/** Hours mean something where there is a phone, or where a source gives them. */
const hasHours = ({ phone, hours, nl }: Provision): boolean => phone !== null || hours !== null || nl.hours !== "";

/** The hours in the words of the register, or else as they are counted with. */
const hoursIn = (provision: Provision, words: SharedWords, language: Language): string =>
  provision[language].hours === "" ? hoursWords(provision.hours, words.reach, language) : provision[language].hours;

/** @param asked whether anything was answered: without, there is no why; @param moment for which "now" is counted */
export function ProvisionCard({
  match: { provision, reasons },
  asked,
  moment,
  m,
}: {
  readonly match: Match;
  readonly asked: boolean;
  readonly moment: Date;
  readonly m: Messages;
}): JSX.Element {
  const language = useLanguage();
  const words = useMessages<SharedWords>({ nl: sharedNl, en: sharedEn });
  const w = m.result;
  const { id, phone, site, page, hours, cost } = provision;
  const text = provision[language];
  const due = checkDue(provision);
  const overdue = due < dutchDay(moment);
  const hoursKnown = hasHours(provision);
  return (
    <article class="card help-card" data-provision={id}>
      <div class="stack-small">
        <h2>{text.name}</h2>
        <p>{text.what}</p>
        {(phone !== null || hours !== null) && (
          <p class="no-print">
            <ReachTag reach={reachableAt(hours, moment)} />
          </p>
        )}
        <Why reasons={reasons} pinned={provision.weight === 100} asked={asked} m={w} words={words} />
        {overdue && (
          <Notice tone="amber">
            <p>{w.overdue(due)}</p>
          </Notice>
        )}
      </div>
      <div class="actions no-print">
        {phone !== null && (
          <ButtonLink to={`tel:${phone.dial}`} icon="phone" look={id === "emergency" ? "final" : "first"}>
            {m.call(phone.shown)}
          </ButtonLink>
        )}
        {page !== null && (
          <ButtonLink to={page} look={phone === null ? "first" : "second"} icon="arrow" iconLast label={w.hereOf(text.name)}>
            {w.here}
          </ButtonLink>
        )}
        {site !== null && (
          <ButtonLink to={site} look="second" label={w.visit(text.name)}>
            {w.site}
          </ButtonLink>
        )}
      </div>
      <details class="more no-print">
        <summary>
          {w.details}
          <span class="hidden-words">: {text.name}</span>
        </summary>
        <Facts provision={provision} m={w} words={words} language={language} />
      </details>
      <p class="print-only help-reach">
        {[phone?.shown ?? "", hoursKnown ? hoursIn(provision, words, language) : "", page === null ? "" : `${location.host}${page}`, site ?? "", text.how]
          .filter((part) => part !== "")
          .join(" · ")}
      </p>
      <p class="print-only small">
        {text.for} {w.checked(provision.date)}.
      </p>
      {cost === "unknown" || <p class="print-only small">{`${w.cost}: ${w.costs[cost]}.`}</p>}
      {text.open !== "" && <p class="print-only small">{`${w.open}: ${text.open}`}</p>}
    </article>
  );
}

function Facts({
  provision,
  m,
  words,
  language,
}: {
  readonly provision: Provision;
  readonly m: Messages["result"];
  readonly words: SharedWords;
  readonly language: Language;
}): JSX.Element {
  const { cost, source, where, date } = provision;
  const text = provision[language];
  const from = sources.get(source);
  const named = [from?.title ?? "", where].filter((part) => part !== "").join("; ");
  return (
    <dl class="facts">
      <dt>{m.forWhom}</dt>
      <dd>{text.for}</dd>
      {hasHours(provision) && (
        <>
          <dt>{m.hours}</dt>
          <dd>{hoursIn(provision, words, language)}</dd>
        </>
      )}
      {text.how !== "" && (
        <>
          <dt>{m.how}</dt>
          <dd>{text.how}</dd>
        </>
      )}
      <dt>{m.cost}</dt>
      <dd>{m.costs[cost]}</dd>
      {text.open !== "" && (
        <>
          <dt>{m.open}</dt>
          <dd>{text.open}</dd>
        </>
      )}
      <dt>{m.source}</dt>
      <dd>
        {from === undefined || from.url === null ? named : <a href={from.url}>{named}</a>}. {m.checked(date)}.
      </dd>
    </dl>
  );
}
