/** The public pages of the national picture. apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

const title = { nl: "Cijfers", en: "Figures" } as const;
const one = { nl: "Eén cijfer", en: "One figure" } as const;
const overview = async () => await import("./picture-page.tsx");
const single = async () => await import("./figure-page.tsx");

export const routes: readonly PageRoute[] = [
  { path: "/cijfers", title, load: overview },
  { path: "/cijfers/:picture", title, load: overview },
  { path: "/cijfers/:picture/:series", title: one, load: single },
  { path: "/cijfers/:picture/:series/:group", title: one, load: single },
];
