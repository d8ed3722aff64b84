/** What can be pressed: buttons, links that look like them, and links inside the app. Any screen may use them. */
import type { ComponentChildren, JSX } from "preact";
import { navigate } from "./address.ts";
import { Icon, type IconName } from "./icons.tsx";

/** `first`: the one thing to do. `second`: also possible. `quiet`: a way out. `final`: cannot be undone. */
export type ButtonLook = "first" | "second" | "quiet" | "final" | "emergency";

interface Looks {
  readonly look?: ButtonLook | undefined;
  readonly size?: "normal" | "small" | undefined;
  readonly icon?: IconName | undefined;
  /** Icon after the words (for going on) instead of before them. */
  readonly iconLast?: boolean | undefined;
  readonly children: ComponentChildren;
}

interface ButtonProps extends Looks {
  readonly onPress?: (() => void) | undefined;
  readonly type?: "button" | "submit" | undefined;
  /** Says that it is working; the button keeps its place and focus and does nothing meanwhile. */
  readonly busy?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly label?: string | undefined;
  /** Of a button that shows and hides what comes after it. */
  readonly expanded?: boolean | undefined;
}

const Words = ({ icon, iconLast, children }: Looks): JSX.Element => (
  <>
    {icon !== undefined && iconLast !== true && <Icon name={icon} size={22} />}
    <span>{children}</span>
    {icon !== undefined && iconLast === true && <Icon name={icon} size={22} />}
  </>
);

/** A button. Disabled and busy buttons stay focusable, so that a keyboard never loses its place. */
export function Button(props: ButtonProps): JSX.Element {
  const still = props.busy === true || props.disabled === true;
  return (
    <button
      type={props.type ?? "button"}
      class="button"
      data-look={props.look ?? "first"}
      data-size={props.size ?? "normal"}
      aria-disabled={still ? "true" : undefined}
      aria-busy={props.busy === true ? "true" : undefined}
      aria-label={props.label}
      aria-expanded={props.expanded}
      onClick={(event) => {
        if (still) event.preventDefault();
        else props.onPress?.();
      }}
    >
      <Words icon={props.icon} iconLast={props.iconLast}>
        {props.children}
      </Words>
    </button>
  );
}

/** Follows a link inside the app without loading the page anew; with a modifier key the browser does what it always does. */
function follow(event: MouseEvent, to: string): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  navigate(to);
}

/** A link to another page of the app. `onPress` runs before going: what the next page should know and the address must not tell. */
export function Link({
  to,
  children,
  class: className,
  first,
  onPress,
}: {
  readonly to: string;
  readonly children: ComponentChildren;
  readonly class?: string | undefined;
  readonly first?: boolean | undefined;
  readonly onPress?: (() => void) | undefined;
}): JSX.Element {
  return (
    <a
      href={to}
      class={className}
      data-first={first === true ? "" : undefined}
      onClick={(event) => {
        onPress?.();
        follow(event, to);
      }}
    >
      {children}
    </a>
  );
}

/** A link that looks like a button; `to` inside the app, or `tel:` and `mailto:` as they are. */
export function ButtonLink(props: Looks & { readonly to: string; readonly label?: string | undefined }): JSX.Element {
  const inside = props.to.startsWith("/");
  return (
    <a
      href={props.to}
      class="button"
      data-look={props.look ?? "first"}
      data-size={props.size ?? "normal"}
      aria-label={props.label}
      onClick={inside ? (event) => follow(event, props.to) : undefined}
    >
      <Words icon={props.icon} iconLast={props.iconLast}>
        {props.children}
      </Words>
    </a>
  );
}
