/** The pages of reporting, for the router; apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

export const routes: readonly PageRoute[] = [
  { path: "/", title: { nl: "Begin", en: "Start" }, load: () => import("./home.tsx") },
];
