/** Everything a screen is built from. Screens import only from here; README.md shows how to add a page. */
export * from "./address.ts";
export * from "./blocks.tsx";
export * from "./confirm.tsx";
export * from "./controls.tsx";
export * from "./explain.ts";
export * from "./fields.tsx";
export * from "./icons.tsx";
export * from "./language.ts";
export * from "./leave.ts";
export { useInterfaceMessages } from "./messages.ts";
export * from "./page.tsx";
export * from "./panels.tsx";
export { prepare, Router } from "./router.tsx";
export * from "./routes.ts";
export * from "./send-form.tsx";
export * from "./shell.tsx";
export * from "./store.ts";
export * from "./theme.ts";
