/** English words of the guide for messages that vanish. */
import type { Messages } from "./vanishing-nl.ts";

export const en: Messages = {
  title: "Messages that vanish, as on Snapchat",
  lead: "Take your time. It need not be right at once.",
  items: [
    "Photograph the screen with a second phone. The sender sees it when you take a screenshot.",
    "Keep the user name and the profile photo in view.",
    "Show who posted it, and on which day.",
    "Does it say that it is about your office? Get that in the photo too.",
    "Filming works too. Begin at the profile and go on to the message.",
    "Do not answer. Block only when everything was kept.",
  ],
  help: "Would you rather not see it? Ask someone to do this for you.",
};
