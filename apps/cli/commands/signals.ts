/** `rugdekking signal …`: a signal to police and OM, from raising to closing, each step by whoever the workflow lets do it. */
import { acknowledge, openNamed, worded, wordsOf } from "#apps/cli/commands/dossiers.ts";
import { type Call, type Command, CommandError, type ExitCode, type OptionRule, signedIn } from "#apps/cli/command.ts";
import { readSecret, writeNew } from "#apps/cli/files.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { signIn } from "#apps/cli/visitor.ts";
import { workflows } from "#apps/cli/workflows.ts";
import { readOrganisation, type Session, type Trust } from "#services/directory/client/index.ts";
import type { DeskFunction } from "#services/directory/contract/index.ts";
import { officeFunctions } from "#services/dossier/contract/bodies.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { lookUpAnswerLink, makeAnswerLink, openDossier, pointerOf, type DossierHandle } from "#services/dossier/client/index.ts";
import {
  closeSignal,
  decide,
  deskSignals,
  feedBack,
  isLate,
  ownSignals,
  present,
  raiseAgain,
  raiseSignal,
  readSignal,
  receive,
  recordProvisional,
  redirect,
  register,
  revoke,
  roleOfDesk,
  sendSignalMessage,
  shareAlong,
  stationsOf,
  weigh,
  weighAgain,
  withdrawSignal,
  openSignal,
  type SharedFrom,
} from "#services/signalling/client/index.ts";
import { expectations, type RegistrationBody } from "#services/signalling/contract/index.ts";
import { route, RoutingError, type Route } from "#services/signalling/routing/index.ts";

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text));

/** A day given on the line; null when left out. */
function dayOf(call: Call, option: string): string | null {
  const day = call.text(option);
  if (day !== null && !isDay(day)) throw new CommandError(`--${option} ${JSON.stringify(day)} is not a day`, `for example --${option} 2027-06-01`);
  return day;
}

/** The way by the registers; null where office or home is in none of them (a demonstration), so that every desk must be named. */
function wayOf(call: Call, organisation: string): Route | null {
  const home = call.text("home-municipality");
  if (home === null || !/^gm\d{4}$/u.test(home)) return null;
  const held = call.choice("function", officeFunctions);
  try {
    return route({
      function: held,
      office: organisation,
      triangle: held === "mayor" || call.flag("stands-in") ? "mayor" : "none",
      service: null,
      family: call.choice("target", ["self", "family", "both"], "self") === "family",
      home,
      formerHome: null,
      acute: call.flag("acute"),
    });
  } catch (error) {
    if (error instanceof RoutingError)
      throw new CommandError(`this signal cannot be routed: ${error.message}`, "correct --function, --organisation or --home-municipality");
    throw error;
  }
}

/** The desk a call names, or the one of the first of these organisations that has one. */
async function deskFor(call: Call, trust: Trust, option: string, wanted: DeskFunction, organisations: readonly string[]): Promise<string> {
  const named = call.text(option);
  if (named !== null) return named;
  for (const organisation of organisations) {
    const [desk] = await trust.desks({ organisation, function: wanted });
    if (desk !== undefined) return desk.id;
  }
  throw new CommandError(
    organisations.length === 0 ? `the registers do not say which desk could be ${option}` : `${organisations.join(" and ")} have no ${wanted} desk here`,
    `name one with --${option}, or call the police: 0900-8844; in danger 112`,
  );
}

/** `DOSSIER/ITEM` as given, opened per dossier. */
async function sharedFrom(session: Session, given: readonly string[]): Promise<SharedFrom[]> {
  const byDossier = new Map<string, string[]>();
  for (const one of given) {
    const [dossier = "", item = "", more] = one.split("/");
    if (dossier === "" || item === "" || more !== undefined)
      throw new CommandError(`--share ${JSON.stringify(one)} is not DOSSIER/ITEM`, "rugdekking dossier show DOSSIER lists body and attachments");
    byDossier.set(dossier, [...(byDossier.get(dossier) ?? []), item]);
  }
  return Promise.all(
    [...byDossier].map(async ([dossier, items]) => {
      const handle = await openDossier(session, dossier, workflows);
      const known = handle.items();
      return {
        handle,
        items: items.map((item) => {
          const found = known.find(({ reference }) => reference.item === item);
          if (found === undefined) throw new CommandError(`dossier ${dossier} has no item ${item}`, `see rugdekking dossier show ${dossier}`);
          const { entry, body } = found;
          return { item, words: `${body ? "" : "bijlage bij "}${entry.header.kind} ${entry.seq}, ${entry.header.at.slice(0, 10)}` };
        }),
      };
    }),
  );
}

