/** A risk assessment to read: seriousness by likelihood as a real table, now and after the measures, and the risks it numbers. Used by the dossier page and the advice page. */
import type { JSX } from "preact";
import { Tag, useMessages } from "#services/interface/index.ts";
import { type Likelihood, type RiskAssessmentBody, type Seriousness } from "#services/scanning/contract/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { Facts } from "./said.tsx";

/** From light to heavy. */
export const seriousnessLevels: readonly Seriousness[] = ["low", "medium", "high"];
export const likelihoodLevels: readonly Likelihood[] = ["unlikely", "possible", "likely"];

/** Where a risk lies. */
interface Placed {
  readonly number: number;
  readonly seriousness: Seriousness;
  readonly likelihood: Likelihood;
}

/** 0 (bottom left) to 4: how heavy a cell weighs, for its tint; the words beside it say it too. */
const weightOf = (seriousness: Seriousness, likelihood: Likelihood): number => seriousnessLevels.indexOf(seriousness) + likelihoodLevels.indexOf(likelihood);

function Matrix({ title, placed }: { readonly title: string; readonly placed: readonly Placed[] }): JSX.Element {
  const m = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  return (
    <table class="matrix">
      <caption>
        {title} <span class="hidden-words">({m.matrix.caption})</span>
      </caption>
      <thead>
        <tr>
          <td />
          {likelihoodLevels.map((likelihood) => (
            <th key={likelihood} scope="col">
              {m.likelihood[likelihood]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {seriousnessLevels.map((seriousness) => (
          <tr key={seriousness}>
            <th scope="row">{m.seriousness[seriousness]}</th>
            {likelihoodLevels.map((likelihood) => {
              const here = placed.filter((one) => one.seriousness === seriousness && one.likelihood === likelihood);
              return (
                <td key={likelihood} data-weight={weightOf(seriousness, likelihood)}>
                  {here.length === 0 ? <span class="hidden-words">{m.matrix.none}</span> : here.map(({ number }) => number).join(", ")}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Both matrices and the list of risks. */
export function RiskView({ body }: { readonly body: RiskAssessmentBody }): JSX.Element {
  const m = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const w = useMessages<Messages>({ nl, en });
  const now = body.rows.map(({ seriousness, likelihood }, place): Placed => ({ number: place + 1, seriousness, likelihood }));
  const after = body.rows.map(({ remaining }, place): Placed => ({ number: place + 1, ...remaining }));
  return (
    <div class="stack-medium">
      <div class="matrices">
        <Matrix title={m.matrix.now} placed={now} />
        <Matrix title={m.matrix.after} placed={after} />
      </div>
      <p class="soft small">{m.matrix.read}</p>
      <ol class="plain stack-medium" aria-label={w.risks}>
        {body.rows.map((row, place) => (
          <li key={row.id} class="scan-risk">
            <p class="row">
              <strong>{w.riskNumber(place + 1)}</strong> <Tag>{m.domains[row.domain]}</Tag>
            </p>
            <p class="story">{row.scenario}</p>
            <Facts
              facts={[
                [w.now, w.nowAfter(m.seriousness[row.seriousness], m.likelihood[row.likelihood])],
                [w.after, w.nowAfter(m.seriousness[row.remaining.seriousness], m.likelihood[row.remaining.likelihood])],
              ]}
            />
          </li>
        ))}
      </ol>
      <Facts facts={[[w.facts.remaining, body.remainingRisk]]} />
    </div>
  );
}
