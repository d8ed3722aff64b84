/** The steps of preparing a complaint, one form each: the seven W's, who and where, articles, files. Used by the complaint page. */
import type { JSX } from "preact";
import { articles, type Article } from "#registers/articles/index.ts";
import { functions } from "#registers/functions/index.ts";
import { officeFunctions, type OfficeFunction } from "#services/dossier/contract/bodies.ts";
import { Choice, Choices, Field, Notice, Select, TextArea, useLanguage } from "#services/interface/index.ts";
import { heavierFor, type EvidenceItem } from "#services/reporting/acting/index.ts";
import { questionIds, type ComplaintPreparation, type ConsideredArticle } from "#services/reporting/contract/preparation.ts";
import type { Messages } from "./nl.ts";

interface StepProps {
  readonly given: ComplaintPreparation;
  readonly change: (part: Partial<ComplaintPreparation>) => void;
  readonly m: Messages;
}

/** The seven W's. */
export function StepQuestions({ given, change, m, suggested }: StepProps & { readonly suggested: boolean }): JSX.Element {
  return (
    <div class="stack">
      {suggested && (
        <Notice>
          <p>{m.complaint.suggested}</p>
        </Notice>
      )}
      {questionIds.map((id) => (
        <TextArea
          key={id}
          label={m.complaint.questions[id].label}
          hint={m.complaint.questions[id].hint}
          rows={id === "what" ? 8 : 3}
          optional
          maxLength={id === "what" ? 40_000 : 8_000}
          value={given.answers[id]}
          onInput={(text) => change({ answers: { ...given.answers, [id]: text } })}
        />
      ))}
    </div>
  );
}

const isFunction = (value: string): value is OfficeFunction => officeFunctions.some((one) => one === value);

/** Who files, for whom, and which address stands in the complaint. */
export function StepWho({ given, change, m }: StepProps): JSX.Element {
  const w = m.complaint;
  const language = useLanguage();
  const { person, filer, domicile } = given;
  const line = { maxLength: 400, optional: true } as const;
  return (
    <div class="stack">
      <Choice
        legend={w.by}
        value={given.by}
        options={(["employer", "office-holder"] as const).map((value) => ({ value, ...w.byOptions[value] }))}
        onChoose={(by) => change({ by })}
      />
      <Field {...line} label={w.name} value={person.name} onInput={(name) => change({ person: { ...person, name } })} />
      <Select
        label={w.function}
        hint={w.functionHint}
        value={person.function ?? ""}
        options={[{ value: "", label: m.functionNone }, ...officeFunctions.map((value) => ({ value, label: functions.get(value)?.[language] ?? value }))]}
        onChoose={(value) => change({ person: { ...person, function: isFunction(value) ? value : null } })}
      />
      <Field {...line} label={w.organisation} value={person.organisation} onInput={(organisation) => change({ person: { ...person, organisation } })} />
      {given.by === "employer" && (
        <>
          <Field {...line} label={w.filer} value={filer.name} onInput={(name) => change({ filer: { ...filer, name } })} />
          <Field {...line} label={w.filerOffice} value={filer.office} onInput={(office) => change({ filer: { ...filer, office } })} />
        </>
      )}
      <section class="stack-medium">
        <h2>{w.domicileTitle}</h2>
        <Notice tone="amber">
          <p>{w.domicileText}</p>
        </Notice>
        <Field {...line} label={w.domicileName} value={domicile.name} onInput={(name) => change({ domicile: { ...domicile, name } })} />
        <Field {...line} label={w.domicileAddress} value={domicile.address} onInput={(address) => change({ domicile: { ...domicile, address } })} />
        <Field {...line} label={w.domicilePlace} value={domicile.place} onInput={(place) => change({ domicile: { ...domicile, place } })} />
        <Field {...line} label={w.contact} hint={w.contactHint} value={given.contact} onInput={(contact) => change({ contact })} />
      </section>
      <Notice title={w.vptTitle}>
        <p>{w.vpt}</p>
      </Notice>
    </div>
  );
}

/** Which articles to lay beside the facts, and which elements the person sees. */
export function StepArticles({ given, change, m, beyond }: StepProps & { readonly beyond: boolean }): JSX.Element {
  const w = m.complaint;
  const language = useLanguage();
  const chosen = new Map(given.articles.map((one) => [one.id, one]));
  const put = (one: ConsideredArticle): void => change({ articles: given.articles.map((other) => (other.id === one.id ? one : other)) });
  return (
    <div class="stack">
      <Notice tone="amber" title={m.toJudge}>
        <p>{w.judge}</p>
      </Notice>
      <Choices
        legend={w.articles}
        hint={w.articlesHint}
        columns={2}
        values={[...chosen.keys()]}
        options={[...articles.values()].map((article) => ({ value: article.id, title: m.article(article.article, article[language].name) }))}
        onChoose={(ids) => change({ articles: ids.map((id) => chosen.get(id) ?? { id, elements: [], note: "" }) })}
      />
      {[...articles.values()].map((article) => {
        const one = chosen.get(article.id);
        return one === undefined ? null : <Elements key={article.id} article={article} chosen={one} given={given} put={put} m={m} />;
      })}
      {beyond && (
        <Notice>
          <p>{w.beyond}</p>
        </Notice>
      )}
      <Choice
        legend={w.request}
        hint={w.requestHint}
        columns={2}
        value={given.prosecution ? "yes" : "no"}
        options={(["yes", "no"] as const).map((value) => ({ value, title: w.requestOptions[value] }))}
        onChoose={(value) => change({ prosecution: value === "yes" })}
      />
    </div>
  );
}

function Elements({
  article,
  chosen,
  given,
  put,
  m,
}: {
  readonly article: Article;
  readonly chosen: ConsideredArticle;
  readonly given: ComplaintPreparation;
  readonly put: (one: ConsideredArticle) => void;
  readonly m: Messages;
}): JSX.Element {
  const w = m.complaint;
  const words = article[useLanguage()];
  const heavier = heavierFor(article, given.person.function);
  return (
    <section class="card" aria-label={m.article(article.article, words.name)}>
      <h2>{m.article(article.article, words.name)}</h2>
      <Choices
        legend={w.elements(article.article)}
        values={chosen.elements}
        options={article.elements.map((value) => ({ value, title: words.elements[value] ?? value }))}
        onChoose={(elements) => put({ ...chosen, elements })}
      />
      <dl class="facts">
        {words.limits !== "" && [<dt key="limits-label">{w.limits}</dt>, <dd key="limits">{words.limits}</dd>]}
        {words.open !== "" && [<dt key="open-label">{w.open}</dt>, <dd key="open">{words.open}</dd>]}
      </dl>
      {heavier !== null && <p class="soft">{w.heavier[heavier]}</p>}
      <TextArea label={w.elementNote(article.article)} rows={2} optional maxLength={1_000} value={chosen.note} onInput={(note) => put({ ...chosen, note })} />
    </section>
  );
}

/** Which files are named in the list of evidence. */
export function StepFiles({ given, change, m, evidence }: StepProps & { readonly evidence: readonly EvidenceItem[] }): JSX.Element {
  const w = m.complaint;
  if (evidence.length === 0) return <p>{w.evidenceNone}</p>;
  return (
    <Choices
      legend={w.evidence}
      values={given.evidence}
      options={evidence.map(({ item, name, received }) => ({ value: item, title: name, text: w.file(received) }))}
      onChoose={(items) => change({ evidence: items })}
    />
  );
}
