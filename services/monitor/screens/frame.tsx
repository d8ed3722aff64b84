/** What every page of the respondent stands in: its language (of three), the switch between them, and what went wrong in words. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { questionnaireLanguages } from "#registers/questionnaires/index.ts";
import { ErrorState, LockLine, Notice, Page } from "#services/interface/index.ts";
import { MonitorError } from "#services/monitor/client/monitor-client.ts";
import type { Saving } from "./keeper.ts";
import { chooseMonitorLanguage, useMonitorLanguage } from "./language.ts";
import "./monitor.css";

/** Each language by its own name, since that is what whoever needs it can read. */
const names = { nl: "Nederlands", en: "English", fy: "Frysk" } as const;

function LanguageChoice(): JSX.Element {
  const { language, m } = useMonitorLanguage();
  return (
    <div class="monitor-languages no-print" role="group" aria-label={m.switch}>
      {questionnaireLanguages.map((one) => (
        <button
          key={one}
          type="button"
          class="monitor-language"
          lang={one}
          aria-pressed={one === language ? "true" : "false"}
          onClick={() => chooseMonitorLanguage(one)}
        >
          {names[one]}
        </button>
      ))}
    </div>
  );
}

/** Who can read this, now and later. */
export function MonitorLock({ preview }: { readonly preview: boolean }): JSX.Element {
  const w = useMonitorLanguage().m.lock;
  return preview ? (
    <LockLine sentence={w.preview} readers={[{ who: w.preview, reason: w.previewWhy }]} />
  ) : (
    <LockLine
      sentence={w.sentence}
      readers={[
        { who: w.you, reason: w.youWhy },
        { who: w.after, reason: w.afterWhy },
      ]}
    />
  );
}

/** What was shown last: whoever comes from one part to another starts at its top, with the heading in focus, whichever component draws it. */
let shown: string | null = null;

/** One page, in the language of the questions. @param part names what is shown, once per part. @param lock false where {@link MonitorLock} stands elsewhere, or nothing of anybody is shown. */
export function MonitorFrame({
  title,
  lead,
  part,
  above,
  preview = false,
  lock = true,
  children,
}: {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly part: string;
  readonly above?: ComponentChildren;
  readonly preview?: boolean;
  readonly lock?: boolean;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { language } = useMonitorLanguage();
  useEffect(() => {
    if (shown !== null && shown !== part) {
      scrollTo(0, 0);
      document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    }
    shown = part;
  }, [part]);
  return (
    <div lang={language}>
      <Page title={title} lead={lead} above={above}>
        {lock && <MonitorLock preview={preview} />}
        {children}
        <LanguageChoice />
      </Page>
    </div>
  );
}

/** What the person must know about what is kept; nothing while all is well. */
export function SavingNotice({ saving }: { readonly saving: Saving }): JSX.Element | null {
  const { m } = useMonitorLanguage();
  if (saving === "not-kept") return <Notice tone="amber" title={m.notKept} live />;
  if (saving === "elsewhere") return <Notice title={m.elsewhere} live />;
  return saving !== "not-erased" ? null : (
    <Notice tone="amber" title={m.notErased.what} live>
      <p>{m.notErased.mend}</p>
    </Notice>
  );
}

/** What the Monitor refused, in the language of the questions; anything else as everywhere in the app. */
export function MonitorFailure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: (() => void) | undefined }): JSX.Element {
  const { m } = useMonitorLanguage();
  if (!(error instanceof MonitorError)) return <ErrorState error={error} onRetry={onRetry} />;
  const { what, mend } = m.refusals[error.code];
  return (
    <Notice tone="amber" title={what} live>
      <p>{mend}</p>
    </Notice>
  );
}
