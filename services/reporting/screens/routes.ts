/** The pages of reporting, and those anyone may open without being known; apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

export const routes: readonly PageRoute[] = [
  { path: "/", title: { nl: "Begin", en: "Start" }, load: () => import("./home.tsx") },
  { path: "/melden", title: { nl: "Melden", en: "Report" }, load: () => import("./report/report-page.tsx") },
  { path: "/berichten", title: { nl: "Berichten", en: "Messages" }, load: () => import("./online/online-page.tsx") },
  { path: "/terug", title: { nl: "Terug", en: "Return" }, load: () => import("./report/return-page.tsx") },
  { path: "/over", title: { nl: "Over", en: "About" }, load: () => import("./over.tsx") },
  { path: "/uitbreiding", title: { nl: "Uitbreiding", en: "Extension" }, load: () => import("./capture/capture-page.tsx") },
  { path: "/stappen/:id", title: { nl: "Stappen", en: "Steps" }, load: () => import("./acting/steps-page.tsx") },
  { path: "/stappen/:id/aangifte", title: { nl: "Stappen: aangifte", en: "Steps: complaint" }, load: () => import("./acting/complaint-page.tsx") },
  { path: "/stappen/:id/platform", title: { nl: "Stappen: platform", en: "Steps: platform" }, load: () => import("./acting/platform-page.tsx") },
  { path: "/stappen/:id/afschermen", title: { nl: "Stappen: afschermen", en: "Steps: shielding" }, load: () => import("./acting/shielding-page.tsx") },
  { path: "/controleren", title: { nl: "Controleren", en: "Check" }, load: () => import("./verify/verify-page.tsx") },
];
