/** /bezoek/:id: the adviser's notes of a visit, one domain at a time, kept sealed on this device until they are sent. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { AttachmentSource } from "#services/dossier/client/index.ts";
import { allowedEntries } from "#services/dossier/workflow/enforce.ts";
import {
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  Field,
  Notice,
  Page,
  ProgressBar,
  TextArea,
  useLanguage,
  useMessages,
  writeSize,
  type PageProps,
} from "#services/interface/index.ts";
import { newestInRound, recordVisit, requestOf } from "#services/scanning/client/index.ts";
import { AppointmentBody, riskDomains, type RequestBody, type RiskDomain } from "#services/scanning/contract/index.ts";
import { useKept, type Saving } from "#services/scanning/screens/draft.ts";
import { isDay } from "#services/scanning/screens/dutch-time.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { RequestView } from "#services/scanning/screens/entries/request-view.tsx";
import { More } from "#services/scanning/screens/entries/said.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { WithScan, type OpenedScan } from "#services/scanning/screens/opened.tsx";
import { PartsNav } from "#services/scanning/screens/parts-nav.tsx";
import { DomainPart } from "./domain.tsx";
import { draftName, dropPhotos, emptyDraft, isDraft, readPhoto, type Draft } from "./draft.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export default function VisitPage({ parameters }: PageProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return <WithScan id={parameters["id"] ?? ""} title={m.title} Draw={Visit} />;
}

function Visit({ handle, lock, reload }: OpenedScan): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [sent, setSent] = useState(false);
  const { view, workflow } = handle;
  const may = view.actions.includes("visit") || allowedEntries(workflow, view.phase, view.roles).includes("visit");
  if (sent)
    return (
      <Page title={m.done} lead={m.doneText} lock={lock} part="done">
        <div class="actions">
          <ButtonLink to={`/advies/${handle.id}`} icon="arrow" iconLast>
            {m.toAdvice}
          </ButtonLink>
          <ToDossier id={handle.id} />
        </div>
      </Page>
    );
  if (!may)
    return (
      <Page title={m.title} lock={lock} part="shut">
        <EmptyState icon="lock" title={m.notNow}>
          <p>{m.notNowText}</p>
          <div class="actions">
            <ToDossier id={handle.id} />
          </div>
        </EmptyState>
      </Page>
    );
  return (
    <Notes
      handle={handle}
      lock={lock}
      onSent={() => {
        setSent(true);
        void reload();
      }}
    />
  );
}

function ToDossier({ id }: { readonly id: string }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  return (
    <ButtonLink to={`/dossier/${id}`} look="second">
      {shared.toDossier}
    </ButtonLink>
  );
}

/** What the adviser wants at hand: for whom, where, when. */
interface About {
  readonly request: RequestBody | null;
  readonly start: string | null;
}

async function aboutOf(handle: OpenedScan["handle"]): Promise<About> {
  const appointment = newestInRound(handle, "appointment");
  return {
    request: await requestOf(handle),
    start: appointment === null ? null : (await handle.readBody(appointment, AppointmentBody)).start,
  };
}

const savedWords = (saving: Saving, shared: Shared): string =>
  ({ nothing: "", keeping: shared.keeping, kept: shared.kept, "not-kept": shared.notKept })[saving];

function Notes({ handle, lock, onSent }: Pick<OpenedScan, "handle" | "lock"> & { readonly onSent: () => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const { value: draft, change, revise, saving, resumed, drop } = useKept<Draft>(draftName(handle.id), isDraft, emptyDraft());
  const [about, setAbout] = useState<About | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    aboutOf(handle).then(setAbout, setError);
  }, [handle]);
  const go = (part: Draft["part"]): void => change({ part });
  const countOf = (domain: RiskDomain): number => draft.findings.filter((finding) => finding.domain === domain).length;
  const parts = [
    ...riskDomains.map((key) => {
      const done = draft.seen.includes(key);
      return { key, name: shared.domains[key], done, state: countOf(key) > 0 ? m.findings(countOf(key)) : done ? m.seen : m.notSeen };
    }),
    { key: "finish" as const, name: m.finish, done: false, state: m.progressOf(draft.seen.length, riskDomains.length) },
  ];
  const { part } = draft;
  const after = parts[parts.findIndex(({ key }) => key === part) + 1];
  return (
    <Page title={m.title} lead={m.lead} lock={lock} width="wide">
      {resumed && <Notice title={shared.resumed} live />}
      {error !== null && <ErrorState error={error} />}
      {about !== null && (
        <More title={about.start === null ? m.about : m.appointment(about.start)}>{about.request !== null && <RequestView body={about.request} />}</More>
      )}
      <PartsNav label={m.parts} parts={parts} now={part} onGo={go} />
      {part === "finish" ? (
        <Finish handle={handle} draft={draft} change={change} m={m} drop={drop} onSent={onSent} />
      ) : (
        <DomainPart
          key={part}
          dossier={handle.id}
          domain={part}
          findings={draft.findings.filter((finding) => finding.domain === part)}
          seen={draft.seen.includes(part)}
          next={{ name: after?.name ?? m.finish, go: () => go(after?.key ?? "finish") }}
          m={m}
          onSave={(finding) =>
            revise((now) => ({
              ...now,
              findings: now.findings.some(({ id }) => id === finding.id)
                ? now.findings.map((one) => (one.id === finding.id ? finding : one))
                : [...now.findings, finding],
            }))
          }
          onRemove={(finding) => {
            void dropPhotos(handle.id, finding.photos);
            revise((now) => ({ ...now, findings: now.findings.filter(({ id }) => id !== finding.id) }));
          }}
          onSeen={(seen) => revise((now) => ({ ...now, seen: seen ? [...new Set([...now.seen, part])] : now.seen.filter((one) => one !== part) }))}
        />
      )}
      <p class="soft small" aria-live="polite">
        {savedWords(saving, shared)}
      </p>
    </Page>
  );
}

