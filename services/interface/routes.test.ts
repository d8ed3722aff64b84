/** The router's matching: literal and named parts, decoding, and what fits nothing. */
import { describe, expect, it } from "vitest";
import { matchRoute, type PageRoute } from "./routes.ts";

const page = (path: string): PageRoute => ({ path, title: { nl: path, en: path }, load: () => Promise.reject(new Error("not loaded in this test")) });
const routes = [page("/"), page("/melden"), page("/dossier/:id"), page("/dossier/:id/delen")];

describe("matchRoute", () => {
  it.each([
    ["/", "/", {}],
    ["/melden", "/melden", {}],
    ["/melden/", "/melden", {}],
    ["/dossier/a%20b", "/dossier/:id", { id: "a b" }],
    ["/dossier/x/delen", "/dossier/:id/delen", { id: "x" }],
  ])("%s is the page %s", (path, wanted, parameters) => {
    expect(matchRoute(routes, path)).toMatchObject({ route: { path: wanted }, parameters });
  });
  it.each(["/onbekend", "/dossier", "/dossier/x/y", "/dossier/%E0%A4%A"])("%s is no page", (path) => {
    expect(matchRoute(routes, path)).toBeNull();
  });
});
