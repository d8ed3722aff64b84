/** How one entry of a set reads in the story: short, since the words themselves stand on their own pages. Drawn by the dossier page through `register.tsx`. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { EntryProps } from "#services/dossier/screens/kinds.ts";
import { Said } from "#services/dossier/screens/said.tsx";
import { ErrorState, useMessages } from "#services/interface/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { openEntries, type OpenedEntry } from "#services/parliament/client/index.ts";
import type { SetContent } from "#services/parliament/contract/set.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** Every entry of a set is opened once for the whole story, not once for each line of it: a set has a hundred of them. */
const opened = new WeakMap<DossierHandle, { readonly last: number; readonly entries: Promise<readonly OpenedEntry[]> }>();
function entriesOf(handle: DossierHandle): Promise<readonly OpenedEntry[]> {
  const { lastSeq } = handle.view;
  const known = opened.get(handle);
  if (known?.last === lastSeq) return known.entries;
  const entries = openEntries(handle);
  opened.set(handle, { last: lastSeq, entries });
  return entries;
}

export function SetEntry({ handle, entry }: EntryProps): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const [content, setContent] = useState<SetContent | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    entriesOf(handle).then((all) => setContent(all.find(({ seq }) => seq === entry.seq)?.content ?? null), setError);
  }, [handle, entry]);
  if (error !== null) return <ErrorState error={error} />;
  if (content === null) return null;
  return <Said words={wordsOf(content, m)} />;
}

function wordsOf({ kind, body }: SetContent, m: Messages): string {
  switch (kind) {
    case "question-set":
      return body.read.subject ?? body.read.title ?? "";
    case "mend":
      return body.reason;
    case "co-signing":
      return `${body.ministry.name} (${body.ministry.minister})`;
    case "assignment":
      return body.owners.map(({ name, questions }) => `${name}: ${m.onQuestions(questions)}`).join("\n");
    case "fact-request":
      return `${body.to.name}: ${body.asked}`;
    case "fact-answer":
      return body.outcome === "not-needed" ? m.factStates["not-needed"] : m.factStates[body.outcome];
    case "draft":
      return m.onQuestions(body.drafts.map(({ question }) => question));
    case "note":
      return body.parts.map(({ section }) => m.sections[section] ?? section).join(", ");
    case "comment":
      return body.text;
    case "submission":
    case "initial":
    case "presentation":
    case "decision":
    case "sending":
      return body.words;
    case "verdict":
      return [m.verdicts[body.verdict], body.reason, ...body.changes.map(({ text }) => text)].filter((part) => part !== "").join(". ");
    case "return":
    case "withdrawal":
      return body.reason;
    case "signature":
      return body.documents.map(({ name }) => name).join(", ");
    case "publication":
      return body.documents.map(({ address }) => address).join("\n");
    case "postponement":
      return body.reasons;
    case "message":
      return body.text;
  }
}
