/** A team's roster as the signed history it is: every key, who signed for it, who came and who left. Used by the manage page. */
import type { JSX } from "preact";
import type { OpenDesk } from "#services/directory/client/session.ts";
import { useLanguage, useMessages, type Language } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

type Link = OpenDesk["history"][number];
type Member = OpenDesk["roster"]["members"][number];

const namesOf = (members: readonly Member[], language: Language): string =>
  new Intl.ListFormat(language, { type: "conjunction" }).format(members.map(({ name }) => name));

/** What changed between two rosters, in sentences. */
function changes(now: Link, before: Link | undefined, m: Messages, language: Language): readonly string[] {
  if (before === undefined) return [m.began(namesOf(now.roster.members, language))];
  const old = new Map(before.roster.members.map((member) => [member.person, member]));
  const present = new Set(now.roster.members.map(({ person }) => person));
  const joined = now.roster.members.filter(({ person }) => !old.has(person));
  const left = before.roster.members.filter(({ person }) => !present.has(person));
  const changed = now.roster.members.filter((member) => {
    const was = old.get(member.person);
    return was !== undefined && (was.lead !== member.lead || was.name !== member.name || was.office !== member.office);
  });
  const said = [
    joined.length === 0 ? "" : m.joined(namesOf(joined, language)),
    left.length === 0 ? "" : m.left(namesOf(left, language)),
    changed.length === 0 ? "" : m.changed(namesOf(changed, language)),
  ].filter((line) => line !== "");
  return said.length === 0 ? [m.renewed] : said;
}

/** Newest key first. */
export function History({ desk }: { readonly desk: OpenDesk }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const nameOf = (link: Link, before: Link | undefined): string =>
    before === undefined ? m.registrar : (before.roster.members.find(({ person }) => person === link.roster.by)?.name ?? m.formerLead);
  return (
    <section class="section">
      <h2>{m.history}</h2>
      <p class="soft">{m.historyText}</p>
      <ol class="epochs" reversed>
        {desk.history
          .map((link, place) => ({ link, before: desk.history[place - 1] }))
          .toReversed()
          .map(({ link, before }) => (
            <li key={link.hash}>
              <p>
                <strong>{m.epoch(link.roster.epoch)}</strong>
              </p>
              {changes(link, before, m, language).map((line) => (
                <p key={line}>{line}</p>
              ))}
              <p class="soft small">{m.signed(nameOf(link, before), link.roster.at)}</p>
            </li>
          ))}
      </ol>
    </section>
  );
}
