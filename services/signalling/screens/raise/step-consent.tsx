/** The last step: one plain sentence per desk, whether an employer may read along, until when, and the one signature. Drawn by raise-page.tsx. */
import type { JSX } from "preact";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import { Choices, Field, Icon, Notice } from "#services/interface/index.ts";
import type { Messages } from "./nl.ts";
import type { Road } from "./road.ts";

interface Props {
  readonly m: Messages;
  readonly road: Road;
  readonly items: number;
  /** Last day, `YYYY-MM-DD`. */
  readonly until: string;
  readonly wrong: boolean;
  readonly onUntil: (day: string) => void;
  readonly helpers: readonly string[];
  readonly onHelpers: (desks: readonly string[]) => void;
}

export function StepConsent({ m, road, items, until, wrong, onUntil, helpers, onHelpers }: Props): JSX.Element {
  const w = m.consent;
  const what = w.what(items);
  const day = wrong ? new Date().toISOString() : `${until}T12:00:00Z`;
  // The pieces go to who starts; a next team gets them when the person says so then.
  const sentence = (role: Road["stops"][number]["role"], name: string): string => {
    if (role === "police") return w.police(name, what, day);
    if (role === "prosecution") return road.around ? w.prosecutionAround(name, what, day) : w.prosecution(name, day);
    return w["chief-prosecutor"](name, day);
  };
  return (
    <div class="stack">
      <ul class="signal-desks">
        {road.stops.map(({ role, desk }) =>
          desk === null ? null : (
            <li key={role} class="signal-desk">
              <Icon name="key" />
              <div class="stack-small">
                <p>{sentence(role, desk.name)}</p>
                <Members m={m} desk={desk} />
              </div>
            </li>
          ),
        )}
      </ul>
      {items > 0 && <p class="soft">{w.later}</p>}
      {road.helpers.length > 0 && (
        <Choices
          legend={w.helpers}
          hint={w.helpersHint}
          options={road.helpers.map(({ desk, why }) => ({ value: desk.id, title: desk.name, text: w[why] }))}
          values={helpers}
          onChoose={onHelpers}
        />
      )}
      <Field type="date" narrow label={w.until} value={until} error={wrong ? w.untilWrong : null} onInput={onUntil} />
      <Notice>
        <p>{w.back}</p>
      </Notice>
    </div>
  );
}

/** Who is in a desk, for whoever wants to know. */
function Members({ m, desk }: { readonly m: Messages; readonly desk: VerifiedDesk }): JSX.Element {
  const { members } = desk.roster;
  return (
    <details class="small">
      <summary>
        {m.consent.who} {m.consent.members(members.length)}
        <span class="hidden-words">: {desk.name}</span>
      </summary>
      <ul class="words">
        {members.map(({ person, name, office }) => (
          <li key={person}>
            {name}, {office}
          </li>
        ))}
      </ul>
    </details>
  );
}
