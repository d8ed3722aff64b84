/** The bar's way in: to signing in, or to the work, the dossiers and the account of whoever is signed in. Drawn by apps/web in the frame; small, for it loads with every page. */
import type { JSX } from "preact";
import { Icon, Link, useInterfaceMessages, type IconName } from "#services/interface/index.ts";
import { useSession } from "./session.ts";

/** One link of the bar; on a phone the icon stands alone and the words are its name. `wide`: only where the bar has room. */
const BarLink = ({
  to,
  icon,
  words,
  wide = false,
}: {
  readonly to: string;
  readonly icon: IconName;
  readonly words: string;
  readonly wide?: boolean;
}): JSX.Element => (
  <Link to={to} class={wide ? "bar-item bar-wide" : "bar-item"}>
    <Icon name={icon} size={22} />
    <span class="bar-words">{words}</span>
  </Link>
);

/** Nobody signed in: one link to sign in. A guest: their dossier. A desk member: work and account. An office-holder: dossiers and account. */
export function SignedIn(): JSX.Element {
  const m = useInterfaceMessages();
  const session = useSession();
  if (session === null) return <BarLink to="/inloggen" icon="key" words={m.signIn} />;
  if (session.guest) return <BarLink to="/terug" icon="message" words={m.mine} />;
  return (
    <>
      {session.desks.length > 0 ? <BarLink to="/werk" icon="list" words={m.work} /> : <BarLink to="/terug" icon="message" words={m.mine} />}
      <BarLink to="/account" icon="person" words={m.account} wide />
    </>
  );
}

/** The account once more, in the foot of the page: a phone's bar has no room for it. Nothing for a guest or when nobody is signed in. */
export function AccountLink(): JSX.Element | null {
  const m = useInterfaceMessages();
  const session = useSession();
  return session === null || session.guest ? null : (
    <Link to="/account" class="foot-narrow">
      {m.account}
    </Link>
  );
}
