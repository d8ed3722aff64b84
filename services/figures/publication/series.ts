/**
 * What the national picture counts, of which facts, in which words. One constant: the pages, the tables, the catalogue and what is protected follow from it. Called by protection.ts and make.ts.
 *
 * [Note: Facts, not people] One person may file ten reports. A count is of facts; a minimum of ten facts is therefore less than ten people at most times, and more than the figures themselves promise.
 */
import {
  channelClasses,
  formClasses,
  functionClasses,
  helpClasses,
  provinces,
  type Fact,
  type FactKind,
  type Province,
} from "#services/figures/contract/facts.ts";
import type { Both, PictureSeries } from "#services/figures/contract/picture.ts";

/** A dimension of the cubes: which code a fact has. */
export interface FactDimension {
  readonly id: "month" | "province" | "function";
  readonly title: Both;
  readonly codes: readonly { readonly code: string; readonly title: Both }[];
}

const both = (nl: string, en = nl): Both => ({ nl, en });

const provinceNames: Readonly<Record<Province, string>> = {
  pv20: "Groningen",
  pv21: "Fryslân",
  pv22: "Drenthe",
  pv23: "Overijssel",
  pv24: "Flevoland",
  pv25: "Gelderland",
  pv26: "Utrecht",
  pv27: "Noord-Holland",
  pv28: "Zuid-Holland",
  pv29: "Zeeland",
  pv30: "Noord-Brabant",
  pv31: "Limburg",
};
/** Code of facts without a province: the organisation has none or more than one, or it is not known. */
export const noProvince = "geen";

const functionNames = {
  "municipal-executive": both("Burgemeesters en wethouders", "Mayors and aldermen"),
  "municipal-council": both("Raadsleden en commissieleden", "Municipal councillors and committee members"),
  province: both("Provincie: bestuur en Staten", "Province: executive and council"),
  "water-authority": both("Waterschap", "Water authority"),
  other: both("Anders of niet bekend", "Other or not known"),
} as const;

const monthNames = (month: string): Both => {
  const date = new Date(`${month}-01T00:00:00Z`);
  const inWords = (locale: string): string => new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(date);
  return both(inWords("nl-NL"), inWords("en-GB"));
};

/** The dimensions, for the months of a quarter. */
export const dimensionsOf = (months: readonly string[]): readonly FactDimension[] => [
  { id: "month", title: both("Maand", "Month"), codes: months.map((code) => ({ code, title: monthNames(code) })) },
  {
    id: "province",
    title: both("Provincie", "Province"),
    codes: [
      ...provinces.map((code) => ({ code, title: both(provinceNames[code]) })),
      { code: noProvince, title: both("Geen of meer provincies", "None or several provinces") },
    ],
  },
  { id: "function", title: both("Functie", "Office"), codes: functionClasses.map((code) => ({ code, title: functionNames[code] })) },
];

/** The code of a fact in a dimension. A kind that does not hold the dimension is never counted by it. */
export function codeOf(fact: Fact, dimension: FactDimension["id"]): string {
  if (dimension === "month") return fact.month;
  if (dimension === "province") return "province" in fact ? (fact.province ?? noProvince) : noProvince;
  return "function" in fact ? fact.function : "other";
}

/** A series with how it is counted. */
export interface FactSeries extends Omit<PictureSeries, "by"> {
  readonly by: readonly FactDimension["id"][];
  /** Facts with the same denominator are protected together. */
  readonly denominator: string;
  /** 1 or 0 for a share; 1 for a count; null for a fact that is outside the denominator. */
  readonly of: (fact: Fact) => 0 | 1 | null;
  /** An answer that, given by everyone in a group, tells something of each of them that they would not want told. */
  readonly tells: "yes" | "none";
}

const isOf =
  <K extends FactKind>(kind: K) =>
  (fact: Fact): fact is Extract<Fact, { readonly kind: K }> =>
    fact.kind === kind;

type Words = readonly [nl: string, en: string];
interface Told {
  readonly title: Words;
  readonly statement: Words;
  readonly not: Words;
  readonly by: readonly FactDimension["id"][];
}
const told = ({ title, statement, not, by }: Told) => ({ title: both(...title), statement: both(...statement), not: both(...not), by });

