/**
 * Starts the WebAssembly compiler where a content policy forbids `eval`: used by browser.ts only.
 *
 * [Note: no eval] typst-ts 0.7.0 makes five fixed functions with `new Function("…")` when its builder is constructed, and for nothing else we call. A policy without `'unsafe-eval'`
 * stops that. For the length of that one synchronous call we put in the place of `Function` one that knows these five texts and refuses every other, and then put `Function` back.
 * A new version of the package that asks for another text fails at the start with that text in the message, in the browser test and not in someone's evening.
 */
import { PaperError } from "./errors.ts";

function refuse(): never {
  throw new Error("a paper reads only what was handed in");
}

/** The five functions by their text, arguments first. The last two are what reading a file or package outside the paper leads to. */
const known: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["return 0", () => 0],
  ["return true", () => true],
  ["path\nreturn path", (path: unknown) => path],
  ["throw new Error('Dummy AccessModel, please initialize compiler with withAccessModel()')", refuse],
  ["throw new Error('Dummy Registry, please initialize compiler with withPackageRegistry()')", refuse],
]);

/** What stands in for `Function`: a constructor may give back another object than its own. */
function FunctionFromText(...parts: readonly unknown[]): unknown {
  const made = known.get(parts.join("\n"));
  if (made === undefined)
    throw new PaperError("compiler-unavailable", `The compiler wants to evaluate text that is not known: ${parts.join("; ")}. Pin its version.`);
  return made;
}

/**
 * Does `construct` with `new Function` limited to the five texts.
 * @throws {PaperError} `compiler-unavailable` for any other text
 */
export function withoutEval<T>(construct: () => T): T {
  const own: unknown = Reflect.get(globalThis, "Function");
  Reflect.set(globalThis, "Function", FunctionFromText);
  try {
    return construct();
  } finally {
    Reflect.set(globalThis, "Function", own);
  }
}
