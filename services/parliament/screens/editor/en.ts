/** English words of the editor of a draft; same shape as nl.ts. */
import type { Messages } from "./nl.ts";

export const en: Messages = {
  toolbar: "Formatting",
  strong: "Bold",
  emphasis: "Italic",
  bullets: "Bullets",
  numbers: "Numbered",
  link: "Link",
  answer: "Reference",
  note: "Footnote",
  undo: "Undo",
  redo: "Redo",
  keys: "Arrows: along the buttons. Escape: out of the text. Tab: onwards.",
  linkLabel: "Address of the link",
  linkHint: "Starts with https://. Empty: the link goes away.",
  linkWrong: "This is no address that starts with https://.",
  answerLabel: "To the answer to which question?",
  answerOption: (number) => `Question ${number}`,
  noteLabel: "Text of the footnote",
  noteWrong: "Fill in the text of the footnote.",
  insert: "Insert",
  change: "Set the link",
  cancel: "Cancel",
  saving: {
    nothing: "",
    keeping: "Keeping it on this device",
    kept: "Kept locked on this device. Not in the dossier yet.",
    "not-kept": "This browser keeps nothing. Put your text in the dossier before you leave.",
  },
  resumed: "You wrote here before. Your text is back, together with what others wrote meanwhile.",
};
