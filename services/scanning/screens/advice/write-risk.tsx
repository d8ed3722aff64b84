/** The assessment of the risks in and around the home (Regeling lid 4 onder b): rows begun from what was seen, weighed with the table in view. Used by the writing of an advice. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Choices, Notice, Select, Tag, TextArea, useLanguage, useMessages } from "#services/interface/index.ts";
import { riskDomains, type Likelihood, type RiskDomain, type Seriousness } from "#services/scanning/contract/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { en as entryEn } from "#services/scanning/screens/entries/en.ts";
import { nl as entryNl } from "#services/scanning/screens/entries/nl.ts";
import { likelihoodLevels, seriousnessLevels } from "#services/scanning/screens/entries/risk-view.tsx";
import { Facts, More } from "#services/scanning/screens/entries/said.tsx";
import { newId } from "#services/scanning/screens/local-id.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import "./advice.css";
import { ruled, type RiskRow } from "./draft.ts";
import { EditForm, ItemActions } from "./editing.tsx";
import { Reasons, type PartProps } from "./part.tsx";
import { RiskTable, type Weight } from "./risk-table.tsx";

/** A row while it is weighed: how likely, and what is left, only a person says. */
interface OpenRow {
  readonly id: string;
  readonly domain: RiskDomain;
  readonly scenario: string;
  readonly findings: readonly string[];
  readonly now: Weight;
  readonly after: Weight;
}

const unweighed: Weight = { seriousness: null, likelihood: null };
const fresh = (): OpenRow => ({ id: newId("r"), domain: "wonen", scenario: "", findings: [], now: unweighed, after: unweighed });
const opened = (row: RiskRow): OpenRow => ({ ...row, now: { seriousness: row.seriousness, likelihood: row.likelihood }, after: row.remaining });

/** The row as it is kept, or null while something is not chosen. */
function weighedRow({ id, domain, scenario, findings, now, after }: OpenRow): RiskRow | null {
  if (scenario.trim() === "" || now.seriousness === null || now.likelihood === null || after.seriousness === null || after.likelihood === null) return null;
  return {
    id,
    domain,
    scenario: scenario.trim(),
    findings: [...findings],
    seriousness: now.seriousness,
    likelihood: now.likelihood,
    remaining: { seriousness: after.seriousness, likelihood: after.likelihood },
  };
}

