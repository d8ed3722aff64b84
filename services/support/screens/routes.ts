/** The pages of support: who can help, asking for it, the desk's list of people, and whether an organisation is ready; apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

export const routes: readonly PageRoute[] = [
  { path: "/hulp", title: { nl: "Hulp", en: "Help" }, load: () => import("./help/help-page.tsx") },
  { path: "/hulp/vragen", title: { nl: "Hulp vragen", en: "Ask for help" }, load: () => import("./ask/ask-page.tsx") },
  { path: "/mensen", title: { nl: "Mensen", en: "People" }, load: () => import("./people/people-page.tsx") },
  { path: "/gereed", title: { nl: "Gereed", en: "Ready" }, load: () => import("./readiness/readiness-page.tsx") },
];
