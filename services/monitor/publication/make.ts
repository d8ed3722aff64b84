/** Makes a publication of opened answers: read, weigh, protect, estimate, say how. One pipeline for tables, charts, factsheets, report and open data. Called by the command line. */
import { roundToBase } from "@rugdekking/survey/disclosure";
import type { PublicationRules } from "#registers/publications/index.ts";
import type { Questionnaire } from "#registers/questionnaires/index.ts";
import type { Both, Distribution, Indicator, Publication, PublishedCategory } from "#services/monitor/contract/publication.ts";
import { recalled } from "#services/monitor/questionnaire/index.ts";
import { compareStaying, stayingIndicator } from "#services/monitor/staying/index.ts";
import type { WaveAnswers } from "./answers.ts";
import { distributedIn, measuredIn, type Distributed, type Measured } from "./cells.ts";
import { protect, type Earlier, type Protection } from "./protection.ts";
import { readSample } from "./sample.ts";
import { estimateCategories, estimateTables } from "./tables.ts";
import { weigh, type StratumWeight } from "./weighting.ts";

/** What is published, by whom and when. */
export interface PublicationOrder {
  readonly answers: WaveAnswers;
  readonly questionnaire: Questionnaire;
  readonly rules: PublicationRules;
  readonly earlier: Earlier;
  /** 1 for the first; a correction is the next. */
  readonly edition: number;
  /** `YYYY-MM-DD` */
  readonly on: string;
}

/** A publication, and what stays with the desk. */
export interface Made {
  readonly publication: Publication;
  /** To keep for the next publication. Never to be published: it tells how many people are in each group. */
  readonly earlier: Earlier;
  /** For the desk's own eyes. */
  readonly desk: {
    readonly strata: readonly StratumWeight[];
    readonly silent: readonly string[];
    readonly trimmed: number;
    readonly protection: Protection["report"];
    /** Comparisons that could not be made. */
    readonly notCompared: readonly string[];
  };
}

const indicatorOf = (questionnaire: Questionnaire, { rule, denominator, among }: Measured): Indicator => {
  const label = questionnaire.derived.find(({ variable }) => variable === rule.column)?.words;
  return {
    id: rule.id,
    chapter: rule.chapter,
    title: { nl: rule.nl, en: rule.en },
    label: { nl: label?.nl ?? rule.nl, en: label?.en ?? rule.en },
    denominator: { id: denominator, words: among },
    historical: rule.historical,
  };
};

function distributionOf(
  questionnaire: Questionnaire,
  recallMonths: Publication["recallMonths"],
  { rule, denominator, among, text }: Distributed,
  figures: readonly PublishedCategory[],
): Distribution {
  return {
    id: rule.id,
    chapter: rule.chapter,
    title: { nl: rule.nl, en: rule.en },
    question: { nl: recalled(questionnaire, text.nl, recallMonths, "nl"), en: recalled(questionnaire, text.en, recallMonths, "en") },
    denominator: { id: denominator, words: among },
    categories: rule.categories.map(({ id, nl, en }) => ({ id, title: { nl, en } })),
    by: rule.by.map((by) => [...by]),
    figures: [...figures],
  };
}

const title = (rules: PublicationRules, wave: string): Both => ({ nl: `${rules.nl} ${wave}`, en: `${rules.en} ${wave}` });

/** Calendar day in the Netherlands of a moment. */
const dayOf = (moment: string): string => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format(new Date(moment));

/**
 * Makes a publication.
 * @throws PublicationError any code; SurveyError when weights or estimates cannot be made; DisclosureError `cannot-protect`. Nothing is half published.
 */
export function makePublication({ answers, questionnaire, rules, earlier, edition, on }: PublicationOrder): Made {
  const sample = readSample(answers, questionnaire, rules);
  const weighting = weigh(sample, rules);
  const measured = measuredIn(sample, rules, questionnaire);
  const id = `${rules.id}-${answers.wave}-${edition}`;
  const named = title(rules, answers.wave);
  const compared = compareStaying(sample, weighting.design);
  const made = compared.flatMap(({ id: comparison, exposure, result }) => (result === null ? [] : [{ id: comparison, exposure }]));
  const distributed = distributedIn(sample, rules, questionnaire);
  const protection = protect(sample, rules, measured, { id, title: named.nl, on }, earlier, made, distributed);
  const { figures, tables } = estimateTables(id, sample, weighting.design, rules, measured, protection);
  // Its shares are of those the indicator is about.
  const stays = measured.find(({ rule }) => rule.column === stayingIndicator);
  const sum = (of: (stratum: StratumWeight) => number): number => weighting.strata.reduce((all, stratum) => all + of(stratum), 0);
  const invited = sum((stratum) => stratum.invited);
  const answered = sample.records.length;
  const publication: Publication = {
    version: 2,
    id,
    title: named,
    wave: answers.wave,
    edition,
    on,
    fieldwork: { from: dayOf(answers.opens), to: dayOf(answers.ends) },
    recallMonths: sample.recallMonths,
    invented: answers.invented,
    questionnaire: { set: questionnaire.set, version: questionnaire.version },
    specification: { id: rules.id, version: rules.version },
    source: { nl: `${named.nl}, uitgave ${edition}`, en: `${named.en}, edition ${edition}` },
    method: {
      population: sum((stratum) => stratum.population),
      invited,
      answered: roundToBase(answered, rules.roundTo),
      response: Math.round((100 * answered) / Math.max(1, invited)),
      unreadable: Math.round((100 * sample.unreadable) / (answered + sample.unreadable)),
      strata: weighting.strata.length,
      joined: weighting.strata.filter(({ within, name }) => within !== name).length,
      margins: [...weighting.margins],
      leftOut: weighting.leftOut.map(({ margin, why }) => ({ margin, why })),
      weightEffect: Math.round(weighting.effect * 100) / 100,
      largestWeight: Math.round(weighting.largest * 10) / 10,
      level: rules.level,
      interval: rules.interval,
      minimum: rules.minimum,
      roundedTo: rules.roundTo,
    },
    chapters: rules.chapters.map(({ id: chapter, nl, en }) => ({ id: chapter, title: { nl, en } })),
    dimensions: rules.dimensions.map((dimension) => ({
      id: dimension.id,
      title: { nl: dimension.nl, en: dimension.en },
      codes: dimension.codes.map(({ code, parent, nl, en }) => ({ code, parent, title: { nl, en } })),
    })),
    indicators: measured.map((one) => indicatorOf(questionnaire, one)),
    tables: tables.map((table) => ({ ...table, by: [...table.by], figures: [...table.figures] })),
    figures: [...figures],
    distributions: distributed.map((one) =>
      distributionOf(questionnaire, sample.recallMonths, one, estimateCategories(id, sample, weighting.design, rules, one, protection)),
    ),
    staying: compared.flatMap(({ id: comparison, result }) =>
      result === null || stays === undefined || !protection.comparable(comparison)
        ? []
        : [
            {
              ...result,
              denominator: { id: stays.denominator, words: stays.among },
              n: roundToBase(stays.values.filter((value) => !Number.isNaN(value)).length, rules.roundTo),
            },
          ],
    ),
  };
  return {
    publication,
    earlier: protection.earlier,
    desk: {
      strata: weighting.strata,
      silent: weighting.silent,
      trimmed: weighting.trimmed,
      protection: protection.report,
      notCompared: compared.flatMap((one) => {
        if (one.result === null) return [`${one.id}: ${one.why}`];
        return protection.comparable(one.id)
          ? []
          : [`${one.id}: beside the other figures it would single people out, or the rules publish no figure of who wants to go on`];
      }),
    },
  };
}
