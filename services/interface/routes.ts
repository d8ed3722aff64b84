/** What a page is to the router, and how an address finds its page. Every screens room exports `routes` made of these from its routes.ts. */
import type { ComponentType } from "preact";

/** What every page receives: the parts of the address the pattern names. */
export interface PageProps {
  readonly parameters: Readonly<Record<string, string>>;
}

/** One page. The title is fixed per page: it stands in the tab and the history, so it never says anything about content. */
export interface PageRoute {
  /** Pattern such as `/dossier/:id`; a `:name` part takes one path segment. */
  readonly path: string;
  readonly title: { readonly nl: string; readonly en: string };
  /** Loads the page's own piece of script; the page is the module's default export. */
  readonly load: () => Promise<{ readonly default: ComponentType<PageProps> }>;
}

/** A page that was found, with the named parts of the address. */
export interface RouteMatch {
  readonly route: PageRoute;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The first route whose pattern fits the path, or null. Throws nothing: an undecodable part simply does not fit. */
export function matchRoute(routes: readonly PageRoute[], path: string): RouteMatch | null {
  const parts = split(path);
  for (const route of routes) {
    const pattern = split(route.path);
    if (pattern.length !== parts.length) continue;
    const parameters: Record<string, string> = {};
    const fits = pattern.every((piece, index) => {
      const part = parts[index] ?? "";
      if (!piece.startsWith(":")) return piece === part;
      const decoded = decode(part);
      if (decoded === null) return false;
      parameters[piece.slice(1)] = decoded;
      return true;
    });
    if (fits) return { route, parameters };
  }
  return null;
}

const split = (path: string): string[] => path.split("/").filter((part) => part !== "");

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
