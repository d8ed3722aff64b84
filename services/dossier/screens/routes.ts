/** The pages of a dossier, of a desk's work and of who is in a desk; apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

export const routes: readonly PageRoute[] = [
  { path: "/dossier/:id", title: { nl: "Dossier", en: "Dossier" }, load: () => import("./dossier-page.tsx") },
  { path: "/dossier/:id/bewaren", title: { nl: "Niet wissen", en: "Do not erase" }, load: () => import("./holds/holds-page.tsx") },
  { path: "/werk", title: { nl: "Werk", en: "Work" }, load: () => import("./work-page.tsx") },
  { path: "/te-laat", title: { nl: "Te laat", en: "Late" }, load: () => import("./late-page.tsx") },
  { path: "/beheer", title: { nl: "Beheer", en: "Manage" }, load: () => import("./manage/manage-page.tsx") },
  { path: "/wie-las-mee", title: { nl: "Wie las mee", en: "Who could read" }, load: () => import("./key-history/key-history-page.tsx") },
  { path: "/uitnodiging", title: { nl: "Uitnodiging", en: "Invitation" }, load: () => import("./manage/invitation-page.tsx") },
];
