/** English words of the documents. */
import type { Messages } from "./nl.ts";

export const en: Messages = {
  title: "Documents",
  text: "Your browser makes the documents itself, on this device. The text goes nowhere. What goes to a Dutch authority is in Dutch.",
  first: "The first time your browser fetches the program that makes documents: about 9 MB, 30 MB unpacked. After that it stays on this device.",
  make: "Make the PDF",
  makeOf: (name: string) => `Make the PDF: ${name}`,
  collecting: "Everything is fetched and checked",
  loading: (done: string, all: string) => `Fetching the program: ${done} of ${all}`,
  making: "The document is being made",
  open: "Open",
  openOf: (name: string) => `Open the PDF: ${name} (new tab)`,
  save: "Save",
  saveOf: (name: string) => `Save the PDF: ${name}`,
  ready: (size: string) => `Ready, ${size}.`,
  leftOut: (names: string) => `Not in the document, because it is no readable photo: ${names}.`,
  failed: "The document could not be made. Try again. If it does not work, reload the page.",
  saved: "Whoever has this file can read it. Keep it in a safe place.",
};
