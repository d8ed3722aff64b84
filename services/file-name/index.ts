/** The one rule for what a file may be called when it leaves for someone's disk: an attachment that is saved, an original in a bundle. Every room may import it, it imports nothing. */

/**
 * A name any system can take, and that shows as what it is: letters, digits, `.`, `_`, `-` and spaces are kept, the rest (marks that turn text around, control and
 * path characters, Korean letters that are drawn as nothing) becomes `_`; at most 80 characters, the extension kept. Names come from whoever sent the file: `exe` must not pass for `jpg`.
 */
export function safeFileName(name: string): string {
  const flat = name
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}._ -]|[\u115f\u1160\u3164\uffa0]/gu, "_")
    .replace(/^[. ]+/, "")
    .replace(/[. ]+$/, "");
  if (flat === "") return "bestand";
  const characters = [...flat];
  if (characters.length <= 80) return flat;
  const dot = flat.lastIndexOf(".");
  const extension = dot > 0 && flat.length - dot <= 12 ? flat.slice(dot) : "";
  return characters.slice(0, 80 - extension.length).join("") + extension;
}

/** Whether a name holds only what {@link safeFileName} keeps: nothing a shell, a page or a folder could take for more than a name. */
export const isSafeFileName = (name: string): boolean => /^[\p{L}\p{N}_-][\p{L}\p{N}._ -]*$/u.test(name) && !/[\u115f\u1160\u3164\uffa0]/u.test(name);
