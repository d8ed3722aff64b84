/** /bezoek: the scans a visit is due for, the reader's own first, and what lies on this device; without a connection that is all there is, and it is enough. */
import { fromBase64Url } from "@rugdekking/seal";
import Type from "typebox";
import { Check } from "typebox/value";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import type { DeviceBox } from "#services/directory/client/kept-browser.ts";
import { useSession } from "#services/directory/screens/session.ts";
import { Button, ErrorState, Icon, Link, Notice, Page, Tag, useLanguage, useMessages, writeDay, writeTime } from "#services/interface/index.ts";
import { openVisitFile, VisitPack, type ListedScan } from "#services/scanning/client/index.ts";
import { ListPage } from "#services/scanning/screens/lists.tsx";
import { en } from "./en.ts";
import { boxOf, forgetVisit, listVisits, readVisit, writeNotes, writePack, writePhoto, type KeptVisit } from "./kept.ts";
import { Locked } from "./locked.tsx";
import { nl, type Messages } from "./nl.ts";
import { isNoted, isNotes } from "./notes.ts";
import { useOnline } from "./online.ts";
import "./visit.css";

export default function VisitsPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).list;
  const session = useSession();
  const online = useOnline();
  if (session === null) return <Locked />;
  // Unlocked here and not signed in at the server: its list would only be an error.
  if (!online || Date.parse(session.expires) < Date.now())
    return (
      <Page title={m.title} lead={online ? m.lead : m.offlineLead} width="column">
        <OnDevice session={session} alone />
      </Page>
    );
  return (
    <>
      <ListPage
        title={m.title}
        lead={m.lead}
        empty={m.none}
        emptyText={m.noneText}
        own={m.own}
        to={(id, phase) => (phase === "assigned" ? `/dossier/${id}` : `/bezoek/${id}`)}
        desks={{
          "expert-desk": [
            { title: m.planned, phases: ["planned"] },
            { title: m.assigned, phases: ["assigned"] },
            { title: m.visited, phases: ["visited"] },
          ],
        }}
        Extra={When}
      />
      <div class="column">
        <OnDevice session={session} />
      </div>
    </>
  );
}

/** The moment of the appointment, from the cover. */
function When({ scan }: { readonly scan: ListedScan }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en }).list;
  const visit = scan.cover?.visit ?? null;
  return visit === null || scan.phase !== "planned" ? null : <span class="road-text scan-when">{m.at(visit)}</span>;
}

