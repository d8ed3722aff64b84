/** The page of rights; apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

export const routes: readonly PageRoute[] = [
  { path: "/gegevens", title: { nl: "Uw gegevens en rechten", en: "Your data and rights" }, load: () => import("./rights-page.tsx") },
];
