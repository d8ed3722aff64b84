/** /stappen/:id/platform: notices of illegal content, each with what art. 16 of the DSA asks. A person copies or saves the text and sends it. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { today } from "#services/dossier/workflow/terms.ts";
import { Button, Page, Tag, type PageProps } from "#services/interface/index.ts";
import type { NoticePreparation } from "#services/reporting/contract/preparation.ts";
import { ActingPage, WaysOut, type ActingProps } from "./known.tsx";
import { NoticeForm } from "./notice-form.tsx";
import { NoticeReady } from "./notice-ready.tsx";

type View = { readonly is: "list" } | { readonly is: "edit" | "ready"; readonly notice: NoticePreparation };

const freshNotice = (): NoticePreparation => ({
  version: 1,
  type: "platform-notice",
  id: crypto.randomUUID(),
  platform: "",
  urls: [],
  location: "",
  says: "",
  articles: [],
  why: "",
  notifier: { name: "", email: "" },
  exception: false,
  goodFaith: false,
  evidence: [],
  sentOn: null,
  again: null,
  answer: "",
});

export default function PlatformPage({ parameters }: PageProps): JSX.Element {
  return <ActingPage id={parameters["id"] ?? ""} title={(m) => m.platform.title} Draw={Platform} />;
}

function Platform(page: ActingProps): JSX.Element {
  const { handle, lock, known, reload, m } = page;
  const w = m.platform;
  const [view, setView] = useState<View>({ is: "list" });
  const saved = async (notice: NoticePreparation): Promise<void> => {
    await reload();
    setView({ is: "ready", notice });
  };
  /** Once it was sent there is nothing more to do here but to look again. */
  const sent = async (): Promise<void> => {
    await reload();
    setView({ is: "list" });
  };
  const toList = (
    <div class="actions">
      <Button look="quiet" icon="back" onPress={() => setView({ is: "list" })}>
        {m.back}
      </Button>
    </div>
  );
  if (view.is === "edit")
    return (
      <Page title={w.title} lock={lock} part="edit">
        <NoticeForm {...page} first={view.notice} onSaved={saved} />
        {toList}
      </Page>
    );
  if (view.is === "ready")
    return (
      <Page title={w.title} lock={lock} part="ready">
        <NoticeReady {...page} notice={view.notice} onSent={sent} onEdit={() => setView({ is: "edit", notice: view.notice })} />
        {toList}
      </Page>
    );
  const notices = [...known.prepared.notices.values()];
  return (
    <Page title={w.title} lead={w.lead} lock={lock} part="list">
      {notices.length === 0 && <p class="soft">{w.none}</p>}
      <ul class="acting-steps">
        {notices.map((notice, at) => (
          <li key={notice.id}>
            <button type="button" class="acting-step" onClick={() => setView({ is: "ready", notice })}>
              <span class="acting-code" aria-hidden="true">
                {at + 1}
              </span>
              <span class="acting-name">{w.show(notice.platform.trim() === "" ? w.nameless : notice.platform)}</span>
              <Standing notice={notice} m={m} />
            </button>
          </li>
        ))}
      </ul>
      <div class="actions">
        <Button icon="message" onPress={() => setView({ is: "edit", notice: freshNotice() })}>
          {w.add}
        </Button>
      </div>
      <WaysOut id={handle.id} m={m} />
    </Page>
  );
}

/** How far a notice is, in tags. */
function Standing({ notice, m }: { readonly notice: NoticePreparation; readonly m: ActingProps["m"] }): JSX.Element {
  const w = m.platform;
  return (
    <span class="acting-state">
      <Tag tone={notice.sentOn === null ? undefined : "accent"}>{notice.sentOn === null ? w.ready : w.sent(notice.sentOn)}</Tag>
      {notice.again !== null && (
        <Tag tone={notice.again <= today() ? "amber" : undefined} icon="clock">
          {notice.again <= today() ? w.due : w.again(notice.again)}
        </Tag>
      )}
    </span>
  );
}