/** Everything of a kind. */
function count(kind: FactKind, chapter: string, id: string, among: Words, words: Told): FactSeries {
  const is = isOf(kind);
  return { ...told(words), id, chapter, kind, unit: "count", among: both(...among), denominator: kind, of: (fact) => (is(fact) ? 1 : null), tells: "none" };
}

/** A share of a kind. @param within null for a fact that the question is not about */
function share<K extends FactKind>(
  kind: K,
  chapter: string,
  id: string,
  { name, among }: { readonly name: string; readonly among: Words },
  within: (fact: Extract<Fact, { readonly kind: K }>) => boolean | null,
  words: Told & { readonly tells?: "yes" },
): FactSeries {
  const is = isOf(kind);
  const of = (fact: Fact): 0 | 1 | null => {
    const answer = is(fact) ? within(fact) : null;
    return answer === null ? null : answer ? 1 : 0;
  };
  return {
    ...told(words),
    id,
    chapter,
    kind,
    unit: "percent",
    among: both(...among),
    denominator: name === "" ? kind : `${kind}/${name}`,
    of,
    tells: words.tells ?? "none",
  };
}

const everywhere = ["month", "province", "function"] as const;
const notReported: Words = [
  "Dit zijn meldingen bij organisaties die meedoen. Wie niets meldt, telt niet mee. Meer meldingen kan ook betekenen dat mensen vaker melden.",
  "These are reports to organisations that take part. Who reports nothing is not counted. More reports may also mean that people report more often.",
];
const reports = { name: "", among: ["alle meldingen", "all reports"] } as const;
const closed = { name: "", among: ["alle afgeronde meldingen", "all closed reports"] } as const;
const scans = { name: "", among: ["alle afgeronde scans", "all completed scans"] } as const;
const asked = { name: "", among: ["alle vragen om hulp", "all requests for help"] } as const;

const formNames: Readonly<Record<(typeof formClasses)[number], Words>> = {
  verbal: ["schelden of schreeuwen", "verbal abuse"],
  threat: ["bedreiging of intimidatie", "threat or intimidation"],
  physical: ["fysieke agressie", "physical aggression"],
  discrimination: ["discriminatie", "discrimination"],
  sexual: ["seksuele intimidatie", "sexual harassment"],
  other: ["iets anders", "something else"],
};
const channelNames: Readonly<Record<(typeof channelClasses)[number], Words>> = {
  "social-media": ["sociale media of een website", "social media or a website"],
  message: ["een bericht", "a message"],
  phone: ["de telefoon", "the telephone"],
  letter: ["een brief", "a letter"],
  "in-person": ["een ontmoeting", "a meeting in person"],
  other: ["een andere weg", "another way"],
  unknown: ["een weg die niet is ingevuld", "a way that was not filled in"],
};
const whyNames: Readonly<Record<(typeof helpClasses)[number], Words>> = {
  threat: ["bedreiging", "a threat"],
  online: ["iets op internet", "something online"],
  pressure: ["druk op besluiten", "pressure on decisions"],
  strain: ["wat het met iemand doet", "what it does to someone"],
  none: ["iets zonder voorval", "something without an incident"],
};
const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const reportSeries: readonly FactSeries[] = [
  count("report-filed", "reports", "reports", reports.among, {
    title: ["Meldingen", "Reports"],
    statement: ["meldingen kwamen binnen", "reports came in"],
    not: notReported,
    by: everywhere,
  }),
  share(
    "report-filed",
    "reports",
    "reports-online",
    { name: "channel-known", among: ["meldingen waarvan de weg bekend is", "reports of which the channel is known"] },
    ({ online }) => online,
    {
      title: ["Via internet", "Online"],
      statement: ["van de 100 meldingen gingen over iets via internet", "in 100 reports were about something online"],
      not: [
        "Wie de afzender is, staat hier niet. Bij meldingen zonder ingevulde weg is dit niet bekend; die tellen niet mee.",
        "This does not say who sent it. Of reports without a channel it is not known; they are left out.",
      ],
      by: everywhere,
    },
  ),
  share("report-filed", "reports", "reports-doxing", reports, ({ doxing }) => doxing, {
    title: ["Doxing", "Doxing"],
    statement: ["van de 100 meldingen gingen over doxing: iemands gegevens staan online", "in 100 reports were about doxing: someone's data put online"],
    not: [
      "De melder vinkt dit aan. Of het strafbaar is (artikel 285d Sr), beslist een rechter.",
      "The reporter ticks this. Whether it is a crime (article 285d of the Criminal Code) is for a court.",
    ],
    by: everywhere,
    tells: "yes",
  }),
  ...formClasses.map((form) =>
    share("report-filed", "forms", `form-${form}`, reports, ({ forms }) => forms.includes(form), {
      title: [capital(formNames[form][0]), capital(formNames[form][1])],
      statement: [`van de 100 meldingen gingen over ${formNames[form][0]}`, `in 100 reports were about ${formNames[form][1]}`],
      not: [
        "Een melding kan over meer dan één vorm gaan. De delen zijn samen dus meer dan 100.",
        "A report may be about more than one form, so the shares add up to more than 100.",
      ],
      by: ["province", "function"],
      ...(form === "discrimination" || form === "sexual" ? { tells: "yes" as const } : {}),
    }),
  ),
  ...channelClasses.map((channel) =>
    share("report-filed", "channels", `channel-${channel}`, reports, (fact) => fact.channel === channel, {
      title: [capital(channelNames[channel][0]), capital(channelNames[channel][1])],
      statement: [`van de 100 meldingen kwamen via ${channelNames[channel][0]}`, `in 100 reports came by ${channelNames[channel][1]}`],
      not: [
        "Dit is de belangrijkste weg van een melding. Iets kan ook langs meer wegen zijn gekomen.",
        "This is the main channel of a report. Something may have come by more channels.",
      ],
      by: ["province", "function"],
    }),
  ),
];

