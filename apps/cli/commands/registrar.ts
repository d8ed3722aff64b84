/** `rugdekking registrar init`, `organisation enrol`, `organisation admit` and `organisation share`: the key that signs first rosters, made and kept away from every server. */
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type SignKeyPair, signKeyPair } from "@rugdekking/seal";
import { fromBase64Url, type Roster, toBase64Url } from "@rugdekking/seal/verify";
import Type, { type Static, type TSchema } from "typebox";
import { Check } from "typebox/value";
import { type Call, type Command, CommandError, connected, type ExitCode } from "#apps/cli/command.ts";
import { fileTrouble, readText } from "#apps/cli/files.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { passphraseOf, visit } from "#apps/cli/visitor.ts";
import { createDesk, createJoinedDesk, shareDesk, type Trust } from "#services/directory/client/index.ts";
import { Base64Url, deskFunctions, Uuid } from "#services/directory/contract/index.ts";
import { openWithPassphrase, protectWithPassphrase } from "#services/dossier/bundle/index.ts";
import { v7 as uuidv7 } from "uuid";

/** What the registrar key file holds, inside an age file under a passphrase. `person` names the registrar in rosters (`by`). */
const RegistrarKey = Type.Object(
  { format: Type.Literal("rugdekking-registrar/1"), person: Uuid, seed: Base64Url, publicKey: Base64Url },
  { additionalProperties: false },
);

const Members = Type.Array(
  Type.Object(
    { person: Uuid, name: Type.String({ minLength: 1 }), office: Type.String({ minLength: 1 }), lead: Type.Boolean(), signPublicKey: Type.Optional(Base64Url) },
    { additionalProperties: false },
  ),
  { minItems: 1 },
);

function parsed<S extends TSchema>(schema: S, text: string, path: string, mend: string): Static<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CommandError(`${path} is not JSON`, mend);
  }
  if (Check(schema, value)) return value;
  throw new CommandError(`${path} does not have the right shape`, mend);
}

async function init(call: Call): Promise<ExitCode> {
  const out = call.need("out");
  const passphrase = await passphraseOf(call);
  if ([...passphrase].length < 20)
    throw new CommandError("the passphrase of a registrar is shorter than 20 characters", "choose six or more words that do not belong together");
  const seed = new Uint8Array(randomBytes(32));
  const pair = await signKeyPair(seed);
  const key: Static<typeof RegistrarKey> = { format: "rugdekking-registrar/1", person: uuidv7(), seed: toBase64Url(seed), publicKey: pair.publicKey };
  const sealed = await protectWithPassphrase(JSON.stringify(key), passphrase);
  try {
    await mkdir(dirname(out), { recursive: true });
    const handle = await open(out, "wx", 0o600);
    await handle.writeFile(sealed);
    await handle.sync();
    await handle.close();
  } catch (error) {
    throw fileTrouble(out, error);
  }
  call.screen.answer(
    { registrar: pair.publicKey, file: out },
    `Registrar public key: ${pair.publicKey}\nThe secret half is in ${out}, behind the passphrase. Keep it on a medium that is not on any server; make a second copy.\nGive the public key to the server: rugdekking start --production --registrar ${pair.publicKey}`,
  );
  return 0;
}

async function readRegistrar(call: Call): Promise<{ readonly person: string; readonly key: SignKeyPair }> {
  const path = call.need("registrar-key");
  let sealed: Uint8Array;
  try {
    sealed = await readFile(path);
  } catch (error) {
    throw fileTrouble(path, error);
  }
  const text = await openWithPassphrase(sealed, await passphraseOf(call));
  if (text === null) throw new CommandError(`the passphrase does not open ${path}`, "check the passphrase, or take the other copy of the file");
  const key = parsed(RegistrarKey, text, path, "make a registrar key with rugdekking registrar init");
  const pair = await signKeyPair(fromBase64Url(key.seed, "The seed of the registrar key"));
  if (pair.publicKey !== key.publicKey) throw new CommandError(`${path} is damaged`, "take the other copy of the file");
  return { person: key.person, key: pair };
}

async function enrol(call: Call): Promise<ExitCode> {
  const registrar = await readRegistrar(call);
  const path = call.need("members");
  const members = parsed(
    Members,
    await readText(path),
    path,
    'it holds [{"person": "…", "name": "…", "office": "…", "lead": true, "signPublicKey": "… as read out by phone"}]',
  );
  if (!members.some(({ lead }) => lead)) throw new CommandError(`${path} names nobody who leads`, 'give at least one member "lead": true');
  const { trust } = visit(call);
  const anchor = await trust.anchor();
  if (anchor.registrar !== registrar.key.publicKey)
    throw new CommandError("this server follows another registrar than this key", `start it with --registrar ${registrar.key.publicKey}`);
  const desk = await createDesk(trust, {
    registrar: registrar.key,
    registrarPerson: registrar.person,
    organisation: call.need("organisation"),
    name: call.need("name"),
    function: call.choice("function", deskFunctions),
    members: members.map(({ signPublicKey, ...member }) => (signPublicKey === undefined ? member : { ...member, signPublicKey })),
  });
  call.screen.answer(
    { desk: desk.id, organisation: desk.organisation, name: desk.name, function: desk.function, epoch: desk.epoch },
    `Made desk ${desk.id}: ${desk.name} (${desk.organisation}), ${members.length} members. Its leads add others with rugdekking desk invite.`,
  );
  return 0;
}

/** The people of a roster, one a line, with the key each signs with. */
const membersOf = ({ members }: Roster): string =>
  members
    .map(({ name, office, lead, person, signPublicKey }) => `  ${oneLine(name)}, ${oneLine(office)}${lead ? ", leads" : ""}: ${person}, key ${signPublicKey}`)
    .join("\n");

