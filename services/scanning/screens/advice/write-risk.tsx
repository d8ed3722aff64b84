/** The assessment of the risks in and around the home (Regeling lid 4 onder b): rows, many begun from what was seen. Used by the writing of an advice. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Notice, Select, Tag, TextArea, useMessages } from "#services/interface/index.ts";
import { riskDomains, type Likelihood, type ReturnBody, type RiskDomain, type Seriousness } from "#services/scanning/contract/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { en as entryEn } from "#services/scanning/screens/entries/en.ts";
import { nl as entryNl } from "#services/scanning/screens/entries/nl.ts";
import { likelihoodLevels, seriousnessLevels } from "#services/scanning/screens/entries/risk-view.tsx";
import { Facts } from "#services/scanning/screens/entries/said.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { newId } from "#services/scanning/screens/local-id.ts";
import type { RiskRow } from "./draft.ts";
import { Reasons, type PartProps } from "./part.tsx";

const emptyRow = (): RiskRow => ({
  id: newId("r"),
  domain: "wonen",
  scenario: "",
  findings: [],
  seriousness: "medium",
  likelihood: "possible",
  remaining: { seriousness: "low", likelihood: "unlikely" },
});

export function WriteRisk({ m, draft, revise, findings, checked, returned }: PartProps & { readonly returned: ReturnBody | null }): JSX.Element {
  const w = m.risk;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const entry = useMessages({ nl: entryNl, en: entryEn });
  const [open, setOpen] = useState<RiskRow | null>(null);
  const { rows, remainingRisk } = draft.risk;
  const setRows = (by: (rows: readonly RiskRow[]) => RiskRow[]): void => revise((now) => ({ ...now, risk: { ...now.risk, rows: by(now.risk.rows) } }));
  const save = (row: RiskRow): void => {
    setRows((now) => (now.some(({ id }) => id === row.id) ? now.map((one) => (one.id === row.id ? row : one)) : [...now, row]));
    setOpen(null);
  };
  const left = findings.filter(({ finding }) => !rows.some((row) => row.findings.includes(finding.id)));
  const written = (row: RiskRow, place: number): JSX.Element => (
    <li key={row.id} class="scan-risk">
      <p class="row">
        <strong>{entry.riskNumber(place + 1)}</strong> <Tag>{shared.domains[row.domain]}</Tag>
      </p>
      <p class="story">{row.scenario}</p>
      <Facts
        facts={[
          [w.now, entry.nowAfter(shared.seriousness[row.seriousness], shared.likelihood[row.likelihood])],
          [w.after, entry.nowAfter(shared.seriousness[row.remaining.seriousness], shared.likelihood[row.remaining.likelihood])],
        ]}
      />
      <div class="actions">
        <Button look="second" size="small" icon="pencil" label={w.editOf(place + 1)} onPress={() => setOpen(row)}>
          {w.edit}
        </Button>
        <Button look="quiet" size="small" icon="bin" label={w.removeOf(place + 1)} onPress={() => setRows((now) => now.filter(({ id }) => id !== row.id))}>
          {w.remove}
        </Button>
      </div>
    </li>
  );
  return (
    <section class="stack">
      <h2>{w.title}</h2>
      <p>{w.text}</p>
      <Reasons returned={returned} section="risk-assessment" m={m} />
      {checked && rows.length === 0 && <Notice tone="amber" title={w.missing} />}
      {rows.length > 0 && <ol class="plain stack-small">{rows.map(written)}</ol>}
      {open === null ? (
        <div class="actions">
          <Button icon="alert" onPress={() => setOpen(emptyRow())}>
            {w.add}
          </Button>
        </div>
      ) : (
        <RowForm key={open.id} row={open} m={m} onSave={save} onCancel={() => setOpen(null)} />
      )}
      {left.length > 0 && open === null && (
        <section class="stack-small" aria-label={w.findingsLeft}>
          <h3>{w.findingsLeft}</h3>
          <ul class="plain stack-small">
            {left.map(({ finding }) => (
              <li key={finding.id} class="finding">
                <p class="row">
                  <Tag>{shared.domains[finding.domain]}</Tag>
                  <span class="soft small">{shared.seriousness[finding.seriousness]}</span>
                </p>
                <p class="story">{finding.observation}</p>
                <div class="actions">
                  <Button
                    look="second"
                    size="small"
                    label={w.fromFinding(finding.observation)}
                    onPress={() => setOpen({ ...emptyRow(), domain: finding.domain, seriousness: finding.seriousness, findings: [finding.id] })}
                  >
                    {w.fromFindingShort}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
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

/** Seriousness and likelihood beside each other. */
function Weight({
  legend,
  m,
  value,
  onChange,
}: {
  readonly legend: string;
  readonly m: PartProps["m"]["risk"];
  readonly value: { readonly seriousness: Seriousness; readonly likelihood: Likelihood };
  readonly onChange: (part: { readonly seriousness?: Seriousness; readonly likelihood?: Likelihood }) => void;
}): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  return (
    <fieldset>
      <legend class="choice-legend">{legend}</legend>
      <div class="pair">
        <Select
          label={m.seriousness}
          value={value.seriousness}
          options={seriousnessLevels.map((level) => ({ value: level, label: shared.seriousness[level] }))}
          onChoose={(chosen) => {
            const level = seriousnessLevels.find((one) => one === chosen);
            if (level !== undefined) onChange({ seriousness: level });
          }}
        />
        <Select
          label={m.likelihood}
          value={value.likelihood}
          options={likelihoodLevels.map((level) => ({ value: level, label: shared.likelihood[level] }))}
          onChoose={(chosen) => {
            const level = likelihoodLevels.find((one) => one === chosen);
            if (level !== undefined) onChange({ likelihood: level });
          }}
        />
      </div>
    </fieldset>
  );
}

function RowForm({
  row,
  m,
  onSave,
  onCancel,
}: {
  readonly row: RiskRow;
  readonly m: PartProps["m"];
  readonly onSave: (row: RiskRow) => void;
  readonly onCancel: () => void;
}): JSX.Element {
  const w = m.risk;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [value, setValue] = useState(row);
  const [checked, setChecked] = useState(false);
  const change = (part: Partial<RiskRow>): void => setValue((now) => ({ ...now, ...part }));
  return (
    <form
      class="card"
      noValidate
      autocomplete="off"
      aria-label={w.add}
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (value.scenario.trim() !== "") onSave({ ...value, scenario: value.scenario.trim() });
      }}
    >
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
        onChoose={(chosen) => {
          const domain: RiskDomain | undefined = riskDomains.find((one) => one === chosen);
          if (domain !== undefined) change({ domain });
        }}
      />
      <Weight legend={w.now} m={w} value={value} onChange={change} />
      <Weight legend={w.after} m={w} value={value.remaining} onChange={(part) => change({ remaining: { ...value.remaining, ...part } })} />
      <div class="actions">
        <Button type="submit" icon="check">
          {w.save}
        </Button>
        <Button look="quiet" onPress={onCancel}>
          {w.cancel}
        </Button>
      </div>
    </form>
  );
}