const followSeries: readonly FactSeries[] = [
  count("report-closed", "follow-up", "reports-closed", closed.among, {
    title: ["Afgeronde meldingen", "Closed reports"],
    statement: ["meldingen zijn afgerond", "reports were closed"],
    not: [
      "Dit zijn niet dezelfde meldingen als die in dit kwartaal binnenkwamen. Een melding kan later worden afgerond.",
      "These are not the same reports as those that came in this quarter. A report may be closed later.",
    ],
    by: everywhere,
  }),
  share("report-closed", "follow-up", "complaints", closed, ({ complaint }) => complaint, {
    title: ["Aangifte gedaan", "Criminal complaint filed"],
    statement: ["van de 100 afgeronde meldingen: er is aangifte gedaan", "in 100 closed reports: a criminal complaint was filed"],
    not: [
      "Aangifte buiten dit systeem om is niet bekend. Wat politie en Openbaar Ministerie ermee deden, staat hier niet.",
      "A complaint filed outside this system is not known. What police and prosecution did with it is not here.",
    ],
    by: everywhere,
  }),
  share("report-closed", "follow-up", "reports-weighed", closed, ({ weighed }) => weighed, {
    title: ["Ernst gewogen", "Seriousness weighed"],
    statement: ["van de 100 afgeronde meldingen: de ernst is gewogen", "in 100 closed reports: seriousness was weighed"],
    not: ["Hoe ernstig het was, staat hier niet.", "How serious it was is not here."],
    by: everywhere,
  }),
  share("report-closed", "follow-up", "reports-followed-up", closed, ({ followUp }) => followUp, {
    title: ["Opvolging gegeven", "Followed up"],
    statement: ["van de 100 afgeronde meldingen: er is opvolging gegeven", "in 100 closed reports: something was done"],
    not: [
      "Alleen aangifte telt hier niet als opvolging. Of het hielp, staat hier niet.",
      "A complaint alone does not count as follow-up. Whether it helped is not here.",
    ],
    by: everywhere,
  }),
];

const withAdvice = { name: "advised", among: ["afgeronde scans met een advies", "completed scans with measures advised"] } as const;
const throughput = {
  name: "throughput-known",
  among: ["afgeronde scans waarvan de duur bekend is", "completed scans of which the duration is known"],
} as const;
const scanNot: Words = [
  "Hoeveel maatregelen het precies zijn, wordt niet geteld: alleen in klassen. Zo is geen huis te herkennen.",
  "How many measures exactly is not counted, only in classes. So no home can be recognised.",
];
const withinDays = (classes: readonly string[], days: string | null): boolean | null => (days === null ? null : classes.includes(days));

