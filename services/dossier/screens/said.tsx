/** The smallest pieces an entry is read by: words as they were typed, and label with value. Used by the reading views of every kind. */
import type { JSX } from "preact";

/** Words as typed, line breaks kept; nothing when empty. */
export const Said = ({ words }: { readonly words: string }): JSX.Element | null => (words.trim() === "" ? null : <p class="story">{words}</p>);

/** Label and value; what was left empty is not shown. */
export function Facts({ facts }: { readonly facts: readonly (readonly [label: string, value: string])[] }): JSX.Element | null {
  const told = facts.filter(([, value]) => value.trim() !== "");
  if (told.length === 0) return null;
  return <dl class="facts">{told.map(([label, value], place) => [<dt key={`label-${place}`}>{label}</dt>, <dd key={place}>{value}</dd>])}</dl>;
}