/** Photos of one finding as files to seal; those the device lost are left out. */
async function sourcesOf(dossier: string, finding: Draft["findings"][number]): Promise<AttachmentSource[]> {
  const files = await Promise.all(finding.photos.map((note) => readPhoto(dossier, note)));
  return files.flatMap((file) =>
    file === null
      ? []
      : [
          {
            name: file.name,
            mediaType: file.type === "" ? "application/octet-stream" : file.type,
            bytes: file,
            capturedAt: new Date(file.lastModified).toISOString(),
            note: "",
          },
        ],
  );
}

function Finish({
  handle,
  draft,
  change,
  m,
  drop,
  onSent,
}: Pick<OpenedScan, "handle"> & {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly m: Messages;
  readonly drop: () => Promise<void>;
  readonly onSent: () => void;
}): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const language = useLanguage();
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [at, setAt] = useState<readonly [number, number] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const unseen = riskDomains.filter((domain) => !draft.seen.includes(domain)).map((domain) => shared.domains[domain].toLowerCase());
  const send = async (): Promise<void> => {
    setChecked(true);
    setError(null);
    if (!isDay(draft.on) || draft.present.trim() === "") return;
    setBusy(true);
    try {
      const findings = await Promise.all(
        draft.findings.map(async ({ id, domain, ring, seriousness, observation, photos }) => ({
          id,
          domain,
          ring,
          seriousness,
          observation,
          photos: await sourcesOf(handle.id, { id, domain, ring, seriousness, observation, photos }),
        })),
      );
      await recordVisit(handle, { on: draft.on, present: draft.present.trim(), note: draft.note, findings }, { onProgress: (done, all) => setAt([done, all]) });
      await drop();
      await dropPhotos(
        handle.id,
        draft.findings.flatMap(({ photos }) => photos),
      ).catch(() => undefined);
      onSent();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
      setAt(null);
    }
  };
  return (
    <form
      class="stack"
      noValidate
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <h2>{m.finishTitle}</h2>
      <section class="card card-tight" aria-label={m.overview}>
        <p>
          <strong>{m.overview}</strong>
        </p>
        <ul class="words">
          {riskDomains.map((domain) => (
            <li key={domain}>
              {shared.domains[domain]}: {m.findings(draft.findings.filter((finding) => finding.domain === domain).length)}
            </li>
          ))}
        </ul>
        {unseen.length > 0 && <p class="soft">{m.unseen(unseen.join(", "))}</p>}
      </section>
      <Field type="date" narrow label={m.on} value={draft.on} error={checked && !isDay(draft.on) ? m.onMissing : null} onInput={(on) => change({ on })} />
      <Field
        label={m.present}
        hint={m.presentHint}
        maxLength={400}
        value={draft.present}
        error={checked && draft.present.trim() === "" ? m.presentMissing : null}
        onInput={(present) => change({ present })}
      />
      <TextArea label={m.note} optional rows={3} maxLength={60_000} value={draft.note} onInput={(note) => change({ note })} />
      <Notice tone="amber">
        <p>{m.final}</p>
      </Notice>
      {at !== null && (
        <ProgressBar label={m.sendingPhotos} done={at[0]} all={Math.max(1, at[1])} words={m.photosOf(writeSize(language, at[0]), writeSize(language, at[1]))} />
      )}
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        <Button type="submit" icon="lock" busy={busy}>
          {busy ? m.sending : m.send}
        </Button>
      </div>
    </form>
  );
}
