/** The pages of the Monitor: the respondent's, the fieldwork of a research desk, and what is published. apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

const results = { title: { nl: "Uitkomsten", en: "Results" }, load: () => import("./results/results-page.tsx") } as const;

export const routes: readonly PageRoute[] = [
  { path: "/monitor", title: { nl: "Monitor", en: "Monitor" }, load: () => import("./start/monitor-page.tsx") },
  { path: "/monitor/vragen", title: { nl: "Monitor: vragen", en: "Monitor: questions" }, load: () => import("./walk/questions-page.tsx") },
  {
    path: "/monitor/voorbeeld",
    title: { nl: "Monitor: alle vragen lezen", en: "Monitor: read all questions" },
    load: () => import("./preview/preview-page.tsx"),
  },
  { path: "/monitor/formulier", title: { nl: "Monitor: op papier", en: "Monitor: on paper" }, load: () => import("./form/form-page.tsx") },
  { path: "/monitor/uitkomsten", ...results },
  { path: "/monitor/uitkomsten/:document", ...results },
  { path: "/monitor/veldwerk", title: { nl: "Veldwerk", en: "Fieldwork" }, load: () => import("./fieldwork/fieldwork-page.tsx") },
];
