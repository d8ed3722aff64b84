/** Renders the workflow tables to docs/workflows.md (`npm run docs`); its test says when the committed page is out of date. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ActionRule, TermLength, Workflow } from "#services/dossier/workflow/define.ts";
import { questionSet } from "#services/parliament/workflow/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { help } from "#services/support/workflow/index.ts";

/** Where the page is committed, from the root of the tree. */
export const workflowsPage = "docs/workflows.md";
/** One kind of entry or several, in words. */
const kindsIn = (kinds: string | readonly string[]): string => (typeof kinds === "string" ? kinds : kinds.join(" or "));

/** Every table of the house, in the order of the page. */
export const workflows: readonly Workflow[] = [report, scan, signal, help, questionSet];

const list = (items: readonly string[] | undefined): string => (items === undefined || items.length === 0 ? "—" : items.join(", "));
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(heads), row(heads.map(() => "---")), ...rows.map(row)].join("\n");

function length(term: TermLength): string {
  if ("hours" in term) return term.hours === 1 ? "1 hour, day and night" : `${term.hours} hours, day and night`;
  return term.workingDays === 1 ? "1 working day" : `${term.workingDays} working days`;
}

/** What else an action asks, in words. */
function conditions(rule: ActionRule): string {
  const said: string[] = [];
  if (rule.requires !== undefined)
    said.push(`already there: ${rule.requires.join(", ")}${rule.since === undefined ? "" : ` (newer than the last ${kindsIn(rule.since)})`}`);
  if (rule.holds !== undefined) said.push(`there at all: ${rule.holds.join(", ")}`);
  if (rule.heard !== undefined)
    said.push(`of every ${rule.heard.by} that takes part: ${rule.heard.in}${rule.since === undefined ? "" : ` (newer than the last ${kindsIn(rule.since)})`}`);
  if (rule.without !== undefined) said.push(`no ${rule.without} takes part`);
  if (rule.decides !== undefined) said.push(`names the newest ${rule.decides} it decides on`);
  if (rule.notAuthorOf !== undefined) said.push(`not by an author of the ${kindsIn(rule.notAuthorOf)}`);
  if (rule.assigns !== undefined) said.push(`names the ${rule.assigns}`);
  return said.length === 0 ? "—" : said.join("; ");
}

const actionsOf = (workflow: Workflow): readonly { readonly phase: string; readonly action: string; readonly rule: ActionRule }[] =>
  Object.entries(workflow.phases).flatMap(([phase, actions]) => Object.entries(actions).map(([action, rule]) => ({ phase, action, rule })));

/** A mermaid state diagram; mermaid takes no hyphens in a state's name, so each phase gets a plain one and its own words as label. */
function diagram(workflow: Workflow): string {
  const state = (phase: string): string => phase.replaceAll("-", "_");
  const phases = Object.keys(workflow.phases);
  const final = phases.filter((phase) => Object.keys(workflow.phases[phase] ?? {}).length === 0);
  return [
    "```mermaid",
    "stateDiagram-v2",
    ...phases.map((phase) => `    state "${phase}" as ${state(phase)}`),
    `    [*] --> ${state(workflow.start.phase)}: ${workflow.start.entry}`,
    ...(workflow.start.instead === undefined ? [] : [`    [*] --> ${state(workflow.start.instead.phase)}: ${workflow.start.entry}`]),
    ...actionsOf(workflow).map(({ phase, action, rule }) => `    ${state(phase)} --> ${state(rule.to)}: ${action} (${rule.by.join(", ")})`),
    ...final.map((phase) => `    ${state(phase)} --> [*]`),
    "```",
  ].join("\n");
}

function section(workflow: Workflow): string {
  const { start } = workflow;
  const terms = Object.entries(workflow.terms).map(([phase, { name, length: normal, acute, waitsFor }]) => [
    phase,
    name,
    length(normal),
    acute === undefined ? "—" : length(acute),
    waitsFor,
  ]);
  const entries = Object.entries(workflow.entries).flatMap(([kind, rule]) => (rule === undefined ? [] : [[kind, list(rule.by), list(rule.in)]]));
  const handOvers = workflow.handOvers.map(({ to, by, scope, channel, consent }) => [
    to,
    list(by),
    channel === undefined ? scope : `${scope} ${channel}`,
    workflow.consentAlways === true
      ? "signed consent, also when the owner hands over"
      : consent
        ? "signed consent (the owner handing over needs none)"
        : "none needed",
  ]);
  const channels = Object.entries(workflow.channels).map(([kind, channel]) => `\`${kind}\` under the key of channel \`${channel}\``);
  return [
    `## ${workflow.kind}`,
    `The dossier of the ${workflow.owner}. It opens in phase \`${start.phase}\` with an entry of kind \`${start.entry}\`, which hands the dossier key to: ${list(start.grants)}. ` +
      (start.instead === undefined ? "" : `Or it opens in phase \`${start.instead.phase}\`, and the key goes to: ${list(start.instead.grants)}. `) +
      `${start.guests ? "Someone without an account may open it." : "It takes an account to open it."}`,
    diagram(workflow),
    "### Who may do what, in which phase, leading where",
    table(
      ["phase", "action", "by", "entry", "leads to", "and only if"],
      actionsOf(workflow).map(({ phase, action, rule }) => [phase, action, list(rule.by), rule.entry, rule.to, conditions(rule)]),
    ),
    "### Entries that change no phase",
    table(["entry", "by", "in phases"], entries),
    "### Terms",
    table(["phase", "term", "length", "when acute", "waits for"], terms),
    "### Handing over keys",
    table(["to", "by", "what", "consent"], handOvers),
    ...(channels.length === 0 ? [] : [`Sealed apart: ${channels.join(", ")}. Everything else is under the dossier key.`]),
    ...(workflow.announced.length === 0 ? [] : [`Known to readers of a channel by their header only: ${list(workflow.announced)}.`]),
  ].join("\n\n");
}

/** The whole page as Markdown; the same tables always give the same bytes. */
export function renderWorkflows(tables: readonly Workflow[] = workflows): string {
  const head = [
    "# Workflows",
    "Generated from the tables in `services/*/workflow` by `npm run docs`: change the table, not this page. The server enforces these tables, " +
      "the client draws its buttons from them and the permission-matrix test tries roles and actions against them: by night every one in every phase, by day those of the table itself and a sample of the others.",
    "A phase without actions is final. Working days follow the Algemene termijnenwet; hours run day and night.",
  ].join("\n\n");
  return `${[head, ...tables.map(section)].join("\n\n")}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(workflowsPage, renderWorkflows());
