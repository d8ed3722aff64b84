/** What to do with messages that vanish, short and calm. Stands wherever evidence is added. */
import type { JSX } from "preact";
import { useMessages } from "#services/interface/index.ts";
import "./acting.css";
import { en } from "./vanishing-en.ts";
import { nl, type Messages } from "./vanishing-nl.ts";

export function Vanishing(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <details class="acting-more">
      <summary>{m.title}</summary>
      <div class="stack-small">
        <p>{m.lead}</p>
        <ul class="words">
          {m.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
        <p class="soft">{m.help}</p>
      </div>
    </details>
  );
}
