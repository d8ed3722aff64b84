/** The pages of parliamentary questions: the list of sets, and reading a new one. A set itself opens at /dossier/:id (register.tsx). apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

export const routes: readonly PageRoute[] = [
  { path: "/kamer", title: { nl: "Kamervragen", en: "Parliamentary questions" }, load: () => import("./list/kamer-page.tsx") },
  { path: "/kamer/inlezen", title: { nl: "Vragen inlezen", en: "Read questions" }, load: () => import("./upload/upload-page.tsx") },
];