async function raise(call: Call): Promise<ExitCode> {
  const words = await wordsOf(call);
  const organisation = call.need("organisation");
  const way = wayOf(call, organisation);
  const around = way?.around ?? (call.text("function") === "mayor" || call.flag("stands-in"));
  const until = dayOf(call, "until");
  const held = call.choice("function", officeFunctions);
  const session = await signIn(call);
  const { trust, connection } = session;
  const region = way?.region ?? null;
  const parket = region === null ? [] : [region.parket.id, "om"];
  const police = around ? null : await deskFor(call, trust, "police", "police", region === null ? [] : [region.unit.id]);
  const desks = {
    police,
    prosecution: await deskFor(call, trust, "om", "om", parket),
    chiefProsecutor: await deskFor(call, trust, "chief-prosecutor", "chief-prosecutor", parket),
    employers: call.list("employer"),
  };
  const office = await readOrganisation(connection, organisation);
  const raised = await raiseSignal({
    writer: session,
    organisation,
    acute: call.flag("acute"),
    desks,
    shared: await sharedFrom(session, call.list("share")),
    draft: {
      words,
      name: call.need("name"),
      function: held,
      organisationName: office.name,
      homeMunicipality: region?.name ?? call.need("home-municipality"),
      target: call.choice("target", ["self", "family", "both"], "self"),
      route: {
        unit: region?.unit.id ?? null,
        parket: region?.parket.id ?? null,
        around,
        why: (way?.stops ?? []).slice(0, 4).flatMap(({ because }) => because.slice(0, 1).map(({ nl }) => nl)),
      },
      contact: call.text("contact") ?? "",
    },
    ...(until === null ? {} : { until: `${until}T21:59:59.000Z` }),
  });
  const out = call.text("receipt-out");
  if (out !== null) await writeNew(out, `${JSON.stringify(raised.receipt, null, 2)}\n`);
  const signed = [desks.police, desks.prosecution, desks.chiefProsecutor, ...desks.employers].filter((desk) => desk !== null).length;
  call.screen.answer(
    { ...raised, desks, around },
    `Raised: dossier ${raised.dossier}${around ? ", around the driehoek" : ""}; the receipt was checked against the pinned log.\nYou signed ${signed} consents, one per desk. Take one back with rugdekking signal revoke ${raised.dossier} --desk DESK; what was read stays read.`,
  );
  return 0;
}

async function list(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desks = (await session.openDesks()).filter((desk) => roleOfDesk(desk.function) !== null && [null, desk.id].includes(call.text("desk")));
  const atDesk = (
    await Promise.all(
      desks.map(async (desk) =>
        (await deskSignals(session, desk)).map((line) => ({ ...line, desk: desk.id, late: isLate(line), title: line.cover?.title ?? null })),
      ),
    )
  ).flat();
  const lines = atDesk.map(({ cover: _cover, ...line }) => line);
  const mine = await ownSignals(session);
  call.screen.answer(
    { lines, mine },
    [
      ...lines.map(
        ({ id, phase, term, late, title }) =>
          `${id}  ${phase.padEnd(17)}${late ? "LATE  " : "      "}${term === null ? "".padEnd(26) : `due ${term.due}`.padEnd(30)}${oneLine(title ?? "")}`,
      ),
      ...mine.map((id) => `${id}  your own`),
      ...(lines.length + mine.length === 0 ? ["There are no signals."] : []),
    ].join("\n"),
  );
  return 0;
}

async function show(call: Call): Promise<ExitCode> {
  const { handle } = await openNamed(call);
  const stations = stationsOf(handle);
  const entries = await Promise.all(
    handle.entries.map(async (entry) => ({
      seq: entry.seq,
      at: entry.header.at,
      author: entry.author,
      content: entry.readable ? await readSignal(handle, entry) : null,
    })),
  );
  const { phase, term, actions } = handle.view;
  call.screen.answer(
    { dossier: handle.id, phase, term, actions, stations, entries },
    [
      `${phase}${term === null ? "" : `; ${term.waitsFor} until ${term.due}`}`,
      ...stations.map(({ step, state, at, due }) => `${step.padEnd(11)}${state.padEnd(10)}${at ?? (due === null ? "" : `due ${due}`)}`),
      ...entries.map(({ seq, at, content, author }) => {
        const body = content?.body;
        const said = body === undefined ? "" : "words" in body ? body.words : "text" in body ? body.text : "";
        return `${seq}  ${at}  ${content?.kind ?? "not shared with you"}${author === null ? "" : `, ${oneLine(author.name)}`}${said === "" ? "" : `: ${oneLine(said)}`}`;
      }),
    ].join("\n"),
  );
  return 0;
}

