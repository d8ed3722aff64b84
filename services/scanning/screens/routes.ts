/** The pages of a security scan, per role; apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

const visit = { nl: "Bezoek", en: "Visit" };
const advice = { nl: "Advies", en: "Advice" };
const measures = { nl: "Maatregelen", en: "Measures" };

export const routes: readonly PageRoute[] = [
  { path: "/scan", title: { nl: "Veiligheidsscan", en: "Security scan" }, load: () => import("./request/request-page.tsx") },
  { path: "/bezoek", title: visit, load: () => import("./visit/visits-page.tsx") },
  { path: "/bezoek/:id", title: visit, load: () => import("./visit/visit-page.tsx") },
  { path: "/planning", title: { nl: "Planning", en: "Planning" }, load: () => import("./planning/planning-page.tsx") },
  { path: "/advies", title: advice, load: () => import("./advice/advices-page.tsx") },
  { path: "/advies/:id", title: advice, load: () => import("./advice/advice-page.tsx") },
  { path: "/maatregelen", title: measures, load: () => import("./measures/measures-list-page.tsx") },
  { path: "/maatregelen/:id", title: measures, load: () => import("./measures/measures-page.tsx") },
];