/** Visits that lie on this device, with how far each is. */
function OnDevice({ session, alone = false }: { readonly session: Session; readonly alone?: boolean }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en }).list;
  const [visits, setVisits] = useState<readonly KeptVisit[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [forgetting, setForgetting] = useState<string | null>(null);
  const load = async (): Promise<void> => {
    try {
      setVisits(await listVisits(await boxOf(session)));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [session]);
  if (error !== null) return alone ? <ErrorState error={error} onRetry={() => void load()} /> : null;
  if (visits === null) return null;
  return (
    <section class="stack-medium visit-device" aria-label={m.here}>
      <div class="stack-small">
        <h2>
          {m.here} <span class="soft small">{visits.length === 0 ? "" : visits.length}</span>
        </h2>
        <p class="soft">{visits.length === 0 ? m.hereNone : m.hereText}</p>
      </div>
      <ul class="plain stack-small">
        {visits.map((visit) => (
          <KeptLine
            key={visit.dossier}
            visit={visit}
            asking={forgetting === visit.dossier}
            onAsk={(ask) => setForgetting(ask ? visit.dossier : null)}
            onForget={async () => {
              await forgetVisit(await boxOf(session), visit.dossier);
              setForgetting(null);
              await load();
            }}
          />
        ))}
      </ul>
      <FromFile session={session} onDone={() => void load()} />
    </section>
  );
}

const tones = { ready: "accent", noting: "amber", sending: "amber", sent: undefined, unreadable: "amber" } as const;
const icons = { ready: "check", noting: "pencil", sending: "clock", sent: "lock", unreadable: "alert" } as const;

function KeptLine({
  visit: { dossier, pack, notes, state },
  asking,
  onAsk,
  onForget,
}: {
  readonly visit: KeptVisit;
  readonly asking: boolean;
  readonly onAsk: (ask: boolean) => void;
  readonly onForget: () => Promise<void>;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).list;
  const language = useLanguage();
  const name = pack?.request?.name ?? m.unnamed;
  const address = pack?.request?.address ?? null;
  const start = pack?.appointment?.start ?? null;
  const noted = state === "unreadable" || state === "sending" || (notes !== null && isNoted(notes));
  return (
    <li class="visit-kept">
      <Link to={`/bezoek/${dossier}`} class="road">
        <span class="road-icon">
          <Icon name="home" />
        </span>
        <span>
          <span class="road-title">{name}</span>
          {address !== null && <span class="road-text">{address}</span>}
          {start !== null && <span class="road-text scan-when">{`${writeDay(language, start)}, ${writeTime(language, start)}`}</span>}
          <span class="road-text">
            <Tag tone={tones[state]} icon={icons[state]}>
              {m.states[state]}
            </Tag>
          </span>
        </span>
        <Icon name="arrow" />
      </Link>
      {asking ? (
        <Notice tone={noted ? "red" : "amber"} title={m.forgetTitle} live>
          <p>{noted ? m.forgetNoted : m.forgetText}</p>
          <div class="actions actions-tight">
            <Button look={noted ? "final" : "first"} size="small" icon="bin" onPress={() => void onForget()}>
              {m.forgetGo}
            </Button>
            <Button look="quiet" size="small" onPress={() => onAsk(false)}>
              {m.keep}
            </Button>
          </div>
        </Notice>
      ) : (
        <div class="actions actions-tight">
          <Button look="quiet" size="small" label={m.forgetOf(name)} onPress={() => onAsk(true)}>
            {m.forget}
          </Button>
        </div>
      )}
    </li>
  );
}

const Saved = Type.Object({
  pack: VisitPack,
  notes: Type.Unknown(),
  photos: Type.Array(Type.Object({ id: Type.String(), photo: Type.String(), small: Type.String() })),
});

/** Puts a visit that was saved as a file back on the device. Newer notes that lie here stay. @returns what to say */
async function putBack(session: Session, box: DeviceBox, text: string): Promise<"done" | "older" | "wrong"> {
  const { dossier, value } = await openVisitFile(session.person, text);
  if (!Check(Saved, value) || value.pack.dossier !== dossier || !isNotes(value.notes)) return "wrong";
  const { notes: here, pack } = await readVisit(box, dossier);
  if (here !== null && here.changes > value.notes.changes) return "older";
  for (const { id, photo, small } of value.photos)
    await writePhoto(box, dossier, id, fromBase64Url(photo, "A photo").buffer, fromBase64Url(small, "A photo").buffer);
  await writeNotes(box, dossier, value.notes);
  if (pack === null) await writePack(box, value.pack);
  return "done";
}

function FromFile({ session, onDone }: { readonly session: Session; readonly onDone: () => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).list;
  const chooser = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<"done" | "older" | "wrong" | null>(null);
  const take = async (input: HTMLInputElement): Promise<void> => {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    const text = await file.text();
    input.value = "";
    setSaid(
      await boxOf(session)
        .then((box) => putBack(session, box, text))
        .catch(() => "wrong" as const),
    );
    onDone();
  };
  return (
    <div class="stack-small">
      <div class="actions actions-tight">
        <Button look="quiet" size="small" icon="file" onPress={() => chooser.current?.click()}>
          {m.fromFile}
        </Button>
        <input ref={chooser} type="file" hidden data-role="visit-file" onChange={(event) => void take(event.currentTarget)} />
      </div>
      {said !== null && (
        <Notice
          tone={said === "done" ? "info" : "amber"}
          live
          title={said === "done" ? m.fromFileDone : said === "older" ? m.fromFileOlder : m.fromFileWrong}
        />
      )}
    </div>
  );
}
