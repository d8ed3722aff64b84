/** The example dossiers of the demonstration: a filed acute report, one in hand, a scan after the visit and an adopted one, two signals, a set of questions to two ministries. Every word in them is invented. Called by build.ts. */
import { generateReceiptCode } from "@rugdekking/seal";
import type { Session } from "#services/directory/client/index.ts";
import { fileReport, openReport, recordNormTest, type ReportDraft, sendMessage, takeUp } from "#services/reporting/client/index.ts";
import { askHelp, offerHelp, openHelp, proposeAftercare, setAftercare, takeUpHelp } from "#services/support/client/index.ts";
import type { Stage } from "./build.ts";
import { playScans } from "./scan-plays.ts";
import { playQuestions } from "./question-play.ts";
import { playSignals } from "./signal-plays.ts";

const story = (change: Partial<ReportDraft>): ReportDraft => ({
  inOwnWords: "Demonstratie.",
  what: ["threat"],
  channel: "social-media",
  when: { at: null, words: "vanavond rond elf uur" },
  where: "online",
  target: "self",
  author: { known: "unknown", words: "" },
  reporterName: "",
  function: "alderman",
  organisationName: "Gemeente Demostad (demonstratie)",
  acute: false,
  contact: { how: "here", reach: "", wishes: "" },
  ...change,
});

const text = (name: string, mediaType: string, content: string) => ({
  name,
  mediaType,
  bytes: new Blob([content]),
  capturedAt: null,
  note: "Demonstratie: verzonnen bestand",
});

/** Plays every dossier that was not played yet. */
export async function playDossiers(stage: Stage): Promise<void> {
  await acuteReport(stage);
  await reportInHand(stage);
  await guestReport(stage);
  await playScans(stage);
  await helpInContact(stage);
  await playSignals(stage);
  await playQuestions(stage);
}

async function once(stage: Stage, name: string, play: () => Promise<string>): Promise<void> {
  if (stage.known(name) === null) await stage.remember({ dossier: [name, await play()] });
}

async function file(session: Session, desk: string, report: ReportDraft, attachments: readonly ReturnType<typeof text>[] = []): Promise<string> {
  return (await fileReport(session.connection, { as: { session }, trust: session.trust, desk, report, attachments })).dossier;
}

function acuteReport(stage: Stage): Promise<void> {
  return once(stage, "acute-report", async () =>
    file(
      await stage.session("wethouder"),
      stage.desk("safety"),
      story({
        inOwnWords: "Demonstratie. Iemand heeft mijn adres online gezet en schrijft dat hij vannacht langskomt.",
        what: ["threat", "doxing"],
        reporterName: "Wil Demo",
        acute: true,
        target: "both",
      }),
      [
        text(
          "bericht-demonstratie.eml",
          "message/rfc822",
          "From: Anoniem <demo@example.nl>\r\nTo: Wil Demo <wethouder@demo.example.nl>\r\nSubject: demonstratie\r\nDate: Mon, 23 Nov 2026 22:47:00 +0100\r\n\r\nDit is een verzonnen bericht voor de demonstratie.\r\n",
        ),
      ],
    ),
  );
}

function reportInHand(stage: Stage): Promise<void> {
  return once(stage, "report-in-hand", async () => {
    const desk = await stage.session("veiligheid");
    const reporter = await stage.session("raadslid");
    const dossier = await file(
      reporter,
      stage.desk("safety"),
      story({
        inOwnWords: "Demonstratie. Na de raadsvergadering kreeg ik een reeks scheldberichten.",
        what: ["verbal"],
        reporterName: "Ria Demo",
        function: "councillor",
      }),
    );
    const work = await openReport(desk, dossier);
    await takeUp(work, "Demonstratie. Wij hebben uw melding gelezen en bellen u vandaag.");
    await recordNormTest(work, {
      outcome: "crossing-the-line",
      norm: "Geen schelden of dreigen",
      explanation: "Demonstratie. De berichten gaan over de persoon, niet over het besluit.",
    });
    await sendMessage(await openReport(reporter, dossier), "Demonstratie. Dank u. Er kwam vanochtend nog een bericht bij.");
    await sendMessage(work, "Demonstratie. Stuur het gerust hier; wij voegen het bij de melding.");
    return dossier;
  });
}

function guestReport(stage: Stage): Promise<void> {
  return once(stage, "guest-report", async () => {
    const { connection, trust } = stage.guest();
    const receiptCode = generateReceiptCode();
    const { dossier } = await fileReport(connection, {
      as: { guest: true, receiptCode },
      trust,
      desk: stage.desk("safety"),
      report: story({
        inOwnWords: "Demonstratie. Mijn partner zit in de raad en wordt gevolgd naar huis.",
        what: ["other"],
        channel: "in-person",
        target: "family",
      }),
    });
    await stage.remember({ guestReceipt: receiptCode });
    return dossier;
  });
}

/** A councillor asks the support team for help, is put in touch with someone, set one aftercare date and has one proposed. */
function helpInContact(stage: Stage): Promise<void> {
  return once(stage, "help-in-contact", async () => {
    const person = await stage.session("raadslid");
    const { dossier } = await askHelp(person.connection, {
      as: { session: person },
      trust: person.trust,
      desk: stage.desk("support"),
      request: {
        words: "Demonstratie. Ik slaap slecht sinds de berichten. Ik wil praten met iemand die dit kent.",
        answers: { seeker: "councillor", situations: ["online-hate", "burden"], phase: "running" },
        name: "Ria Demo",
        organisationName: "Gemeente Demostad (demonstratie)",
        acute: false,
        contact: { how: "here", reach: "", wishes: "" },
      },
    });
    const team = await openHelp(await stage.session("ondersteuning"), dossier);
    await takeUpHelp(team, "Demonstratie. Dank voor uw bericht. Wij zoeken iemand die dit zelf meemaakte.");
    await offerHelp(team, {
      by: "peer",
      name: "Rik Demo",
      office: "oud-raadslid",
      how: "Rik belt u morgen om 10 uur.",
      words: "Demonstratie. Rik maakte drie jaar geleden hetzelfde mee.",
    });
    const own = await openHelp(person, dossier);
    await setAftercare(own, [{ id: "demo-first", on: dayAfter(8), what: "Even bellen hoe het gaat" }]);
    await team.refresh();
    await proposeAftercare(team, [{ on: dayAfter(30), what: "Samen terugkijken" }]);
    return dossier;
  });
}

const dayAfter = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
