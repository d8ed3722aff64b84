/** The pages of the Monitor; apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

const results = { title: { nl: "Uitkomsten", en: "Results" }, load: () => import("./results/results-page.tsx") } as const;

export const routes: readonly PageRoute[] = [
  { path: "/monitor/uitkomsten", ...results },
  { path: "/monitor/uitkomsten/:document", ...results },
];