export function WriteRisk(props: PartProps): JSX.Element {
  const { m, draft, revise, findings, checked, returned, book } = props;
  const w = m.risk;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const entry = useMessages({ nl: entryNl, en: entryEn });
  const language = useLanguage();
  const [open, setOpen] = useState<OpenRow | null>(null);
  const { rows, remainingRisk } = draft.risk;
  const setRows = (by: (rows: readonly RiskRow[]) => RiskRow[]): void => revise((now) => ({ ...now, risk: { ...now.risk, rows: by(now.risk.rows) } }));
  const save = (row: RiskRow): void => {
    setRows((now) => (now.some(({ id }) => id === row.id) ? now.map((one) => (one.id === row.id ? row : one)) : [...now, row]));
    setOpen(null);
  };
  const weighed = book.weigh(
    rows,
    findings.map(({ finding }) => finding.id),
  );
  const level = (id: string | undefined): string => book.riskTable.levels.find((one) => one.id === id)?.[language] ?? "";
  const suggested = book.rowsToWeigh(findings.map(ruled)).filter(({ id }) => !rows.some((row) => row.id === id));
  const loose = findings.filter(
    ({ finding }) => !rows.some((row) => row.findings.includes(finding.id)) && !suggested.some((row) => row.findings.includes(finding.id)),
  );
  const written = (row: RiskRow, place: number): JSX.Element => {
    const levels = weighed.rows[place];
    return (
      <li key={row.id} class="scan-risk">
        <p class="row">
          <strong>{entry.riskNumber(place + 1)}</strong> <Tag>{shared.domains[row.domain]}</Tag>
        </p>
        <p class="story">{row.scenario}</p>
        <p>
          <strong>{w.level(level(levels?.before), level(levels?.after))}</strong>
        </p>
        <Facts facts={[[w.findings, row.findings.map((id) => numberOf(findings, id)).join(", ")]]} />
        {open?.id === row.id ? (
          <RowForm {...props} row={open} onSave={save} onCancel={() => setOpen(null)} />
        ) : (
          <ItemActions
            actions={[
              { key: "edit", words: w.edit, label: w.editOf(place + 1), icon: "pencil", look: "second", onPress: () => setOpen(opened(row)) },
              {
                key: "remove",
                words: w.remove,
                label: w.removeOf(place + 1),
                icon: "bin",
                onPress: () => setRows((now) => now.filter(({ id }) => id !== row.id)),
              },
            ]}
          />
        )}
      </li>
    );
  };
  const writing = open !== null && rows.every(({ id }) => id !== open.id) ? open : null;
  return (
    <section class="stack">
      <h2>{w.title}</h2>
      <p>{w.text}</p>
      <Reasons returned={returned} section="risk-assessment" m={m} />
      {checked && rows.length === 0 && <Notice tone="amber" title={w.missing} />}
      {writing !== null && <RowForm key={writing.id} {...props} row={writing} onSave={save} onCancel={() => setOpen(null)} />}
      {rows.length > 0 && <ol class="plain stack-small">{rows.map(written)}</ol>}
      {open === null && suggested.length > 0 && (
        <section class="stack-small" aria-label={w.suggested}>
          <h3>{w.suggested}</h3>
          <p class="soft small">{w.suggestedText}</p>
          <ul class="plain stack-small">
            {suggested.map(({ id, domain, scenario, findings: made, seriousness }) => (
              <li key={id} class="finding">
                <p class="row">
                  <Tag>{shared.domains[domain]}</Tag>
                </p>
                <p>{scenario}</p>
                <p class="soft small">{made.map((one) => numberOf(findings, one)).join(" · ")}</p>
                <ItemActions
                  actions={[
                    {
                      key: "begin",
                      words: w.begin,
                      label: w.beginOf(scenario),
                      icon: "alert",
                      look: "second",
                      onPress: () => setOpen({ id, domain, scenario, findings: made, now: { seriousness, likelihood: null }, after: unweighed }),
                    },
                  ]}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {open === null && loose.length > 0 && (
        <section class="stack-small" aria-label={w.findingsLeft}>
          <h3>{w.findingsLeft}</h3>
          <ul class="plain stack-small">
            {loose.map(({ finding }) => (
              <li key={finding.id} class="finding">
                <p class="story">{finding.observation}</p>
                <ItemActions
                  actions={[
                    {
                      key: "begin",
                      words: w.fromFindingShort,
                      label: w.fromFinding(finding.observation),
                      icon: "alert",
                      look: "second",
                      onPress: () =>
                        setOpen({ ...fresh(), domain: finding.domain, findings: [finding.id], now: { seriousness: finding.seriousness, likelihood: null } }),
                    },
                  ]}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {open === null && (
        <div class="actions">
          <Button icon="alert" look="second" onPress={() => setOpen(fresh())}>
            {w.add}
          </Button>
        </div>
      )}
      {rows.length > 0 && <Outcome {...props} weighed={weighed} level={level} />}
      <TextArea
        label={w.remaining}
        optional
        rows={3}
        maxLength={60_000}
        value={remainingRisk}
        onInput={(words) => revise((now) => ({ ...now, risk: { ...now.risk, remainingRisk: words } }))}
      />
    </section>
  );
}

/** `2. De achterdeur…`: a finding in few words. */
function numberOf(findings: PartProps["findings"], id: string): string {
  const place = findings.findIndex(({ finding }) => finding.id === id);
  const words = findings[place]?.finding.observation ?? "";
  return place === -1 ? "" : `${place + 1}. ${words.length > 60 ? `${words.slice(0, 58)}…` : words}`;
}

/** What the weighing comes to, and what a reader will ask about. */
function Outcome({
  m,
  weighed,
  level,
  draft,
}: PartProps & { readonly weighed: ReturnType<PartProps["book"]["weigh"]>; readonly level: (id: string | undefined) => string }): JSX.Element {
  const w = m.risk;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const number = (id: string): number => draft.risk.rows.findIndex((row) => row.id === id) + 1;
  const left = weighed.remarks.filter(({ code }) => code === "finding-not-weighed").length;
  const remarks = weighed.remarks.flatMap((remark) => (remark.code === "finding-not-weighed" ? [] : [w.remarks[remark.code](number(remark.row))]));
  const all = left === 0 ? remarks : [...remarks, w.remarks["finding-not-weighed"](left)];
  return (
    <>
      {all.length > 0 && (
        <Notice tone="amber" title={w.remarksTitle}>
          <ul class="words">
            {all.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Notice>
      )}
      <section class="stack-small" aria-label={w.domains}>
        <h3>{w.domains}</h3>
        <Facts
          facts={riskDomains.flatMap((domain) => {
            const here = weighed.domains[domain];
            return here === undefined ? [] : [[shared.domains[domain], w.nowAfter(level(here.before), level(here.after))] as const];
          })}
        />
      </section>
    </>
  );
}

/** Seriousness and likelihood beside each other. */
function WeightFields({
  legend,
  book,
  m,
  value,
  onChange,
}: {
  readonly legend: string;
  readonly book: PartProps["book"];
  readonly m: PartProps["m"]["risk"];
  readonly value: Weight;
  readonly onChange: (part: { readonly seriousness?: Seriousness | null; readonly likelihood?: Likelihood | null }) => void;
}): JSX.Element {
  const language = useLanguage();
  const none = { value: "", label: m.choose };
  return (
    <fieldset>
      <legend class="choice-legend">{legend}</legend>
      <div class="pair">
        <Select
          label={m.seriousness}
          value={value.seriousness ?? ""}
          options={[none, ...book.riskTable.seriousness.map((one) => ({ value: one.id, label: one[language] }))]}
          onChoose={(chosen) => onChange({ seriousness: seriousnessLevels.find((one) => one === chosen) ?? null })}
        />
        <Select
          label={m.likelihood}
          value={value.likelihood ?? ""}
          options={[none, ...book.riskTable.likelihood.map((one) => ({ value: one.id, label: one[language] }))]}
          onChoose={(chosen) => onChange({ likelihood: likelihoodLevels.find((one) => one === chosen) ?? null })}
        />
      </div>
    </fieldset>
  );
}

function RowForm({
  row,
  m,
  book,
  findings,
  onSave,
  onCancel,
}: PartProps & { readonly row: OpenRow; readonly onSave: (row: RiskRow) => void; readonly onCancel: () => void }): JSX.Element {
  const w = m.risk;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const language = useLanguage();
  const [value, setValue] = useState(row);
  const change = (part: Partial<OpenRow>): void => setValue((now) => ({ ...now, ...part }));
  const kept = weighedRow(value);
  return (
    <EditForm label={w.add} save={w.save} cancel={w.cancel} ready={kept !== null} onSave={() => kept !== null && onSave(kept)} onCancel={onCancel}>
      {(checked) => (
        <>
          <TextArea
            label={w.scenario}
            rows={3}
            maxLength={4_000}
            value={value.scenario}
            error={checked && value.scenario.trim() === "" ? w.scenarioMissing : null}
            onInput={(scenario) => change({ scenario })}
          />
          <Select
            label={w.domain}
            value={value.domain}
            options={riskDomains.map((domain) => ({ value: domain, label: shared.domains[domain] }))}
            onChoose={(chosen) => change({ domain: riskDomains.find((one) => one === chosen) ?? value.domain })}
          />
          <RiskTable
            book={book}
            m={w}
            at={[
              [w.marks.now, value.now],
              [w.marks.after, value.after],
            ]}
          />
          <WeightFields legend={w.now} book={book} m={w} value={value.now} onChange={(part) => change({ now: { ...value.now, ...part } })} />
          <WeightFields legend={w.after} book={book} m={w} value={value.after} onChange={(part) => change({ after: { ...value.after, ...part } })} />
          {checked && kept === null && value.scenario.trim() !== "" && <Notice tone="amber" title={w.weightMissing} live />}
          <More title={w.means}>
            <Facts
              facts={[...book.riskTable.seriousness, ...book.riskTable.likelihood, ...book.riskTable.levels].map((one) => [one[language], one.means] as const)}
            />
          </More>
          {findings.length > 0 && (
            <Choices
              legend={w.findings}
              values={value.findings}
              options={findings.map(({ finding }, place) => ({ value: finding.id, title: `${place + 1}. ${finding.observation}` }))}
              onChoose={(ids) => change({ findings: ids })}
            />
          )}
        </>
      )}
    </EditForm>
  );
}
