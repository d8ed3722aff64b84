/** How a token works, drawn: a code is exchanged for a stamped envelope nobody looked into, time passes, and the answers fall into a box with the stamp alone. Ours, one colour and one accent. */
import type { JSX } from "preact";

/** @param label says it in words, for who does not see it. The numbers are those of the four sentences beside it. */
export function AnonymityPicture({ label }: { readonly label: string }): JSX.Element {
  return (
    <svg class="monitor-picture" viewBox="0 0 640 168" role="img" aria-label={label}>
      {/* 1: the invitation with its code */}
      <g class="monitor-line">
        <rect x="24" y="44" width="104" height="76" rx="8" />
        <path d="M24 60l52 34 52-34" />
      </g>
      <path class="monitor-accent" d="M46 134h14M67 134h14M88 134h14" />
      {/* 2: the closed envelope under the stamp */}
      <g class="monitor-line">
        <rect x="192" y="64" width="104" height="56" rx="8" stroke-dasharray="7 6" />
        <path d="M244 20v22M228 42h32v12h-32z" />
      </g>
      <circle class="monitor-accent" cx="244" cy="92" r="15" />
      <path class="monitor-accent" d="M237 92l5 5 9-10" />
      {/* 3: time passes */}
      <g class="monitor-line">
        <circle cx="412" cy="84" r="36" />
        <path d="M412 62v23l15 9" />
      </g>
      <path class="monitor-accent" d="M374 134h10M394 134h3M410 134h16M440 134h6" />
      {/* 4: the box with answers */}
      <g class="monitor-line">
        <path d="M516 78h100v54H516zM508 64h116v14H508z" />
        <path d="M546 64h40" stroke-width="6" />
      </g>
      <g class="monitor-accent">
        <rect x="548" y="22" width="36" height="34" rx="4" />
        <path d="M558 39l6 6 11-12" />
      </g>
      <g class="monitor-line">
        <path d="M140 84h34M167 77l8 7-8 7M308 84h48M349 77l8 7-8 7M460 84h34M487 77l8 7-8 7" />
      </g>
      <g class="monitor-number" aria-hidden="true">
        <text x="76" y="162">
          1
        </text>
        <text x="244" y="162">
          2
        </text>
        <text x="412" y="162">
          3
        </text>
        <text x="566" y="162">
          4
        </text>
      </g>
    </svg>
  );
}
