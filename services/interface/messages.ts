/** The frame's own messages in both languages; screens have theirs and call useMessages with them. */
import { en } from "./en.ts";
import { useMessages } from "./language.ts";
import { nl, type Messages } from "./nl.ts";

const both = { nl, en };

/** Messages of the shared components in the language in use. */
export const useInterfaceMessages = (): Messages => useMessages<Messages>(both);
