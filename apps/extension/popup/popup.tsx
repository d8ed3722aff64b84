/** The small window behind the icon: capture this page, pair, what waits, erase. Draws what the background says and asks it for the rest. Nothing imports this file. */
import { render, type ComponentChildren, type JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import "#services/interface/style/tokens.css";
import type { PopupAnswers, PopupAsk, Standing } from "#apps/extension/background/asks.ts";
import { en } from "./en.ts";
import { nl, type PopupMessages } from "./nl.ts";
import "./popup.css";

type Language = "nl" | "en";
const kept = "language";
/** Dutch first, English one press away, as in the app. */
const firstLanguage = (): Language => (localStorage.getItem(kept) === "en" ? "en" : "nl");

/** Asks the background. Both sides are of one build, so what comes back is what the question promises. @throws when the background does not answer */
async function ask<W extends PopupAsk["what"]>(question: Extract<PopupAsk, { what: W }>): Promise<PopupAnswers[W]> {
  const answer: unknown = await chrome.runtime.sendMessage(question);
  if (!isAnswer<W>(answer)) throw new Error("the background did not answer");
  return answer;
}
const isAnswer = <W extends PopupAsk["what"]>(answer: unknown): answer is PopupAnswers[W] => typeof answer === "object" && answer !== null;

async function tabHere(): Promise<number> {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined) throw new Error("there is no tab");
  return tab.id;
}

function Button({
  look = "first",
  busy = false,
  onPress,
  children,
}: {
  readonly look?: "first" | "second" | "quiet";
  readonly busy?: boolean;
  readonly onPress: () => void;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <button type="button" data-look={look} aria-disabled={busy ? "true" : undefined} onClick={() => !busy && onPress()}>
      {children}
    </button>
  );
}

const List = ({ items }: { readonly items: readonly string[] }): JSX.Element => (
  <ul>
    {items.map((item) => (
      <li key={item}>{item}</li>
    ))}
  </ul>
);

const Notice = ({ amber = false, title, text }: { readonly amber?: boolean; readonly title?: string; readonly text: string }): JSX.Element => (
  <div class="notice" data-tone={amber ? "amber" : undefined} role="status">
    {title !== undefined && <h2>{title}</h2>}
    <p>{text}</p>
  </div>
);

interface Part {
  readonly m: PopupMessages;
  readonly tab: number;
  readonly standing: Standing;
  readonly again: () => Promise<void>;
}

function CapturePart({ m, tab, host, again }: Part & { readonly host: string }): JSX.Element {
  const [outcome, setOutcome] = useState<PopupAnswers["capture"] | "busy" | null>(null);
  const go = async (): Promise<void> => {
    setOutcome("busy");
    const answer = await ask({ what: "capture", tab }).catch(() => ({ ok: false, why: "unreadable" }) as const);
    setOutcome(answer);
    await again();
  };
  if (outcome !== null && outcome !== "busy" && outcome.ok)
    return (
      <section>
        <h1>{m.done.title}</h1>
        <Notice text={m.done.text} />
        {!outcome.whole && <Notice amber text={m.done.part} />}
        {!outcome.text && <Notice amber text={m.done.noWords} />}
        {!outcome.pictures && <Notice amber text={m.done.tooLarge} />}
        <Button look="second" onPress={() => setOutcome(null)}>
          {m.done.again}
        </Button>
      </section>
    );
  return (
    <section>
      <h1>{m.page.title}</h1>
      <p class="address">{m.page.lead(host)}</p>
      {outcome !== null && outcome !== "busy" && <Notice amber text={m.failed[outcome.why]} />}
      <Button busy={outcome === "busy"} onPress={() => void go()}>
        {outcome === "busy" ? m.page.busy : m.page.go}
      </Button>
      {outcome === "busy" ? (
        <p role="status">{m.page.busyText}</p>
      ) : (
        <>
          <h2>{m.page.keptTitle}</h2>
          <List items={m.page.kept} />
          <h2>{m.page.notTitle}</h2>
          <List items={m.page.not} />
          <p class="soft">{m.page.one}</p>
        </>
      )}
    </section>
  );
}

