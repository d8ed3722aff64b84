/** Starts the browser app: finds every service's pages, draws the frame, keeps the app for offline use. Nothing imports this file. */
import "#services/interface/style/index.css";
import { render, type JSX } from "preact";
import { chooseLanguage, language, Router, Shell, startTheme, type PageRoute } from "#services/interface/index.ts";
import { ownScript } from "./scripts.ts";

/** Every screens room brings its pages; a room that is added is found without a line here. */
const rooms = import.meta.glob<{ readonly routes: readonly PageRoute[] }>("../../services/*/screens/routes.ts", { eager: true });
const routes = Object.values(rooms).flatMap((room) => room.routes);

function App(): JSX.Element {
  return (
    <Shell>
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
