/** The form of a notice to a platform: every element of DSA art. 16(2), said in plain words. Used by the platform page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { articles } from "#registers/articles/index.ts";
import { Resumed, SavingLine } from "#services/dossier/screens/half-typed.tsx";
import { useKept } from "#services/dossier/screens/kept-draft.ts";
import { Choices, Field, Notice, SendForm, TextArea, useLanguage } from "#services/interface/index.ts";
import { noticeGaps, suggestedArticles, type NoticeGap } from "#services/reporting/acting/index.ts";
import { prepare } from "#services/reporting/client/index.ts";
import type { NoticePreparation } from "#services/reporting/contract/preparation.ts";
import { actingDrafts, heldBy, isNoticeDraft, noticeDraft } from "./drafts.ts";
import type { ActingProps } from "./known.tsx";

export function NoticeForm({
  handle,
  known,
  m,
  first,
  onSaved,
}: ActingProps & { readonly first: NoticePreparation; readonly onSaved: (notice: NoticePreparation) => Promise<void> }): JSX.Element {
  const w = m.platform;
  const language = useLanguage();
  const held = known.prepared.notices.get(first.id) ?? null;
  const [begun] = useState(() => ({
    held: heldBy(held),
    given: { ...first, articles: first.articles.length === 0 && first.why === "" ? suggestedArticles(known.report?.what ?? []) : [...first.articles] },
    urls: first.urls.join("\n"),
  }));
  const draft = useKept(actingDrafts, noticeDraft(handle.id, held?.id ?? null), isNoticeDraft, begun);
  const { given, urls } = draft.value;
  const [checked, setChecked] = useState(false);
  const change = (part: Partial<NoticePreparation>): void => draft.revise((now) => ({ ...now, given: { ...now.given, ...part } }));
  const whole: NoticePreparation = {
    ...given,
    urls: urls
      .split("\n")
      .map((url) => url.trim())
      .filter((url) => url !== "")
      .slice(0, 50),
  };
  const gaps = noticeGaps(whole);
  const wrong = (...kinds: readonly NoticeGap[]): string | null => {
    const found = checked ? kinds.find((kind) => gaps.includes(kind)) : undefined;
    return found === undefined ? null : w.gaps[found];
  };
  return (
    <SendForm
      button={m.keep}
      ready={() => {
        setChecked(true);
        return gaps.length === 0;
      }}
      send={async () => {
        await prepare(handle, whole);
        await draft.drop();
        await onSaved(whole);
      }}
    >
      {draft.resumed && <Resumed newer={draft.value.held !== begun.held} onThrow={() => void draft.drop(begun)} />}
      <Field label={w.platform} maxLength={400} error={wrong("platform")} value={given.platform} onInput={(platform) => change({ platform })} />
      <TextArea
        label={w.urls}
        hint={w.urlsHint}
        rows={3}
        spellcheck={false}
        error={wrong("url", "url-wrong")}
        value={urls}
        onInput={(typed) => draft.change({ urls: typed })}
      />
      <TextArea
        label={w.location}
        hint={w.locationHint}
        rows={2}
        optional
        maxLength={4_000}
        value={given.location}
        onInput={(location) => change({ location })}
      />
      <TextArea label={w.says} hint={w.saysHint} rows={3} optional maxLength={8_000} value={given.says} onInput={(says) => change({ says })} />
      <TextArea label={w.why} hint={w.whyHint} rows={4} maxLength={8_000} error={wrong("why")} value={given.why} onInput={(why) => change({ why })} />
      <Choices
        legend={w.articles}
        hint={m.toJudge}
        columns={2}
        values={given.articles}
        options={[...articles.values()].map((article) => ({ value: article.id, title: m.article(article.article, article[language].name) }))}
        onChoose={(ids) => change({ articles: ids })}
      />
      {known.evidence.length > 0 && (
        <Choices
          legend={w.evidence}
          hint={w.evidenceHint}
          values={given.evidence}
          options={known.evidence.map(({ item, name }) => ({ value: item, title: name }))}
          onChoose={(evidence) => change({ evidence })}
        />
      )}
      <section class="stack-medium">
        <h2>{w.who}</h2>
        <Notice>
          <p>{w.whoText}</p>
        </Notice>
        <Field
          label={w.name}
          maxLength={400}
          error={wrong("name")}
          value={given.notifier.name}
          onInput={(name) => change({ notifier: { ...given.notifier, name } })}
        />
        <Field
          type="email"
          label={w.email}
          maxLength={400}
          error={wrong("email")}
          value={given.notifier.email}
          onInput={(email) => change({ notifier: { ...given.notifier, email } })}
        />
        <Choices
          legend={w.exception}
          hint={w.exceptionHint}
          values={given.exception ? ["yes"] : []}
          options={[{ value: "yes", title: w.exceptionOption }]}
          onChoose={(values) => change({ exception: values.length > 0 })}
        />
        <Choices
          legend={w.faith}
          error={wrong("good-faith")}
          values={given.goodFaith ? ["yes"] : []}
          options={[{ value: "yes", title: w.faithOption }]}
          onChoose={(values) => change({ goodFaith: values.length > 0 })}
        />
      </section>
      <SavingLine saving={draft.saving} />
    </SendForm>
  );
}
