/** The pages of a security scan, per role; apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

export const routes: readonly PageRoute[] = [
  { path: "/scan", title: { nl: "Veiligheidsscan", en: "Security scan" }, load: () => import("./request/request-page.tsx") },
  { path: "/bezoek", title: { nl: "Bezoeken", en: "Visits" }, load: () => import("./visit/visits-page.tsx") },
  { path: "/bezoek/:id", title: { nl: "Bezoek", en: "Visit" }, load: () => import("./visit/visit-page.tsx") },
  { path: "/planning", title: { nl: "Planning", en: "Planning" }, load: () => import("./planning/planning-page.tsx") },
  { path: "/advies", title: { nl: "Adviezen", en: "All advice" }, load: () => import("./advice/advices-page.tsx") },
  { path: "/advies/:id", title: { nl: "Advies", en: "Advice" }, load: () => import("./advice/advice-page.tsx") },
  { path: "/maatregelen", title: { nl: "Alle maatregelen", en: "All measures" }, load: () => import("./measures/measures-list-page.tsx") },
  { path: "/maatregelen/:id", title: { nl: "Maatregelen", en: "Measures" }, load: () => import("./measures/measures-page.tsx") },
];
