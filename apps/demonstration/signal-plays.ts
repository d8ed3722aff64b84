/** The example signals: one that waits for the police, one that went the whole way to word back. Every word in them is invented. Called by plays.ts. */
import { openReport } from "#services/reporting/client/index.ts";
import {
  decide,
  feedBack,
  openSignal,
  present,
  raiseSignal,
  receive,
  recordProvisional,
  register,
  weigh,
  type RaiseSignal,
} from "#services/signalling/client/index.ts";
import type { Stage } from "./build.ts";

const draft: RaiseSignal["draft"] = {
  words: "Demonstratie.",
  name: "Demo",
  function: "alderman",
  organisationName: "Gemeente Demostad (demonstratie)",
  homeMunicipality: "Gemeente Demostad (demonstratie)",
  target: "self",
  route: {
    unit: null,
    parket: null,
    around: false,
    why: ["De afdeling RCCB van de politie kijkt als eerste hoe ernstig de dreiging is."],
  },
  contact: "Demonstratie: bel 06-00000000 na 17 uur.",
};

/** Plays every signal that was not played yet. */
export async function playSignals(stage: Stage): Promise<void> {
  const once = async (name: string, play: () => Promise<string>): Promise<void> => {
    if (stage.known(name) === null) await stage.remember({ dossier: [name, await play()] });
  };
  await once("signal-raised", () => raised(stage));
  await once("signal-fed-back", () => untilFedBack(stage));
}

/** From the report in hand, with the councillor's own first words. */
async function raised(stage: Stage): Promise<string> {
  const owner = await stage.session("raadslid");
  const report = stage.known("report-in-hand");
  const source = report === null ? null : await openReport(owner, report);
  const first = source?.entries[0];
  return raise(stage, "raadslid", {
    draft: {
      ...draft,
      words: "Demonstratie. De scheldberichten gaan nu over waar mijn kinderen naar school gaan.",
      name: "Ria Demo",
      function: "councillor",
      target: "both",
    },
    acute: true,
    ...(source === null || first === undefined
      ? {}
      : { shared: [{ handle: source, items: [{ item: first.header.body.item, words: "Demonstratie: de melding zelf" }] }] }),
  });
}

async function raise(stage: Stage, player: string, given: Pick<RaiseSignal, "draft" | "acute" | "shared">): Promise<string> {
  const { dossier } = await raiseSignal({
    writer: await stage.session(player),
    organisation: "demo-gemeente",
    desks: {
      police: stage.desk("police"),
      prosecution: stage.desk("om"),
      chiefProsecutor: stage.desk("chief-prosecutor"),
      employers: given.acute ? [] : [stage.desk("safety")],
    },
    ...given,
  });
  return dossier;
}

async function untilFedBack(stage: Stage): Promise<string> {
  const dossier = await raise(stage, "wethouder", {
    draft: { ...draft, words: "Demonstratie. Iemand stond twee avonden achter elkaar voor mijn huis.", name: "Wil Demo" },
    acute: false,
  });
  const police = await openSignal(await stage.session("politie"), dossier);
  await receive(police, { reference: "DEMO-2026-1" });
  await recordProvisional(police, { settledWithProsecution: true });
  await weigh(police, "serious", { text: "Demonstratie. Wij nemen dit serieus." });
  const om = await openSignal(await stage.session("om"), dossier);
  await present(om, { text: "Demonstratie. Voorstel: maatregelen bij de woning." });
  const chief = await openSignal(await stage.session("hoofdofficier"), dossier);
  await decide(chief, "local-measures", { text: "Demonstratie. Tot nader bericht." });
  await om.refresh();
  await feedBack(om);
  await register(await openSignal(await stage.session("wethouder"), dossier), {
    vpt: "confirmed",
    complaintNumber: "DEMO-2026-0001",
    complaintOn: null,
    expectations: [
      { id: "vpt-code", state: "met", note: "Demonstratie" },
      { id: "victim-informed-before-release", state: "asked", note: "" },
    ],
  });
  return dossier;
}
