/** Types of walls.mjs for the tests; the table itself is plain JavaScript because the linter loads it. */

/** Where an import leads: `path` from the root of the tree when it is ours, else `module`, a package name or `node:…`. */
export interface Target {
  readonly specifier: string;
  readonly path: string | null;
  readonly module: string | null;
}

export interface Wall {
  readonly id: string;
  /** The reason, shown as the lint message. */
  readonly why: string;
  readonly from: (file: string) => boolean;
  readonly to: (target: Target, file: string) => boolean;
}

export declare const walls: readonly Wall[];
/** Where `specifier` leads when `file` (path from the root of the tree) imports it. */
export declare function resolveTarget(file: string, specifier: string): Target;
/** The walls this import goes through. */
export declare function broken(file: string, specifier: string): readonly Wall[];