/** A step that only needs the open dossier. */
const step =
  (what: string, take: (handle: DossierHandle, call: Call) => Promise<Receipt>) =>
  async (call: Call): Promise<ExitCode> => {
    const session = await signIn(call);
    const handle = await openSignal(session, call.at(0));
    return acknowledge(call, handle, await take(handle, call), what);
  };

const text = (call: Call): string => call.text("words") ?? "";

/** What is done with one desk of a signal, told by how much it changed. */
const withDesk =
  (name: "shared" | "ended", act: (handle: DossierHandle, desk: string) => Promise<number>, words: (changed: number) => string): Command["run"] =>
  async (call) => {
    const handle = await openSignal(await signIn(call), call.at(0));
    const changed = await act(handle, call.need("desk"));
    call.screen.answer({ [name]: changed }, words(changed));
    return 0;
  };

/** A link for whoever is to answer: what is printed here is the one time it is told. */
async function link(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const { pointer, until } = await makeAnswerLink(session, call.at(0), call.need("desk"));
  const address = `${session.connection.origin}/antwoord#${pointer}`;
  call.screen.answer(
    { link: address, pointer, until },
    `${address}\nWorks once, until ${until}, for a member of that desk alone. Send it as it is; it says nothing of what or whom.`,
  );
  return 0;
}

/** Where a link leads, for a member of the desk it was made for: the dossier, and what may be answered now. */
async function follow(call: Call): Promise<ExitCode> {
  const pointer = pointerOf(await readSecret(call.need("link-file"), "link"));
  if (pointer === null) throw new CommandError("--link-file holds no link to answer by", "its first line is the whole link, or the 43 characters behind its #");
  const session = await signIn(call);
  const found = await lookUpAnswerLink(session, pointer);
  if (found.answered) {
    call.screen.answer(found, "Your desk answered already; this link is used up.");
    return 0;
  }
  const { phase, actions } = (await openDossier(session, found.dossier, workflows)).view;
  call.screen.answer(
    { ...found, phase, actions },
    `${found.kind} ${found.dossier}, ${phase}; you may: ${actions.join(", ") || "nothing now"}.\nAnswer with rugdekking signal receive, weigh, present, decide, redirect or feed-back; that uses the link up.`,
  );
  return 0;
}

/** `vpt-code=met` and the like. */
function expectationsFrom(given: readonly string[]): RegistrationBody["expectations"] {
  return given.map((one) => {
    const [name, state] = one.split("=");
    const id = expectations.find((known) => known === name);
    const known = (["asked", "met", "not-met"] as const).find((wanted) => wanted === state);
    if (id === undefined || known === undefined)
      throw new CommandError(`--expect does not know ${JSON.stringify(one)}`, `give ${expectations.join(", ")}, each with =asked, =met or =not-met`);
    return { id, state: known, note: "" };
  });
}

const id = "0199b1c4-1111-7222-8333-444455556666";
const row = (name: string, about: string, options: Readonly<Record<string, OptionRule>>, example: string, run: Command["run"], takes = "DOSSIER"): Command => ({
  name: `signal ${name}`,
  about,
  takes,
  options: { ...signedIn, ...options },
  example: `rugdekking signal ${name} ${example}`,
  run,
});
const words = { words: { value: "TEXT", about: "what may be said of it; left out: nothing" } } as const;

