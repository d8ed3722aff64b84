/** The first part of a visit: where one goes, what is ready for the road, where one was, and what earlier visits saw. Used by the visit page. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { keepsSomeone } from "#services/directory/screens/kept.ts";
import { Button, Icon, ProgressBar, Tag, useLanguage, useMessages, writeSize } from "#services/interface/index.ts";
import type { VisitPack } from "#services/scanning/client/index.ts";
import type { Evaluation, ReadySet } from "#services/scanning/questions/index.ts";
import { progressOfAll } from "#services/scanning/questions/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { RequestView } from "#services/scanning/screens/entries/request-view.tsx";
import { More } from "#services/scanning/screens/entries/said.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** What the device says about keeping. */
interface Device {
  readonly app: boolean;
  readonly unlock: boolean;
  /** null: not asked or not known. */
  readonly persisted: boolean | null;
  readonly free: number | null;
}

async function lookAtDevice(): Promise<Device> {
  const unlock = await keepsSomeone();
  const app = "serviceWorker" in navigator && ((await navigator.serviceWorker.getRegistration())?.active ?? null) !== null;
  try {
    const [persisted, { quota, usage }] = await Promise.all([navigator.storage.persisted(), navigator.storage.estimate()]);
    return { app, unlock, persisted, free: quota === undefined || usage === undefined ? null : quota - usage };
  } catch {
    return { app, unlock, persisted: null, free: null };
  }
}

export function Overview({
  pack,
  set,
  evaluation,
  noted,
  onGo,
  children,
}: {
  readonly pack: VisitPack;
  readonly set: ReadySet | null;
  readonly evaluation: Evaluation | null;
  readonly noted: boolean;
  readonly onGo: (question: { readonly domain: "wonen" | "werk" | "digitaal" | "verplaatsen"; readonly section: string }) => void;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const first = evaluation?.open[0];
  const all = evaluation === null ? null : progressOfAll(evaluation);
  const sectionName = first === undefined ? "" : (set?.set.sections.find(({ id }) => id === first.section)?.nl ?? "");
  const household = pack.request?.householdSize ?? null;
  return (
    <div class="stack">
      <section class="card card-tight stack-small">
        <p class="scan-when">{pack.appointment === null ? m.noAppointment : m.appointment(pack.appointment.start)}</p>
        {pack.appointment !== null && pack.appointment.placeNote.trim() !== "" && <p class="story">{pack.appointment.placeNote}</p>}
        {household !== null && <p class="soft">{m.household(household)}</p>}
        {all !== null && <ProgressBar label={m.progress} done={all.done} all={Math.max(1, all.asked)} words={m.progressOf(all.done, all.asked)} />}
        {first === undefined ? (
          evaluation !== null && <p>{m.allDone}</p>
        ) : (
          <div class="actions">
            <Button icon="arrow" iconLast onPress={() => onGo(first)}>
              {noted ? m.goOn(`${shared.domains[first.domain]}, ${sectionName.toLowerCase()}`) : m.begin}
            </Button>
          </div>
        )}
      </section>
      {children}
      <Ready pack={pack} questions={set?.set.questions.length ?? 0} />
      {pack.request !== null && (
        <More title={m.about}>
          <RequestView body={pack.request} />
        </More>
      )}
      {pack.visits.some(({ findings }) => findings.length > 0) && (
        <More title={m.earlier}>
          {pack.visits.map(({ seq, on, by, findings }) => (
            <section key={seq} class="stack-small">
              <h3 class="panel-title">{m.earlierOn(on, by)}</h3>
              <ul class="plain stack-small">
                {findings.map((finding) => (
                  <li key={finding.id} class="finding">
                    <p class="row">
                      <Tag tone={finding.seriousness === "high" ? "amber" : undefined}>{shared.seriousness[finding.seriousness]}</Tag>
                      <span class="soft small">{shared.domains[finding.domain]}</span>
                    </p>
                    <p class="story">{finding.observation}</p>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </More>
      )}
    </div>
  );
}

/** What lies on the device, one line each; what does not is said as plainly. */
function Ready({ pack, questions }: { readonly pack: VisitPack; readonly questions: number }): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).ready;
  const language = useLanguage();
  const [device, setDevice] = useState<Device | null>(null);
  const look = (): void => void lookAtDevice().then(setDevice);
  useEffect(() => {
    look();
    // The service worker may still be filling its shelf, and the wrapped keys may still be on their way.
    const later = setTimeout(look, 3_000);
    return () => clearTimeout(later);
  }, []);
  const ask = async (): Promise<void> => {
    await navigator.storage.persist().catch(() => false);
    look();
  };
  const lines: readonly (readonly [boolean, string])[] = [
    [true, m.person],
    ...(pack.appointment === null ? [] : [[true, m.appointment] as const]),
    ...(questions === 0 ? [] : [[true, m.questions(questions)] as const]),
    ...(pack.visits.length === 0 ? [] : [[true, m.before(pack.visits.length)] as const]),
    ...(device === null ? [] : [[device.unlock, device.unlock ? m.unlock : m.noUnlock] as const, [device.app, device.app ? m.app : m.noApp] as const]),
  ];
  return (
    <section class="card card-tight stack-small visit-ready">
      <h2 class="panel-title">{m.title}</h2>
      <p class="soft">{m.text}</p>
      <ul class="plain">
        {lines.map(([there, words]) => (
          <li key={words} data-there={there ? "" : undefined}>
            <Icon name={there ? "check" : "clock"} size={20} />
            {words}
          </li>
        ))}
      </ul>
      {device !== null && device.free !== null && <p class="soft small">{m.space(writeSize(language, device.free))}</p>}
      {device?.persisted === true && <p class="soft small">{m.persisted}</p>}
      {device?.persisted === false && (
        <>
          <p class="soft small">{m.notPersisted}</p>
          <div class="actions actions-tight">
            <Button look="second" size="small" icon="shield" onPress={() => void ask()}>
              {m.persist}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
