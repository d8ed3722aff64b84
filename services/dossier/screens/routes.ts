/** The pages of a dossier and of a desk's work; apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

export const routes: readonly PageRoute[] = [
  { path: "/dossier/:id", title: { nl: "Dossier", en: "Dossier" }, load: () => import("./dossier-page.tsx") },
  { path: "/werk", title: { nl: "Werk", en: "Work" }, load: () => import("./work-page.tsx") },
];
