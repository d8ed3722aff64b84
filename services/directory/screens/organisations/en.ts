/** English words of finding an organisation. */
import type { Messages } from "./nl.ts";

export const en = {
  search: "Where do you hold office?",
  searchHint: "Type the name of your municipality, province or water authority.",
  searching: "Searching",
  none: "No organisation with this name. Check the spelling.",
  results: "Organisations found",
  demonstration: "demonstration",
} satisfies Messages;
