/** The conditions of the claim, one by one, with article and state: as a list for the person, as a table for a desk and in the dossier. Used by the request, the desk's form and the story. */
import type { JSX } from "preact";
import { Icon, Tag, useLanguage, useMessages, type IconName } from "#services/interface/index.ts";
import type { WeighedConditions } from "#services/scanning/contract/index.ts";
import { DataTable } from "#services/scanning/screens/table.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** One condition as it is shown; a recorded one has no things to do beside it. */
export type Shown = WeighedConditions["conditions"][number] & {
  /** What has to be done for it, in words. */
  readonly todo?: readonly { readonly nl: string; readonly en: string }[];
};

const icons: Readonly<Record<Shown["state"], IconName>> = { met: "check", "by-exception": "check", "not-met": "clock", "not-known": "info" };
const tones = { met: "accent", "by-exception": "accent", "not-met": "amber", "not-known": undefined } as const;

/** For the person: a sentence each, its article small beneath, and what can be done about it. */
export function ConditionList({ conditions, label }: { readonly conditions: readonly Shown[]; readonly label: string }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  return (
    <ul class="conditions" aria-label={label}>
      {conditions.map((one) => (
        <li key={`${one.article} ${one.en}`} data-state={one.state}>
          <span class="condition-mark">
            <Icon name={one.final ? "cross" : icons[one.state]} size={18} />
            <span class="hidden-words">{one.final ? m.final : m.states[one.state]}: </span>
          </span>
          <div>
            <p>{one[language]}</p>
            {(one.todo ?? []).map((what) => (
              <p key={what.en} class="condition-todo">
                <Icon name="arrow" size={18} /> <span>{what[language]}</span>
              </p>
            ))}
            <p class="soft small">{one.article}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** For a desk and in the story: sentence, article, state. */
export function ConditionTable({ conditions }: { readonly conditions: readonly Omit<Shown, "todo">[] }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  return (
    <DataTable
      caption={m.caption}
      rows={conditions}
      rowKey={(one) => `${one.article} ${one.en}`}
      columns={[
        { key: "what", name: m.condition, cell: (one) => one[language] },
        { key: "article", name: m.article, cell: (one) => <span class="small">{one.article}</span> },
        {
          key: "state",
          name: m.state,
          cell: (one) => (
            <Tag tone={tones[one.state]} icon={one.final ? "cross" : icons[one.state]}>
              {one.final ? m.final : m.states[one.state]}
            </Tag>
          ),
        },
      ]}
    />
  );
}
