/** The pages where a safety desk asks whether one actor also hits others, and where the person whose dossier it is agrees to it. Spread by the room's routes.ts. */
import type { PageRoute } from "#services/interface/index.ts";

const title = { nl: "Raakt dit ook anderen?", en: "Does this hit others too?" };
const one = { nl: "Raakt dit ook anderen? Eén dossier", en: "Does this hit others too? One dossier" };

export const sameActorRoutes: readonly PageRoute[] = [
  { path: "/zelfde-dader", title, load: () => import("./desk-page.tsx") },
  { path: "/zelfde-dader/:id", title: one, load: () => import("./dossier-page.tsx") },
];
