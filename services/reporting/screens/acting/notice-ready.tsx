/** A notice that is ready: the text in two languages, the document, what the platform must do, and recording that a person sent it. Used by the platform page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { isDay, today } from "#services/dossier/workflow/terms.ts";
import { PaperList } from "#services/dossier/screens/papers/paper-list.tsx";
import { Button, CopyButton, Field, Notice, SendForm, Tabs, TextArea } from "#services/interface/index.ts";
import { laterDay, noticeAgainDays, noticeDocument, type Language } from "#services/reporting/acting/index.ts";
import { prepare, recordAction } from "#services/reporting/client/index.ts";
import type { NoticePreparation } from "#services/reporting/contract/preparation.ts";
import { Sentences, type ActingProps } from "./known.tsx";

interface ReadyProps extends ActingProps {
  readonly notice: NoticePreparation;
  readonly onSent: () => Promise<void>;
  readonly onEdit: () => void;
}

export function NoticeReady(props: ReadyProps): JSX.Element {
  const { handle, m, notice, onEdit } = props;
  const w = m.platform;
  const [written, setWritten] = useState<Language>("nl");
  const { subject, text } = noticeDocument(notice, written);
  const whole = `${subject}\n\n${text}\n`;
  return (
    <div class="stack">
      <Notice tone="amber" title={w.warningTitle}>
        <ul class="words">
          {w.warnings.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Notice>
      <section class="stack-medium">
        <h2>{w.textTitle}</h2>
        <p>{w.textLead}</p>
        <Tabs label={w.textTitle} tabs={(["nl", "en"] as const).map((key) => ({ key, name: m.language[key] }))} now={written} onGo={setWritten}>
          <div class="stack-small">
            <div class="acting-text" tabIndex={0} role="region" aria-label={w.textTitle}>
              <div lang={written}>{whole}</div>
            </div>
            <div class="actions">
              <CopyButton key={whole} text={whole} label={w.copy} />
              <Button look="quiet" size="small" icon="pencil" onPress={onEdit}>
                {w.edit}
              </Button>
            </div>
          </div>
        </Tabs>
      </section>
      <PaperList
        offers={(["nl", "en"] as const).map((language) => ({
          key: `${language}-${notice.id}`,
          ...w.papers[language],
          make: async (set) => {
            const { readyPaper } = await import("#services/reporting/client/papers/index.ts");
            return await set(await readyPaper(handle, noticeDocument(notice, language), { fileName: `melding-${language}.pdf`, named: true }));
          },
        }))}
      />
      <Sentences title={w.mustTitle} items={w.must} />
      <p class="soft">{w.term}</p>
      <Sent {...props} />
    </div>
  );
}

/** The person sent it; the desk's own record is the action "platform-notice" that the dossier knows already. */
function Sent({ handle, m, notice, onSent }: ReadyProps): JSX.Element {
  const w = m.platform;
  const [sentOn, setSentOn] = useState(notice.sentOn ?? today());
  const [again, setAgain] = useState(notice.again ?? laterDay(today(), noticeAgainDays));
  const [answer, setAnswer] = useState(notice.answer);
  const [checked, setChecked] = useState(false);
  const asDesk = notice.sentOn === null && handle.view.roles.includes("safety-desk") && ["taken-up", "in-hand", "waiting"].includes(handle.view.phase);
  return (
    <section class="card">
      <h2>{w.sentTitle}</h2>
      <SendForm
        button={w.saveSent}
        ready={() => {
          setChecked(true);
          return isDay(sentOn) && isDay(again);
        }}
        send={async () => {
          const sent: NoticePreparation = { ...notice, sentOn, again, answer };
          // What is made ready may stand twice, the newest counts; an action may not: it comes last.
          await prepare(handle, sent);
          if (asDesk) await recordAction(handle, { type: "platform-notice", on: sentOn, note: answer, platform: notice.platform, reference: "" });
          await onSent();
        }}
      >
        <Field type="date" narrow label={w.sentOn} error={checked && !isDay(sentOn) ? m.wrongDay : null} value={sentOn} onInput={setSentOn} />
        <Field type="date" narrow label={w.againOn} error={checked && !isDay(again) ? m.wrongDay : null} value={again} onInput={setAgain} />
        <TextArea label={w.answer} rows={3} optional maxLength={8_000} value={answer} onInput={setAnswer} />
      </SendForm>
    </section>
  );
}
