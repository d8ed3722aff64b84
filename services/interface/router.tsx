/** Shows the page that belongs to the address: loads its piece of script, sets the fixed title, announces it, lets its heading take focus. */
import { Component, type ComponentChildren, type ComponentType, type JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { followHistory, path } from "./address.ts";
import { ButtonLink, Button } from "./controls.tsx";
import { useLanguage } from "./language.ts";
import { useInterfaceMessages } from "./messages.ts";
import { matchRoute, type PageProps, type PageRoute } from "./routes.ts";
import { useStore } from "./store.ts";
import { Skeleton } from "./blocks.tsx";

// The first page keeps the browser's own focus (start of the document); each later one moves it to its heading.
let navigations = 0;
/** Whether a page that appears now should take focus to its heading. Only for Page. */
export const headingWanted = (): boolean => navigations > 1;

let known: readonly PageRoute[] = [];

/** Fetches the script of the page at an address before anyone goes there; failing to is no failure, the page asks again itself. */
export function prepare(to: string): void {
  matchRoute(known, to)
    ?.route.load()
    .catch(() => undefined);
}

type Loaded = { readonly route: PageRoute; readonly page: ComponentType<PageProps> } | null;

/** The page for the present address among `routes`. */
export function Router({ routes }: { readonly routes: readonly PageRoute[] }): JSX.Element {
  known = routes;
  const m = useInterfaceMessages();
  const language = useLanguage();
  const here = useStore(path);
  const match = matchRoute(routes, here);
  const [loaded, setLoaded] = useState<Loaded>(null);
  const [failed, setFailed] = useState(false);
  const [said, setSaid] = useState<PageRoute | null>(null);

  useEffect(() => followHistory(), []);
  useEffect(() => {
    navigations += 1;
    setFailed(false);
    if (match === null) return;
    const { route } = match;
    let stale = false;
    const show = async (): Promise<void> => {
      try {
        const module = await route.load();
        if (stale) return;
        setLoaded({ route, page: module.default });
        setSaid(route);
      } catch {
        if (!stale) setFailed(true);
      }
    };
    void show();
    return () => {
      stale = true;
    };
  }, [here]);
  useEffect(() => {
    document.title = `${match?.route.title[language] ?? m.notFound.title} - Rugdekking`;
  }, [here, language]);

  return (
    <>
      <p class="hidden-words" aria-live="polite">
        {navigations > 1 && said !== null ? m.page(said.title[language]) : ""}
      </p>
      {failed ? (
        <Broken />
      ) : match === null ? (
        <NotFound />
      ) : loaded === null || loaded.route !== match.route ? (
        <div class="column">
          <Skeleton lines={6} />
        </div>
      ) : (
        <Fence key={here}>
          <loaded.page parameters={match.parameters} />
        </Fence>
      )}
    </>
  );
}

function NotFound(): JSX.Element {
  const m = useInterfaceMessages();
  return (
    <div class="column">
      <h1 tabIndex={-1}>{m.notFound.title}</h1>
      <p>{m.notFound.text}</p>
      <div class="actions">
        <ButtonLink to="/">{m.notFound.link}</ButtonLink>
      </div>
    </div>
  );
}

function Broken(): JSX.Element {
  const m = useInterfaceMessages();
  return (
    <div class="column">
      <h1 tabIndex={-1}>{m.broken.title}</h1>
      <p>{m.broken.text}</p>
      <div class="actions">
        <Button onPress={() => location.reload()}>{m.broken.link}</Button>
      </div>
    </div>
  );
}

/** Keeps a page that throws while drawing from taking the frame (112, Snel weg) with it. */
class Fence extends Component<{ readonly children: ComponentChildren }, { readonly broken: boolean }> {
  override state = { broken: false };
  static override getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }
  /** Handed to the browser as any uncaught error, so that whoever tests a page sees why it broke. */
  override componentDidCatch(error: unknown): void {
    reportError(error);
  }
  override render(): ComponentChildren {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
