/** Journey: an office-holder agrees on a phone, the safety desk makes the key, passes it to another desk, contributes an account, and is told that it also hits others; then the consent is taken back. */
import Type from "typebox";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fromBase64Url, generateSheetCode, newPerson, sealUnlock, sheetSecret, signKeyPair } from "@rugdekking/seal";
import { Connection, createDesk, memoryTrustStore, signInWithSheet, Trust, type Session } from "#services/directory/client/index.ts";
import { Uuid } from "#services/directory/contract/index.ts";
import { fileReport, openReport } from "#services/reporting/client/index.ts";
import { askForNetwork, consentToLook, contribute } from "#services/signalling/client/same-actor.ts";
import { desktop, openBrowser, phone, visit, type Visitor } from "./browser.ts";
import { lookFor } from "./look.ts";
import { reportDraft } from "./road.ts";
import { become, goTo, heading } from "./walk-report.ts";
import { startDemonstration, type Demonstration } from "./world.ts";

let world: Demonstration;
let browser: Browser;
const visitors: Visitor[] = [];
beforeAll(async () => {
  [world, browser] = await Promise.all([startDemonstration(), openBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

async function enter(player: string, size: typeof phone | typeof desktop): Promise<Page> {
  const visitor = await visit(browser, world.url, size);
  visitors.push(visitor);
  await become(visitor.page, world, player);
  return visitor.page;
}
const clean = lookFor("f");

/** A second municipality's part is played by the client: its lead, its desk, and someone who reported there. */
async function joinAs(name: string): Promise<() => Promise<Session>> {
  const connect = (): Connection => new Connection({ base: world.url, cookies: "own" });
  const [secrets, code] = [await newPerson(), generateSheetCode()];
  const unlocks = await Promise.all(
    [code, generateSheetCode()].map(async (one) => await sealUnlock("recovery-sheet", "Blad", {}, await sheetSecret(one), secrets)),
  );
  await connect().post("/api/v1/persons", { card: secrets.card, handle: name, mail: null, unlocks }, Type.Object({ person: Uuid }));
  return async () => {
    const connection = connect();
    return await signInWithSheet(connection, { trust: new Trust(connection, memoryTrustStore()), device: "test", handle: name, code });
  };
}

test("agree, begin, pass the key on, compare, see the match, take back", async () => {
  const dossier = world.dossier("report-in-hand");
  const holder = await enter("raadslid", phone);
  await goTo(holder, `/zelfde-dader/${dossier}`);
  await heading(holder, "Raakt dit ook anderen?");
  await holder.getByText("Dit gaat om het team Veiligheidsdesk Demostad.").waitFor();
  await clean(holder, "agree-phone");
  await holder.getByRole("button", { name: "Ik vind dit goed, een jaar lang" }).click();
  await holder.getByText(/^U vond dit goed, tot/).waitFor();

  const lead = await enter("veiligheid", desktop);
  await lead.getByRole("link", { name: "Raakt dit ook anderen?" }).click();
  await heading(lead, "Raakt dit ook anderen?");
  await lead.getByRole("heading", { name: "Nog geen team is begonnen" }).waitFor();
  await clean(lead, "begin");
  await lead.getByRole("button", { name: "Begin, en maak de sleutel" }).click();
  await lead.getByRole("heading", { name: "Uw team heeft nog niets bijgedragen" }).waitFor();
  await lead.getByRole("textbox", { name: /^Naam van het account/ }).fill("@Boze_Demo");
  await lead.getByRole("button", { name: "Vergelijk" }).click();
  await lead.getByText("Bij geen ander team gevonden.").waitFor();
  await lead.getByRole("combobox", { name: "Wat wilt u vergelijken?" }).selectOption("text");
  await lead.getByRole("textbox", { name: /^Het hele bericht/ }).fill("Ik weet je te vinden");
  await lead.getByRole("button", { name: "Vergelijk" }).click();
  await lead.getByText("Neem een bericht van tien woorden of meer.").waitFor();
  await clean(lead, "wrong");

  const [enterLead, enterHolder] = [await joinAs("tweede@demo.example.nl"), await joinAs("houder@demo.example.nl")];
  const [first, other] = [await enterLead(), await enterHolder()];
  const registrar = await signKeyPair(fromBase64Url(world.file.registrar.seed, "seed"));
  const desk = await createDesk(first.trust, {
    registrar,
    organisation: "demo-gemeente",
    name: "Tweede demodesk",
    function: "safety-desk",
    members: [{ person: first.person.person, name: "Tess Demo", office: "veiligheid", lead: true }],
  });
  const second = await enterLead();
  await askForNetwork(second, desk.id);
  await goTo(lead, "/werk");
  await lead.getByRole("link", { name: "Raakt dit ook anderen?" }).click();
  await lead.getByRole("button", { name: "Geef de sleutel aan Tweede demodesk (demo-gemeente)" }).click();
  await lead.getByRole("heading", { name: "Deze teams vragen om de sleutel" }).waitFor({ state: "detached" });

  const filed = await fileReport(other.connection, {
    as: { session: other },
    trust: other.trust,
    desk: desk.id,
    report: { ...reportDraft((field) => `verzonnen ${field}`), acute: false },
    attachments: [],
  });
  await consentToLook(await openReport(other, filed.dossier), { desk: desk.id, text: "Dit mag.", until: new Date(Date.now() + 86_400_000).toISOString() });
  await contribute(second, desk.id, await openReport(second, filed.dossier), [{ kind: "account", platform: "x", handle: "boze_demo" }]);

  await goTo(lead, `/zelfde-dader/${dossier}`);
  await lead.getByRole("textbox", { name: /^Naam van het account/ }).fill("https://x.com/Boze_Demo");
  await lead.getByRole("button", { name: "Vergelijk en draag bij" }).click();
  await lead.getByText("Bij 1 of 2 andere teams gevonden.").waitFor();
  await clean(lead, "match");
  await lead.getByRole("link", { name: "Naar alles wat uw team heeft bijgedragen" }).click();
  await lead.getByText("boze_demo, X (Twitter)").first().waitFor();
  await lead.getByText("Bij 1 of 2 andere teams gevonden.").waitFor();
  await clean(lead, "own");

  await holder.getByRole("button", { name: "Ik vind dit niet meer goed" }).click();
  await holder.getByRole("button", { name: "Ik vind dit goed, een jaar lang" }).waitFor();
  await goTo(lead, "/werk");
  await lead.getByRole("link", { name: "Raakt dit ook anderen?" }).click();
  // Looked at when they signed in: from then on when they ask.
  await lead.getByText("boze_demo, X (Twitter)").first().waitFor();
  await lead.getByRole("button", { name: "Kijk na of het akkoord nog geldt" }).click();
  await lead.getByText("1 bijdrage is teruggehaald").waitFor();
  await lead.getByRole("heading", { name: "Uw team heeft nog niets bijgedragen" }).waitFor();
  await lead.getByRole("contentinfo").waitFor();
  const police = await enter("politie", phone);
  await goTo(police, "/zelfde-dader");
  await police.getByRole("heading", { name: "Dit is voor het veiligheidsteam van de werkgever" }).waitFor();
  await clean(police, "police-phone");
  expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
}, 180_000);