const scanSeries: readonly FactSeries[] = [
  count("scan-requested", "scans", "scans-requested", ["alle aanvragen voor een scan", "all requests for a scan"], {
    title: ["Scans aangevraagd", "Scans requested"],
    statement: ["veiligheidsscans zijn aangevraagd", "security scans were requested"],
    not: ["Een aanvraag is nog geen scan. Wie elders vraagt, telt niet mee.", "A request is no scan yet. Who asks elsewhere is not counted."],
    by: everywhere,
  }),
  count("scan-completed", "scans", "scans-completed", scans.among, {
    title: ["Scans afgerond", "Scans completed"],
    statement: ["veiligheidsscans zijn afgerond", "security scans were completed"],
    not: [
      "Dit zijn niet dezelfde scans als die in dit kwartaal zijn aangevraagd. Een scan telt één keer, ook als die na een verhuizing opnieuw is gedaan.",
      "These are not the same scans as those requested this quarter. A scan counts once, also when it was done again after a move.",
    ],
    by: ["month"],
  }),
  share("scan-completed", "scans", "scans-within-90-days", throughput, (fact) => withinDays(["0-30", "31-90"], fact.throughput), {
    title: ["Scan klaar binnen 90 dagen", "Scan done within 90 days"],
    statement: ["van de 100 afgeronde scans waren klaar binnen 90 dagen na de aanvraag", "in 100 completed scans were done within 90 days of the request"],
    not: [
      "Scans die nog lopen, tellen niet mee. Lopen er veel lang, dan is het echte beeld minder goed.",
      "Scans that still run are not counted. If many run long, the real picture is less good.",
    ],
    by: ["month"],
  }),
  share("scan-completed", "measures", "measures-advised", scans, ({ advised }) => advised !== "0", {
    title: ["Maatregelen geadviseerd", "Measures advised"],
    statement: ["van de 100 afgeronde scans: minstens één maatregel is geadviseerd", "in 100 completed scans: one measure at least was advised"],
    not: scanNot,
    by: ["month"],
  }),
  share("scan-completed", "measures", "measures-placed", withAdvice, (fact) => (fact.advised === "0" ? null : fact.placed !== "0" || fact.onLoan !== "0"), {
    title: ["Maatregelen geplaatst", "Measures placed"],
    statement: [
      "van de 100 scans met een advies: minstens één maatregel is geplaatst of in bruikleen",
      "in 100 scans with advice: one measure at least was placed or lent",
    ],
    not: scanNot,
    by: ["month"],
  }),
  share("scan-completed", "measures", "measures-open", withAdvice, (fact) => (fact.advised === "0" ? null : fact.open !== "0"), {
    title: ["Maatregelen nog open", "Measures still open"],
    statement: ["van de 100 scans met een advies: minstens één maatregel is nog open", "in 100 scans with advice: one measure at least is still open"],
    not: scanNot,
    by: ["month"],
  }),
];

const stepWords = {
  received: {
    id: "signals-received-in-time",
    title: ["Ontvangst op tijd bevestigd", "Receipt acknowledged in time"],
    step: ["bevestigen van ontvangst", "acknowledging receipt"],
  },
  weighed: { id: "signals-weighed-in-time", title: ["Op tijd gewogen", "Weighed in time"], step: ["wegen", "weighing"] },
  decided: { id: "signals-decided-in-time", title: ["Op tijd besloten", "Decided in time"], step: ["besluiten", "deciding"] },
  "fed-back": { id: "signals-fed-back-in-time", title: ["Op tijd teruggekoppeld", "Feedback in time"], step: ["terugkoppelen", "feeding back"] },
} as const;

