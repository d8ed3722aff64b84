/** The step of where: the home municipality, and with it the way of the signal explained by article and the desks that stand on it. Drawn by raise-page.tsx. */
import type { JSX } from "preact";
import { ButtonLink, Choice, ErrorState, Icon, Notice, Skeleton, useLanguage } from "#services/interface/index.ts";
import { reasonsOf, routeOf } from "./draft.ts";
import type { Messages } from "./nl.ts";
import type { Road } from "./road.ts";
import { PlaceField, type StepProps } from "./step-who.tsx";

/** What was found of the desks; null while looking. */
export interface FoundRoad {
  readonly road: Road | null;
  readonly error: unknown;
  readonly again: () => void;
}

export function StepWhere({ m, draft, change, checked, found }: StepProps & { readonly found: FoundRoad }): JSX.Element {
  const w = m.where;
  return (
    <div class="stack">
      <Choice
        legend={w.target}
        error={checked && draft.target === null ? w.targetMissing : null}
        options={(["self", "family", "both"] as const).map((value) => ({ value, title: w.targets[value] }))}
        value={draft.target}
        onChoose={(target) => change({ target })}
      />
      <PlaceField
        place={draft.home}
        label={w.home}
        hint={w.homeHint}
        missing={checked ? w.homeMissing : null}
        kinds={["municipality"]}
        another={m.who.another}
        onChoose={(home) => change({ home })}
      />
      <div aria-live="polite">{draft.home !== null && <Way m={m} draft={draft} found={found} />}</div>
    </div>
  );
}

/** The way in one or two sentences, and who stands on it. */
function Way({ m, draft, found: { road, error, again } }: Pick<StepProps, "m" | "draft"> & { readonly found: FoundRoad }): JSX.Element | null {
  const w = m.where;
  const language = useLanguage();
  const way = routeOf(draft);
  if (way === null) return null;
  const reasons = reasonsOf(way, draft);
  const articles = [...new Set(reasons.flatMap(({ article }) => (article === null ? [] : [article])))];
  return (
    <section class="card stack-medium" aria-label={w.route}>
      <h2>{w.route}</h2>
      {reasons.map(({ words }) => (
        <p key={words.nl}>{words[language]}</p>
      ))}
      {articles.length > 0 && <p class="soft small">{w.why(new Intl.ListFormat(language, { type: "conjunction" }).format(articles))}.</p>}
      {error !== null && <ErrorState error={error} onRetry={again} />}
      {error === null && road === null && (
        <>
          <p class="soft">{w.looking}</p>
          <Skeleton lines={3} />
        </>
      )}
      {road !== null && <Desks m={m} road={road} />}
    </section>
  );
}

function Desks({ m, road }: { readonly m: Messages; readonly road: Road }): JSX.Element {
  const w = m.where;
  const roles = road.around ? w.rolesAround : w.roles;
  const missing = road.stops.filter(({ desk }) => desk === null);
  return (
    <>
      <ul class="signal-desks">
        {road.stops.map(({ role, desk }) => (
          <li key={role} class="signal-desk">
            <Icon name={desk === null ? "info" : "check"} />
            <span>
              <strong>{desk?.name ?? w.notHere}</strong>
              <br />
              <span class="soft">{roles[role]}</span>
            </span>
          </li>
        ))}
      </ul>
      {missing.length === 0 && <p class="soft small">{w.verified}</p>}
      {missing.length > 0 && (
        <Notice tone="amber" title={w.missingTitle} live>
          <p>{w.missing}</p>
          <p>{road.around ? w.missingAround : w.missingPolice}</p>
          {!road.around && <p>{w.missingOm}</p>}
          <div class="actions">
            <ButtonLink to="tel:09008844" look="second" size="small" icon="phone">
              {w.callPolice}
            </ButtonLink>
          </div>
        </Notice>
      )}
    </>
  );
}
