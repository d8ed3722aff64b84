/** A notice of illegal content to a platform, with every element that art. 16(2) of Regulation (EU) 2022/2065 (DSA) asks for, in Dutch and English. A person sends it; this program never does. */
import { articles } from "#registers/articles/index.ts";
import type { NoticePreparation } from "#services/reporting/contract/preparation.ts";
import { documentOf, heading, list, listOf, paragraph, type Language, type Part, type ReadyDocument } from "./document.ts";

/** What a notice still lacks of art. 16(2): explanation (a), place (b), name and e-mail (c), good faith (d); and whom it is for. */
export type NoticeGap = "platform" | "url" | "url-wrong" | "why" | "name" | "email" | "good-faith";

/** After how many days to look again. A setting of ours: the DSA says "without undue delay" and fixes no term. */
export const noticeAgainDays = 7;

const empty = (text: string): boolean => text.trim() === "";

/** Whether a text is the whole address of a page. */
export function isPageAddress(text: string): boolean {
  try {
    const { protocol, hostname } = new URL(text.trim());
    return (protocol === "https:" || protocol === "http:") && hostname.includes(".");
  } catch {
    return false;
  }
}

/** What is missing, in the order of the screen. */
export function noticeGaps(given: NoticePreparation): NoticeGap[] {
  const urls = given.urls.filter((url) => !empty(url));
  const gaps: NoticeGap[] = [];
  if (empty(given.platform)) gaps.push("platform");
  if (urls.length === 0) gaps.push("url");
  else if (!urls.every((url) => isPageAddress(url))) gaps.push("url-wrong");
  if (empty(given.why)) gaps.push("why");
  if (!given.exception && empty(given.notifier.name)) gaps.push("name");
  if (!given.exception && !/^\S+@\S+\.\S+$/u.test(given.notifier.email.trim())) gaps.push("email");
  if (!given.goodFaith) gaps.push("good-faith");
  return gaps;
}

const words = {
  nl: {
    subject: "Melding van illegale inhoud (DSA, artikel 16)",
    open: (platform: string) =>
      `Aan ${platform},\n\nHierbij meld ik inhoud op uw dienst die ik illegaal vind, volgens artikel 16 van Verordening (EU) 2022/2065.`,
    where: "Waar het staat",
    also: "Om het te herkennen",
    says: "Wat er staat",
    why: "Waarom dit illegaal is",
    law: "Ik wijs op deze artikelen van het Nederlandse Wetboek van Strafrecht:",
    article: (number: string, name: string) => `artikel ${number} (${name})`,
    evidence: "Er is bewijs bewaard. De politie kan het krijgen.",
    who: "Wie dit meldt",
    name: "Naam",
    email: "E-mailadres",
    exception:
      "Naam en e-mailadres ontbreken. Deze melding gaat over een strafbaar feit uit de artikelen 3 tot en met 7 van Richtlijn 2011/93/EU (artikel 16, lid 2, onder c).",
    faith: "Te goeder trouw",
    faithText: "Ik ben er te goeder trouw van overtuigd dat de informatie en de beweringen in deze melding nauwkeurig en volledig zijn.",
    ask: "Wat ik u vraag",
    asks: [
      "Stuur mij zonder onnodige vertraging een bevestiging van ontvangst (artikel 16, lid 4).",
      "Laat mij zonder onnodige vertraging weten wat u beslist, en hoe ik daartegen op kan komen (artikel 16, lid 5).",
      "Zeg erbij of een computer heeft beslist (artikel 16, lid 6).",
      "Noem mijn naam niet aan de plaatser, tenzij dat strikt nodig is (artikel 17, lid 3, onder b).",
      "Bewaar het bericht en de gegevens van het account voor politie en OM.",
    ],
    asksNameless: [
      "Verwerk deze melding tijdig, zorgvuldig en objectief (artikel 16, lid 6).",
      "Bewaar het bericht en de gegevens van het account voor politie en OM.",
    ],
  },
  en: {
    subject: "Notice of illegal content (DSA, Article 16)",
    open: (platform: string) =>
      `To ${platform},\n\nI hereby notify you of content on your service that I consider illegal, under Article 16 of Regulation (EU) 2022/2065.`,
    where: "Where it is",
    also: "To identify it",
    says: "What it says",
    why: "Why this is illegal",
    law: "I refer to these articles of the Dutch Criminal Code (Wetboek van Strafrecht):",
    article: (number: string, name: string) => `Article ${number} (${name})`,
    evidence: "Evidence has been preserved. The police can obtain it.",
    who: "Who gives this notice",
    name: "Name",
    email: "E-mail address",
    exception:
      "Name and e-mail address are left out. This notice concerns an offence referred to in Articles 3 to 7 of Directive 2011/93/EU (Article 16(2)(c)).",
    faith: "Good faith",
    faithText: "I have a bona fide belief that the information and allegations in this notice are accurate and complete.",
    ask: "What I ask of you",
    asks: [
      "Send me a confirmation of receipt without undue delay (Article 16(4)).",
      "Tell me without undue delay what you decide, and how I can contest it (Article 16(5)).",
      "Say whether automated means were used (Article 16(6)).",
      "Do not give my name to whoever posted it, unless strictly necessary (Article 17(3)(b)).",
      "Preserve the post and the data of the account for the police and the public prosecutor.",
    ],
    asksNameless: [
      "Process this notice in a timely, diligent, non-arbitrary and objective manner (Article 16(6)).",
      "Preserve the post and the data of the account for the police and the public prosecutor.",
    ],
  },
} as const;

/** The notice in one language. Elements that are missing are left out, never made up: ask {@link noticeGaps} first. */
export function noticeDocument(given: NoticePreparation, language: Language): ReadyDocument {
  const w = words[language];
  const law = given.articles.flatMap((id) => {
    const found = articles.get(id);
    return found === undefined ? [] : [w.article(found.article, found[language].name)];
  });
  const told = (title: string, text: string): Part[] => (empty(text) ? [] : [heading(title), paragraph(text.trim())]);
  const who: Part[] = given.exception
    ? [paragraph(w.exception)]
    : [
        {
          kind: "facts",
          items: [
            { label: w.name, text: given.notifier.name.trim() },
            { label: w.email, text: given.notifier.email.trim() },
          ],
        },
      ];
  const parts: Part[] = [
    paragraph(w.open(given.platform.trim())),
    heading(w.where),
    ...listOf(given.urls.map((url) => url.trim()).filter((url) => url !== "")),
    ...(empty(given.location) ? [] : [paragraph(`${w.also}: ${given.location.trim()}`)]),
    ...(empty(given.says) ? [] : [heading(w.says), { kind: "quote" as const, text: given.says.trim(), source: "" }]),
    ...told(w.why, given.why),
    ...(law.length === 0 ? [] : [paragraph(w.law), list(law)]),
    ...(given.evidence.length === 0 ? [] : [paragraph(w.evidence)]),
    heading(w.who),
    ...who,
    ...(given.goodFaith ? [heading(w.faith), paragraph(w.faithText)] : []),
    heading(w.ask),
    list(given.exception ? w.asksNameless : w.asks),
  ];
  return documentOf({ language, subject: w.subject, from: [], to: [given.platform], parts });
}
