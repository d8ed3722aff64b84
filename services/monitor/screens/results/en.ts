/** Words of the page with results, English. */
import type { Messages } from "./nl.ts";

export const en = {
  title: "Results of the Monitor",
  loading: "Fetching the figures",
  none: "Nothing has been published yet",
  noneNext: "After a survey the figures stand here, with their margins. You need do nothing.",
  choose: "About whom do you want to read?",
  report: "All office-holders",
  table: "Show the figures as a table",
  downloads: "Keep",
  data: "All figures as data (JSON)",
  codebook: "Codebook (CSV, in Dutch)",
  catalogue: "Description of the data (DCAT)",
  paper: "This page as pdf (in Dutch)",
  manifest: "List of all files (JSON)",
  made: "Signature of who made the figures (JSON)",
  cleared: "Signature of who let them out (JSON)",
  licence: "You may use the data freely (CC0).",
  unknown: "There is no factsheet about this. Choose another group.",
  broken: "The publication cannot be read",
  brokenMend: "Try again later. If it stays so, tell whoever runs this site.",
  away: "The publication cannot be reached now",
  awayMend: "See whether you have a connection. Then try again.",
  again: "Try again",
} satisfies Messages;