/** Shows whom the registrar would vouch for; the key can stay where it is. Nothing is made: exit 1, so that a script does not take it for done. */
async function showTeam(call: Call, trust: Trust): Promise<ExitCode> {
  const { id, name, organisation, epoch, roster } = await trust.desk(call.need("desk"));
  call.screen.answer(
    { desk: id, organisation, name, epoch, members: roster.members },
    `Nothing was made yet. ${oneLine(name)} (${organisation}) is at epoch ${epoch}, with:\n${membersOf(roster)}\nYour signature vouches for these people. When they are right, add --epoch ${epoch}.`,
  );
  return 1;
}

async function share(call: Call): Promise<ExitCode> {
  const { trust } = visit(call);
  const epoch = call.text("epoch");
  if (epoch === null) return await showTeam(call, trust);
  if (!/^[1-9]\d{0,8}$/.test(epoch))
    throw new CommandError("--epoch is not a whole number from 1", "leave it out to see who is in the desk, and at which epoch");
  const registrar = await readRegistrar(call);
  const anchor = await trust.anchor();
  if (anchor.registrar !== registrar.key.publicKey)
    throw new CommandError("this server follows another registrar than this key", `start it with --registrar ${registrar.key.publicKey}`);
  const desk = await shareDesk(trust, {
    registrar: registrar.key,
    registrarPerson: registrar.person,
    desk: call.need("desk"),
    epoch: Number(epoch),
    organisation: call.need("organisation"),
    name: call.need("name"),
  });
  call.screen.answer(
    { desk: desk.id, organisation: desk.organisation, name: desk.name, function: desk.function, epoch: desk.epoch, members: desk.roster.members },
    `Made desk ${desk.id}: ${oneLine(desk.name)} (${desk.organisation}), with keys of its own, for:\n${membersOf(desk.roster)}\nWho joins or leaves the team is added or removed in each of its desks.`,
  );
  return 0;
}

async function admitOrganisation(call: Call): Promise<ExitCode> {
  const registrar = await readRegistrar(call);
  const { trust } = visit(call);
  const anchor = await trust.anchor();
  if (anchor.registrar !== registrar.key.publicKey)
    throw new CommandError("this server follows another registrar than this key", `start it with --registrar ${registrar.key.publicKey}`);
  const desk = await createJoinedDesk(trust, { registrar: registrar.key, request: call.at(0) });
  call.screen.answer(
    { desk: desk.id, organisation: desk.organisation, name: desk.name, function: desk.function, epoch: desk.epoch },
    `Both verdicts hold. Made desk ${desk.id}: ${oneLine(desk.name)} (${desk.organisation}). Its lead adds others with rugdekking desk invite.`,
  );
  return 0;
}

/** Commands of the registrar. */
export const registrarCommands: readonly Command[] = [
  {
    name: "registrar init",
    about: "make the registrar's key, offline, behind a passphrase",
    takes: "",
    options: {
      out: { value: "FILE", about: "new file for the key" },
      "passphrase-file": { value: "FILE", about: "first line is the passphrase (or RUGDEKKING_PASSPHRASE)" },
    },
    example: "rugdekking registrar init --out registrar.key.age --passphrase-file wachtzin.txt",
    run: init,
  },
  {
    name: "organisation enrol",
    about: "give an organisation its first desk, with a roster the registrar signs",
    takes: "",
    options: {
      ...connected,
      "registrar-key": { value: "FILE", about: "the registrar's key file" },
      "passphrase-file": { value: "FILE", about: "first line is the passphrase of the key (or RUGDEKKING_PASSPHRASE)" },
      organisation: { value: "ORG", about: "for example gm0363" },
      name: { value: "NAME", about: "name of the desk" },
      function: { value: "FUNCTION", about: deskFunctions.join(", ") },
      members: { value: "FILE", about: "JSON list of the first members: person, name, office, lead, signPublicKey" },
    },
    example:
      'rugdekking organisation enrol --organisation gm0363 --name "Veiligheidsdesk" --function safety-desk --members leden.json --registrar-key registrar.key.age --passphrase-file wachtzin.txt',
    run: enrol,
  },
  {
    name: "organisation admit",
    about: "give an organisation that two authorities verified its first desk; checks both signatures before the key signs",
    takes: "REQUEST",
    options: {
      ...connected,
      "registrar-key": { value: "FILE", about: "the registrar's key file" },
      "passphrase-file": { value: "FILE", about: "first line is the passphrase of the key (or RUGDEKKING_PASSPHRASE)" },
    },
    example: "rugdekking organisation admit 3b241101-e2bb-4255-8caf-4136c566a962 --registrar-key registrar.key.age --passphrase-file wachtzin.txt",
    run: admitOrganisation,
  },
  {
    name: "organisation share",
    about: "let the people of a desk serve another organisation as well, in a desk with keys of its own",
    takes: "",
    options: {
      ...connected,
      "registrar-key": { value: "FILE", about: "the registrar's key file" },
      "passphrase-file": { value: "FILE", about: "first line is the passphrase of the key (or RUGDEKKING_PASSPHRASE)" },
      desk: { value: "ID", about: "desk whose people will serve it" },
      epoch: { value: "NUMBER", about: "epoch of that desk of which you saw the people; without it they are shown and nothing is made" },
      organisation: { value: "ORG", about: "organisation that is served, for example gm0363" },
      name: { value: "NAME", about: "name of the desk there" },
    },
    example:
      'rugdekking organisation share --desk 0199b1c4-1111-7222-8333-444455556666 --epoch 3 --organisation gm0363 --name "Veiligheidsdesk" --registrar-key registrar.key.age --passphrase-file wachtzin.txt',
    run: share,
  },
];
