/** The pages of the directory: signing in and the account. apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

export const routes: readonly PageRoute[] = [
  { path: "/inloggen", title: { nl: "Inloggen", en: "Sign in" }, load: () => import("./sign-in-page.tsx") },
  { path: "/account", title: { nl: "Account", en: "Account" }, load: () => import("./account-page.tsx") },
  { path: "/herstel", title: { nl: "Herstel", en: "Recovery" }, load: () => import("./recovery/recovery-page.tsx") },
];
