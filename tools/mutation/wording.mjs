/**
 * Leaves the wording of errors out of the mutation: what a message says is read by people and judged by people, what decides is its code. Without this a quarter of all
 * changes would be of words, and a test that pins them would only echo the code. Loaded by Stryker as a plugin.
 */
import { PluginKind, declareValuePlugin } from "@stryker-mutator/api/plugin";

/** Errors whose first argument is a stable code, and whose others are words for people. */
const coded = new Set(["SealError", "LedgerError", "TokenError", "Problem"]);
/** Functions of the rooms themselves that only wrap such words (and a place) in an error. */
const wrappers = new Set(["broken", "refuse", "refused", "malformed", "forged", "fail", "missing", "invalid", "wrong", "wrongGroup"]);
/** Functions that check a value and take the words to refuse it with at this place among their arguments. */
const checks = new Map([
  ["record", 1],
  ["hash", 1],
  ["whole", 3],
  ["fromBase64Url", 1],
  ["fromUtf8", 1],
]);

/** @param {import("@babel/core").NodePath} path of a literal @returns {boolean} whether it is words of an error */
function isWording(path) {
  const parent = path.parent;
  if (parent.type === "ConditionalExpression" || parent.type === "TemplateLiteral") return path.parentPath !== null && isWording(path.parentPath);
  if (parent.type !== "NewExpression" && parent.type !== "CallExpression") return false;
  const place = parent.arguments.findIndex((one) => one === path.node);
  if (place === -1 || parent.callee.type !== "Identifier") return false;
  if (parent.type === "NewExpression") return coded.has(parent.callee.name) && place >= 1;
  return wrappers.has(parent.callee.name) || checks.get(parent.callee.name) === place;
}

const words = {
  /** @param {import("@babel/core").NodePath} path @returns {string | undefined} */
  shouldIgnore(path) {
    return (path.isStringLiteral() || path.isTemplateLiteral()) && isWording(path) ? "words of an error, for people to judge" : undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, "wording", words)];
