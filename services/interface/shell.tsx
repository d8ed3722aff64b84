/** The frame round every page: 112, "Snel weg", language; footer with appearance. apps/web draws it once; slots let it add the demonstration bar and the sign-in state. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Link } from "./controls.tsx";
import { Notice } from "./blocks.tsx";
import { followFaults } from "./faults.ts";
import { Icon, Mark } from "./icons.tsx";
import { chooseLanguage, useLanguage } from "./language.ts";
import { leave, leaveByKey } from "./leave.ts";
import { keepFocus } from "./lost-focus.ts";
import { useInterfaceMessages } from "./messages.ts";
import { useStore } from "./store.ts";
import { chooseTheme, theme } from "./theme.ts";

/** "Snel weg". */
export function QuickLeave(): JSX.Element {
  const m = useInterfaceMessages();
  useEffect(() => leaveByKey(), []);
  return (
    <button type="button" class="bar-item bar-leave" aria-label={m.leaveLabel} aria-describedby="leave-keys" title={m.leaveKeys} onClick={() => void leave()}>
      <Icon name="leave" size={20} />
      <span>{m.leave}</span>
      <span class="hidden-words" id="leave-keys">
        {m.leaveKeys}
      </span>
    </button>
  );
}

/** The other language, named in that language. */
export function LanguageSwitch(): JSX.Element {
  const m = useInterfaceMessages();
  const other = useLanguage() === "nl" ? "en" : "nl";
  return (
    <button type="button" class="bar-item" lang={other} aria-label={`${m.otherLanguageShort}: ${m.otherLanguageLabel}`} onClick={() => chooseLanguage(other)}>
      {m.otherLanguageShort}
    </button>
  );
}

/**
 * First thing a keyboard meets. It moves the focus itself: a fragment in the address would be one more step in the tab's history that "Snel weg" does not know of, and pages that get a code behind the `#`
 * would take it for one.
 */
export function SkipLink(): JSX.Element {
  const m = useInterfaceMessages();
  return (
    <a
      class="skip-link"
      href="#main"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById("main")?.focus();
      }}
    >
      {m.skip}
    </a>
  );
}

/** Light, dark, as the device: one button that goes round. */
export function ThemeSwitch(): JSX.Element {
  const m = useInterfaceMessages();
  const now = useStore(theme);
  const next = { device: "dark", dark: "light", light: "device" } as const;
  return (
    <button type="button" class="link" onClick={() => chooseTheme(next[now])}>
      {m.theme}: {m.themes[now]}
    </button>
  );
}

function Offline(): JSX.Element | null {
  const m = useInterfaceMessages();
  const [online, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const tell = (): void => setOnline(navigator.onLine);
    addEventListener("online", tell);
    addEventListener("offline", tell);
    return () => {
      removeEventListener("online", tell);
      removeEventListener("offline", tell);
    };
  }, []);
  return online ? null : (
    <div class="column">
      <Notice tone="amber" live>
        {m.offline}
      </Notice>
    </div>
  );
}

/** @param above a bar over everything (the demonstration's); @param person the way to sign in, or to what belongs to whoever is signed in; stands in the bar; @param foot first link of the footer. */
export function Shell({
  above,
  person,
  foot,
  children,
}: {
  readonly above?: ComponentChildren;
  readonly person?: ComponentChildren;
  readonly foot?: ComponentChildren;
  readonly children: ComponentChildren;
}): JSX.Element {
  const m = useInterfaceMessages();
  useEffect(() => followFaults(), []);
  useEffect(() => keepFocus(document.body), []);
  return (
    <>
      <SkipLink />
      {above}
      <header class="bar">
        <div class="bar-inner">
          <Link to="/" class="bar-home">
            <Mark />
            <span class="bar-name" aria-hidden="true">
              Rugdekking
            </span>
            <span class="hidden-words">{m.home}</span>
          </Link>
          <span class="bar-space" />
          {person}
          <LanguageSwitch />
          <a class="bar-item bar-112" href="tel:112" aria-label={m.call112Label}>
            <Icon name="phone" size={20} />
            <span>112</span>
          </a>
          <QuickLeave />
        </div>
      </header>
      <main class="main" id="main" tabIndex={-1}>
        <Offline />
        {children}
      </main>
      <footer class="foot">
        <div class="foot-inner">
          {foot}
          <Link to="/hulp">{m.help}</Link>
          <Link to="/over">{m.about}</Link>
          <Link to="/controleren">{m.check}</Link>
          <span class="foot-space" />
          <ThemeSwitch />
        </div>
      </footer>
    </>
  );
}
