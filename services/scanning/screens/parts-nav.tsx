/** Big buttons for the parts of a long page, each with how far it is; one part stands open. Used by the visit and the writing of the advice. */
import type { JSX } from "preact";
import { Icon } from "#services/interface/index.ts";
import "./scan.css";

/** One part. */
export interface Part<K extends string> {
  readonly key: K;
  readonly name: string;
  /** How far it is, in words. */
  readonly state: string;
  readonly done: boolean;
  /** Something here waits for the writer (the authority's reasons). */
  readonly attention?: boolean;
}

export function PartsNav<K extends string>({
  label,
  parts,
  now,
  onGo,
}: {
  readonly label: string;
  readonly parts: readonly Part<K>[];
  readonly now: K;
  readonly onGo: (key: K) => void;
}): JSX.Element {
  return (
    <nav aria-label={label}>
      <ol class="parts">
        {parts.map(({ key, name, state, done, attention }) => (
          <li key={key}>
            <button
              type="button"
              class="part"
              aria-current={key === now ? "step" : undefined}
              data-attention={attention === true ? "" : undefined}
              onClick={() => onGo(key)}
            >
              <span class="part-name">{name}</span>
              <span class="part-state">
                {attention === true ? <Icon name="alert" size={18} /> : done ? <Icon name="check" size={18} /> : null}
                {state}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
