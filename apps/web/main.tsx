/** Starts the browser app: finds every service's pages, draws the frame, keeps the app for offline use. Nothing imports this file. */
import "#services/interface/style/index.css";
import { render, type ComponentType, type JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { readAnchorUnverified } from "#services/directory/screens/session.ts";
import { AccountLink, SignedIn } from "#services/directory/screens/signed-in.tsx";
import { chooseLanguage, language, Router, Shell, startTheme, type PageRoute } from "#services/interface/index.ts";
import { setWorkWorker } from "#services/admission/client/worker-maker.ts";
import { setAttachmentWorkers } from "#services/dossier/client/attachment-worker-maker.ts";
import { setCoverWorker } from "#services/dossier/screens/cover-worker-maker.ts";
import { setKindLoader } from "#services/dossier/screens/kinds.ts";
import { setImportWorker } from "#services/reporting/import/worker-maker.ts";
import { setMonitorClient } from "#services/monitor/screens/monitor-client-maker.ts";
import { wireFacts } from "#services/figures/contract/sink.ts";
import { setPaperWorker } from "#services/dossier/screens/papers/paper-worker-maker.ts";
import { setOnlineWorkers } from "#services/reporting/screens/online/workers.ts";
import { setPhotoWorker } from "#services/scanning/screens/visit/photo-worker-maker.ts";
// Vite makes the default export of a worker's address.
// oxlint-disable-next-line import/default
import attachmentWorker from "./attachment-wasm-worker.ts?worker&url";
// oxlint-disable-next-line import/default
import coversWorker from "./covers-worker.ts?worker&url";
// oxlint-disable-next-line import/default
import importWorker from "./import-worker.ts?worker&url";
// oxlint-disable-next-line import/default
import originalsWorker from "./originals-worker.ts?worker&url";
// oxlint-disable-next-line import/default
import paperWorker from "./paper-worker.ts?worker&url";
// oxlint-disable-next-line import/default
import photoWorker from "./photo-worker.ts?worker&url";
// oxlint-disable-next-line import/default
import triageWorker from "./triage-worker.ts?worker&url";
// oxlint-disable-next-line import/default
import workWorker from "./work-wasm-worker.ts?worker&url";
import { ownScript } from "./scripts.ts";

/** Every screens room brings its pages; a room that is added is found without a line here. */
const rooms = import.meta.glob<{ readonly routes: readonly PageRoute[] }>("../../services/*/screens/routes.ts", { eager: true });
const routes = Object.values(rooms).flatMap((room) => room.routes);

/** How each kind of dossier shows itself; loaded with the first dossier that is opened. */
const kinds = import.meta.glob("../../services/*/screens/register.tsx");
setKindLoader(async () => await Promise.all(Object.values(kinds).map(async (load) => await load())));

setAttachmentWorkers({
  start: () => new Worker(ownScript(attachmentWorker), { type: "module" }),
  // Two even on two cores: sealing is most of the work, and the page itself only sends.
  sealers: Math.min(3, Math.max(2, (navigator.hardwareConcurrency || 2) - 1)),
});
setWorkWorker(() => new Worker(ownScript(workWorker), { type: "module" }));
setCoverWorker(() => new Worker(ownScript(coversWorker), { type: "module" }));
setImportWorker(() => new Worker(ownScript(importWorker), { type: "module" }));
setOnlineWorkers({
  triage: () => new Worker(ownScript(triageWorker), { type: "module" }),
  originals: () => new Worker(ownScript(originalsWorker), { type: "module" }),
});
setPaperWorker(() => new Worker(ownScript(paperWorker), { type: "module" }));
setMonitorClient(async () => {
  const [{ monitorOverHttp }, { browserTrustStore }] = await Promise.all([
    import("#services/monitor/client/over-http.ts"),
    import("#services/directory/client/trust-browser.ts"),
  ]);
  return monitorOverHttp(location.origin, await browserTrustStore());
});
/** Facts without a name are counted from here: kept sealed, given later. Loaded when the page has been there for a while, so that nobody waits for a figure. */
const countingDevice = async () => await import("#services/figures/screens/counting/device.ts");
wireFacts((make) => void countingDevice().then(async ({ takeOnDevice }) => await takeOnDevice(make)));
setTimeout(() => void countingDevice().then(({ tendFacts }) => tendFacts()), 10_000);
setPhotoWorker(() => new Worker(ownScript(photoWorker), { type: "module" }));

/** The demonstration's bar, fetched only where the server says it is one. */
function useDemonstration(): ComponentType | null {
  const [bar, setBar] = useState<{ readonly draw: ComponentType } | null>(null);
  useEffect(() => {
    const look = async (): Promise<void> => {
      if ((await readAnchorUnverified())?.demonstration !== true) return;
      const { default: draw } = await import("#services/directory/screens/demonstration.tsx");
      setBar({ draw });
    };
    void look();
  }, []);
  return bar?.draw ?? null;
}

function App(): JSX.Element {
  const Demonstration = useDemonstration();
  return (
    <Shell above={Demonstration === null ? null : <Demonstration />} person={<SignedIn />} foot={<AccountLink />}>
      <Router routes={routes} />
    </Shell>
  );
}

startTheme();
chooseLanguage(language.get());
const root = document.getElementById("app");
if (root === null) throw new Error("index.html has no #app; rebuild the app");
root.replaceChildren();
render(<App />, root);

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  addEventListener("load", () => {
    navigator.serviceWorker.register(ownScript("/sw.js")).catch(() => {
      // Without it the app works the same, only not offline.
    });
  });
}