function PairPart({ m, tab, standing, again }: Part): JSX.Element {
  const [said, setSaid] = useState<"no" | "failed" | null>(null);
  const { here } = standing;
  if (here.kind !== "app")
    return (
      <section>
        <h1>{m.pair.title}</h1>
        <p>{m.pair.text}</p>
        <ol>
          {m.pair.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
    );
  const yes = async (): Promise<void> => {
    const { origin, fingerprint } = here;
    const { ok } = await ask({ what: "pair", tab, origin, fingerprint }).catch(() => ({ ok: false }));
    setSaid(ok ? null : "failed");
    // Where it did not pair, the page may offer another number by now: that is shown, to be compared anew.
    await again();
  };
  return (
    <section>
      <h1>{m.pair.compare}</h1>
      <p class="address">{here.origin}</p>
      <p class="number">{here.fingerprint}</p>
      <p>{m.pair.compareText}</p>
      {said !== null && <Notice amber text={said === "no" ? m.pair.noText : m.pair.changed} />}
      <div class="actions">
        <Button onPress={() => void yes()}>{m.pair.same}</Button>
        <Button look="second" onPress={() => setSaid("no")}>
          {m.pair.no}
        </Button>
      </div>
    </section>
  );
}

function Middle(part: Part): JSX.Element {
  const { m, standing } = part;
  const { here, paired } = standing;
  if (here.kind === "app" && here.state === "signed-out") return <Notice amber text={m.pair.signedOut} />;
  if (here.kind === "app" && here.state === "other") return <Notice amber text={m.pair.other} />;
  if (here.kind === "app" && here.state === "paired") return <Notice title={m.ready.title} text={standing.waiting === 0 ? m.ready.none : m.ready.some} />;
  if (here.kind === "app" && paired !== null) return <Notice title={m.pair.done} text={m.pair.doneText} />;
  if (paired === null) return <PairPart {...part} />;
  if (here.kind === "refused") return <Notice amber text={m.failed[here.why]} />;
  return <CapturePart {...part} host={here.kind === "page" ? here.host : ""} />;
}

function Foot({ m, language, standing, again }: Part & { readonly language: Language }): JSX.Element | null {
  const [sure, setSure] = useState<"erase" | "unpair" | null>(null);
  const { paired, waiting, last } = standing;
  if (paired === null) return null;
  const erase = async (): Promise<void> => {
    await ask({ what: "erase", pairing: sure === "unpair" }).catch(() => null);
    setSure(null);
    await again();
  };
  const moment = (at: string): string =>
    new Intl.DateTimeFormat(language === "nl" ? "nl-NL" : "en-GB", { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
  return (
    <footer>
      <section>
        <p role="status">{m.foot.waiting(waiting)}</p>
        {last !== null && <p class="soft">{m.foot.last(moment(last))}</p>}
        <p class="soft">
          {m.foot.paired} <span class="address">{paired.origin}</span>
        </p>
      </section>
      {sure === null ? (
        <div class="actions">
          {waiting > 0 && standing.here.kind !== "app" && (
            <Button look="second" onPress={() => void chrome.tabs.create({ url: paired.page })}>
              {m.foot.open}
            </Button>
          )}
          {waiting > 0 && (
            <Button look="quiet" onPress={() => setSure("erase")}>
              {m.foot.erase}
            </Button>
          )}
          <Button look="quiet" onPress={() => setSure("unpair")}>
            {m.foot.unpair}
          </Button>
        </div>
      ) : (
        <section>
          <Notice amber text={sure === "erase" ? m.foot.eraseSure : m.foot.unpairSure} />
          <div class="actions">
            <Button onPress={() => void erase()}>{m.foot.yes}</Button>
            <Button look="second" onPress={() => setSure(null)}>
              {m.foot.no}
            </Button>
          </div>
        </section>
      )}
    </footer>
  );
}

function Popup(): JSX.Element {
  const [language, setLanguage] = useState(firstLanguage);
  const [now, setNow] = useState<{ readonly tab: number; readonly standing: Standing } | "failed" | null>(null);
  const again = async (): Promise<void> => {
    try {
      const tab = await tabHere();
      setNow({ tab, standing: await ask({ what: "look", tab }) });
    } catch {
      setNow("failed");
    }
  };
  useEffect(() => void again(), []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const m: PopupMessages = { nl, en }[language];
  const turn = (): void => {
    const next = language === "nl" ? "en" : "nl";
    localStorage.setItem(kept, next);
    setLanguage(next);
  };
  return (
    <>
      <header>
        <span class="name">{m.name}</span>
        <Button look="quiet" onPress={turn}>
          <span lang={language === "nl" ? "en" : "nl"}>{m.other}</span>
        </Button>
      </header>
      {now === null && <p role="status">{m.loading}</p>}
      {now === "failed" && <Notice amber title={m.broken.title} text={m.broken.text} />}
      {now !== null && now !== "failed" && (
        <>
          <Middle m={m} tab={now.tab} standing={now.standing} again={again} />
          <Foot m={m} tab={now.tab} standing={now.standing} again={again} language={language} />
        </>
      )}
    </>
  );
}

const root = document.getElementById("popup");
if (root !== null) {
  render(<Popup />, root);
  // A button that was pressed often goes away with what it asked: whoever uses a keyboard goes on here, not outside the window.
  new MutationObserver(() => {
    if (document.activeElement === document.body) root.focus();
  }).observe(root, { childList: true, subtree: true });
}
