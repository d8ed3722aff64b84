/** The pages of the directory: signing in and the account. apps/web finds this file by its name. */
import type { PageRoute } from "#services/interface/index.ts";

export const routes: readonly PageRoute[] = [
  { path: "/inloggen", title: { nl: "Inloggen", en: "Sign in" }, load: () => import("./sign-in-page.tsx") },
  { path: "/account", title: { nl: "Account", en: "Account" }, load: () => import("./account-page.tsx") },
  { path: "/bevestigen", title: { nl: "Bevestigen", en: "Confirm" }, load: () => import("./organisation/confirm-page.tsx") },
  { path: "/aanmelding/:organisation", title: { nl: "Aanmelding", en: "Sign-in" }, load: () => import("./organisation/return-page.tsx") },
  { path: "/meedoen", title: { nl: "Meedoen", en: "Take part" }, load: () => import("./organisation/join-page.tsx") },
  { path: "/meedoen/verzoeken", title: { nl: "Aanvragen", en: "Requests" }, load: () => import("./organisation/verify-page.tsx") },
  { path: "/herstel", title: { nl: "Herstel", en: "Recovery" }, load: () => import("./recovery/recovery-page.tsx") },
];
