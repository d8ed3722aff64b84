/** The pages of signalling; apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";
import { sameActorRoutes } from "./same-actor/routes.ts";

export const routes: readonly PageRoute[] = [...sameActorRoutes];
