/** The pages of signals to police and OM: raising one, the list with answers, answering by a link, the figures, and whether an actor hit others too. apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";
import { sameActorRoutes } from "./same-actor/routes.ts";

const raise = { nl: "Signaal", en: "Signal" };

export const routes: readonly PageRoute[] = [
  { path: "/signaal", title: raise, load: () => import("./raise/raise-page.tsx") },
  { path: "/signaal/:id", title: raise, load: () => import("./raise/raise-page.tsx") },
  { path: "/signalen", title: { nl: "Signalen", en: "Signals" }, load: () => import("./list/signals-page.tsx") },
  { path: "/antwoord", title: { nl: "Antwoord", en: "Answer" }, load: () => import("./answer/answer-page.tsx") },
  { path: "/signalen/cijfers", title: { nl: "Cijfers over signalen", en: "Figures on signals" }, load: () => import("./figures/figures-page.tsx") },
  ...sameActorRoutes,
];