const signalSeries: readonly FactSeries[] = [
  count("signal-closed", "signals", "signals-closed", ["alle afgesloten signalen", "all closed signals"], {
    title: ["Signalen afgesloten", "Signals closed"],
    statement: ["signalen aan politie en Openbaar Ministerie zijn afgesloten", "signals to police and prosecution were closed"],
    not: [
      "Signalen die nog lopen, tellen niet mee. Wat er in een signaal stond, is hier niet bekend.",
      "Signals that still run are not counted. What was in a signal is not known here.",
    ],
    by: ["month"],
  }),
  ...(["received", "weighed", "decided", "fed-back"] as const).map((step) => {
    const { id, title, step: named } = stepWords[step];
    const among: Words = [`signalen met de stap ${named[0]}`, `signals with the step ${named[1]}`];
    return share(
      "signal-closed",
      "signals",
      id,
      { name: step, among },
      ({ steps }) => {
        const answer = steps.find((one) => one.step === step)?.answer;
        return answer === undefined ? null : answer === "in-time";
      },
      {
        title: [...title],
        statement: [`van de 100 afgesloten signalen: ${named[0]} was op tijd`, `in 100 closed signals: ${named[1]} was in time`],
        not: [
          "Een stap zonder antwoord telt als niet op tijd. Of de opvolging goed was, staat hier niet.",
          "A step without an answer counts as not in time. Whether the follow-up was good is not here.",
        ],
        by: ["month"],
      },
    );
  }),
];

const helpSeries: readonly FactSeries[] = [
  count("help-asked", "help", "help-asked", asked.among, {
    title: ["Hulp gevraagd", "Help asked"],
    statement: ["keer is om hulp gevraagd", "times help was asked"],
    not: ["Wie belt of elders hulp zoekt, telt niet mee.", "Who calls or seeks help elsewhere is not counted."],
    by: ["month", "function"],
  }),
  share("help-asked", "help", "help-acute", asked, ({ acute }) => acute, {
    title: ["Met spoed", "Urgent"],
    statement: ["van de 100 vragen om hulp hadden haast", "in 100 requests for help were urgent"],
    not: ["Wie vraagt, zegt zelf of er haast is.", "Who asks says whether it is urgent."],
    by: ["month"],
  }),
  ...helpClasses.map((why) =>
    share("help-asked", "help", `help-why-${why}`, asked, (fact) => fact.why.includes(why), {
      title: [`Om ${whyNames[why][0]}`, `Because of ${whyNames[why][1]}`],
      statement: [`van de 100 vragen om hulp gingen over ${whyNames[why][0]}`, `in 100 requests for help were about ${whyNames[why][1]}`],
      not: ["Een vraag kan over meer gaan. De delen zijn samen dus meer dan 100.", "A request may be about more, so the shares add up to more than 100."],
      by: [],
      ...(why === "strain" ? { tells: "yes" as const } : {}),
    }),
  ),
  count("help-given", "help", "help-closed", ["alle afgeronde vragen om hulp", "all closed requests for help"], {
    title: ["Hulpvragen afgerond", "Requests for help closed"],
    statement: ["vragen om hulp zijn afgerond", "requests for help were closed"],
    not: ["Dit zijn niet dezelfde vragen als die in dit kwartaal binnenkwamen.", "These are not the same requests as those that came in this quarter."],
    by: ["month"],
  }),
  share(
    "help-given",
    "help",
    "help-given",
    { name: "", among: ["alle afgeronde vragen om hulp", "all closed requests for help"] },
    ({ outcome }) => outcome === "helped" || outcome === "handed-over",
    {
      title: ["Hulp gegeven", "Help given"],
      statement: ["van de 100 afgeronde vragen: er is hulp gegeven of warm overgedragen", "in 100 closed requests: help was given or handed over"],
      not: ["Of iemand er beter van werd, staat hier niet.", "Whether someone was better for it is not here."],
      by: ["month"],
    },
  ),
];

/** Everything that is published, in reading order. */
export const factSeries: readonly FactSeries[] = [...reportSeries, ...followSeries, ...scanSeries, ...signalSeries, ...helpSeries];

/** Headings above the series. */
export const factChapters = [
  { id: "reports", title: both("Meldingen", "Reports") },
  { id: "forms", title: both("Waar meldingen over gaan", "What reports are about") },
  { id: "channels", title: both("Langs welke weg", "By which channel") },
  { id: "follow-up", title: both("Wat er daarna gebeurt", "What happens next") },
  { id: "scans", title: both("Veiligheidsscans", "Security scans") },
  { id: "measures", title: both("Maatregelen in en om huis", "Measures in and around the home") },
  { id: "signals", title: both("Signalen aan politie en OM", "Signals to police and prosecution") },
  { id: "help", title: both("Hulp", "Help") },
] as const;