/** Commands of a signal, in the order of its road. */
export const signalCommands: readonly Command[] = [
  row(
    "raise",
    "raise a signal to police and OM; signs one consent per desk. In danger call 112 first",
    {
      ...worded,
      organisation: { value: "ORG", about: "where the office is held, for example gm0088" },
      function: { value: "FUNCTION", about: officeFunctions.join(", ") },
      name: { value: "TEXT", about: "name of the office-holder" },
      "home-municipality": { value: "ORG", about: "gemeente of the home address, for example gm0088; it decides which police and OM get this" },
      target: { value: "WHOM", about: "self, family or both (self)" },
      contact: { value: "TEXT", about: "how the police can reach the person" },
      acute: { value: null, about: "shorter terms; after calling 112" },
      "stands-in": { value: null, about: "stands in for the mayor now: the road goes around the driehoek" },
      share: { value: "DOSSIER/ITEM", about: "an item of a report or scan that goes along; may be repeated", multiple: true },
      employer: { value: "DESK", about: "a safety desk that may read along; may be repeated", multiple: true },
      police: { value: "DESK", about: "instead of the desk of the unit of the home address" },
      om: { value: "DESK", about: "instead of the desk of its parket" },
      "chief-prosecutor": { value: "DESK", about: "instead of that of the chief prosecutor" },
      until: { value: "DAY", about: "last day of the consents (a year from now)" },
      "receipt-out": { value: "FILE", about: "new file for the receipt" },
    },
    `--words "Ik word gevolgd." --organisation gm0088 --function councillor --name "Ria Demo" --home-municipality gm0088 --as demo.raadslid@example.nl`,
    raise,
    "",
  ),
  row(
    "list",
    "signals of your desks, late first, and your own",
    { desk: { value: "DESK", about: "only this desk" } },
    "--as demo.politie@example.nl --passphrase-file wachtzin.txt",
    list,
    "",
  ),
  row("show", "where a signal is in the chain, and what was said", {}, `${id} --as demo.politie@example.nl`, show),
  row(
    "receive",
    "say that you have it",
    { ...words, reference: { value: "TEXT", about: "reference of your own system" } },
    `${id} --as demo.politie@example.nl`,
    step("Received", (handle, call) => receive(handle, { text: text(call), reference: call.text("reference") ?? "" })),
  ),
  row(
    "weigh",
    "the RCCB's first weighing; serious hands it to the OM",
    { ...words, outcome: { value: "OUTCOME", about: "serious or basic-policing" } },
    `${id} --outcome serious --as demo.politie@example.nl`,
    step("Weighed", (handle, call) => weigh(handle, call.choice("outcome", ["serious", "basic-policing"]), { text: text(call) })),
  ),
  row(
    "present",
    "put it before the chief prosecutor; after word back it is a re-test",
    words,
    `${id} --as demo.om@example.nl`,
    step("Presented", (handle, call) => present(handle, { text: text(call) })),
  ),
  row(
    "decide",
    "decide as chief prosecutor: your signature over the newest weighing",
    {
      ...words,
      decision: { value: "DECISION", about: "local-measures, nominated or basic-policing" },
      "retest-on": { value: "DAY", about: "when it is weighed again" },
      "weighing-entry": { value: "NUMBER", about: "number of the weighing you read; another newest one is refused" },
    },
    `${id} --decision local-measures --retest-on 2027-03-01 --as demo.hoofdofficier@example.nl`,
    step("Decided", (handle, call) => {
      const read = call.text("weighing-entry");
      const newest = handle.newest("weighing")?.seq ?? null;
      if (read !== null && read !== String(newest))
        throw new CommandError(`the newest weighing is entry ${newest ?? "none"}, not ${read}`, "read it first: rugdekking signal show");
      return decide(handle, call.choice("decision", ["local-measures", "nominated", "basic-policing"]), {
        text: text(call),
        retestOn: dayOf(call, "retest-on"),
      });
    }),
  ),
  row(
    "redirect",
    "not yours: point to whose it is",
    { ...words, to: { value: "TEXT", about: "whose it is, in words" }, desk: { value: "DESK", about: "their desk here, when known" } },
    `${id} --to "Eenheid Rotterdam" --as demo.politie@example.nl`,
    step("Pointed on", (handle, call) => redirect(handle, { name: call.need("to"), desk: call.text("desk") }, text(call))),
  ),
  row(
    "provisional",
    "provisional measures were taken at once; which ones need not be said",
    { ...words, settled: { value: null, about: "it was settled with the OM" } },
    `${id} --settled --as demo.politie@example.nl`,
    step("Recorded", (handle, call) => recordProvisional(handle, { text: text(call), settledWithProsecution: call.flag("settled") })),
  ),
  row(
    "feed-back",
    "tell the office-holder; without --words it says: heard, no details",
    { ...words, next: { value: "TEXT", about: "what happens now" } },
    `${id} --as demo.om@example.nl`,
    step("Told", (handle, call) => feedBack(handle, { text: text(call), next: call.text("next") ?? "" })),
  ),
  row(
    "register",
    "VPT code, number of the aangifte, and which agreements (ELA) were asked for or met",
    {
      vpt: { value: "STATE", about: "not-asked, asked, confirmed or refused" },
      number: { value: "TEXT", about: "number of the aangifte" },
      on: { value: "DAY", about: "day of the aangifte" },
      expect: { value: "WHAT=STATE", about: `${expectations.join(", ")}; =asked, =met or =not-met; may be repeated`, multiple: true },
    },
    `${id} --vpt confirmed --number 2026-000000 --expect vpt-code=met --as demo.raadslid@example.nl`,
    step("Registered", (handle, call) =>
      register(handle, {
        vpt: call.choice("vpt", ["not-asked", "asked", "confirmed", "refused"], "not-asked"),
        complaintNumber: call.text("number") ?? "",
        complaintOn: dayOf(call, "on"),
        expectations: expectationsFrom(call.list("expect")),
      }),
    ),
  ),
  row(
    "message",
    "send a message, either way",
    worded,
    `${id} --words "Vannacht was het rustig." --as demo.raadslid@example.nl`,
    step("Sent", async (handle, call) => sendSignalMessage(handle, await wordsOf(call))),
  ),
  row(
    "share",
    "give a desk that has the signal what goes along with it: files of your report or scan",
    { desk: { value: "DESK", about: "who gets it; it must hold the signal now" } },
    `${id} --desk ${id} --as demo.raadslid@example.nl`,
    withDesk(
      "shared",
      async (handle, desk) => await shareAlong(handle, desk, workflows),
      (from) =>
        from === 0
          ? "That desk has everything that goes along with this signal."
          : `That desk can now read what goes along with this signal, from ${from} dossiers.`,
    ),
  ),
  row(
    "revoke",
    "take back what you consented to for one desk",
    { desk: { value: "DESK", about: "whose consent ends" } },
    `${id} --desk ${id} --as demo.raadslid@example.nl`,
    withDesk(
      "ended",
      async (handle, desk) => await revoke(handle, desk, workflows),
      (ended) =>
        ended === 0 ? "That desk had no consent that stands." : `${ended} consents ended: nothing more is delivered to that desk. What was read stays read.`,
    ),
  ),
  row(
    "link",
    "make a one-time link for the desk that is to answer; by the person or their safety desk",
    { desk: { value: "DESK", about: "who is to answer; it must hold the signal now" } },
    `${id} --desk ${id} --as demo.raadslid@example.nl`,
    link,
  ),
  row(
    "follow",
    "where a link you got leads, and what you may answer",
    { "link-file": { value: "FILE", about: "first line is the link" } },
    "--link-file koppeling.txt --as demo.politie@example.nl",
    follow,
    "",
  ),
  row(
    "weigh-again",
    "new facts: the police weigh it again; also opens a closed signal",
    worded,
    `${id} --words "Vannacht was hij er weer." --as demo.raadslid@example.nl`,
    step("Told", async (handle, call) => weighAgain(handle, await wordsOf(call))),
  ),
  row(
    "raise-again",
    "send it to the desk it was pointed to and those of the OM behind it, under new consents; those before them read nothing more",
    {
      ...words,
      police: { value: "DESK", about: "desk of the police it goes to" },
      until: { value: "DAY", about: "last day of the consent (a year from now)" },
    },
    `${id} --police ${id} --as demo.raadslid@example.nl`,
    step("Raised again", (handle, call) => {
      const until = dayOf(call, "until");
      return raiseAgain(handle, call.need("police"), text(call), workflows, until === null ? undefined : `${until}T21:59:59.000Z`);
    }),
  ),
  row(
    "withdraw",
    "end your own signal; what was read stays read",
    words,
    `${id} --as demo.raadslid@example.nl`,
    step("Withdrawn", (handle, call) => withdrawSignal(handle, text(call))),
  ),
  row(
    "close",
    "close it; keeps one fact without names: per step in time or late, the police unit, the outcome",
    words,
    `${id} --as demo.raadslid@example.nl`,
    step("Closed", (handle, call) => closeSignal(handle, text(call))),
  ),
];
