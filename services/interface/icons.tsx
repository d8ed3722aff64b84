/** The mark and the small line drawings, all our own, one colour, drawn with the text's colour. They are decoration: words always stand beside them. */
import type { JSX } from "preact";

const shapes = {
  phone: "M6.5 3.5h3l1.6 4.2-2 1.6a12 12 0 0 0 5.6 5.6l1.6-2 4.2 1.6v3a2 2 0 0 1-2.2 2A16.8 16.8 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2z",
  arrow: "M5 12h14M13 6l6 6-6 6",
  back: "M19 12H5M11 6l-6 6 6 6",
  leave: "M14 4h5v16h-5M4 12h10M10 8l4 4-4 4",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 1.8",
  file: "M7 3.5h7l4 4V20.5H7zM14 3.5v4h4",
  camera: "M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 10.2a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6z",
  cross: "M6 6l12 12M18 6L6 18",
  alert: "M12 4.5L21 19.5H3zM12 10v4.5M12 17v.2",
  info: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 11v5M12 8v.2",
  home: "M4 11.5L12 5l8 6.5M6.5 10v9.5h11V10",
  message: "M4 5h16v11h-9l-4.5 4v-4H4z",
  person: "M12 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM5 20c0-4 3-6.5 7-6.5s7 2.5 7 6.5",
  people: "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 19c0-3.3 2.5-5.4 6-5.4s6 2.1 6 5.4M15.5 5.4a3 3 0 0 1 0 5.3M17.5 14c2.2.7 3.5 2.5 3.5 5",
  pin: "M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11zM12 7.8a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z",
  key: "M8 9a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11.5 11.5L19.5 4M16 7.5l2.5 2.5",
  print: "M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6H7z",
  copy: "M9 8h11v12H9zM15 8V4H4v12h5",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  bin: "M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13",
  pencil: "M5 19l1-4L16.5 4.5l3 3L9 18z",
  shield: "M12 3.5l7 2.5v5.5c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6z",
  down: "M6 9.5l6 6 6-6",
  theme: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.2M4 12h.2M4 18h.2",
} as const;

export type IconName = keyof typeof shapes;

/** One icon, 24 px unless told otherwise, hidden from screen readers. */
export function Icon({ name, size = 24, class: className }: { readonly name: IconName; readonly size?: number; readonly class?: string }): JSX.Element {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      class={className}
    >
      <path d={shapes[name]} />
    </svg>
  );
}

/** The sign of Rugdekking: a roof line with a person under it. */
export function Mark({ size = 32 }: { readonly size?: number }): JSX.Element {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      stroke-width="3"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d="M3 15.5 16 4l13 11.5" />
      <circle cx="16" cy="16" r="3.6" fill="currentColor" stroke="none" />
      <path d="M8.5 28c0-4.6 3.2-7.2 7.5-7.2s7.5 2.6 7.5 7.2" />
    </svg>
  );
}
