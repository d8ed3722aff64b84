/** English words of the first page and the page about protection. */
import type { HomeMessages } from "./home-nl.ts";

export const en = {
  home: {
    title: "What is the matter?",
    lead: "For political office-holders who are threatened or harassed, and for those who help them.",
    roads: {
      report: { title: "I am being threatened or harassed", text: "Tell it in your own words. It takes about two minutes." },
      doxing: { title: "My address or data is online", text: "Report where it is. You read what you can do now." },
      scan: { title: "I want a security scan", text: "An adviser looks at your home and daily life with you." },
      helper: { title: "I help an office-holder", text: "For clerks, secretaries, partners and colleagues." },
      signIn: { title: "Sign in", text: "With your account, or back to a report with your code." },
    },
    messages: "Did you get many messages? Let your device look through them first, so that you need not read them alone.",
    promiseTitle: "What happens with your story",
    promises: [
      { title: "You tell it here", text: "Your words are locked on your own device before they are sent." },
      { title: "You choose who reads it", text: "Only the people you choose hold a key. We do not." },
      { title: "Someone answers", text: "You always see whose turn it is, and until when." },
    ],
    noAccount: "You need no account. You do not have to prove anything.",
    more: "Read how this protects you",
  },
  over: {
    title: "How this protects you",
    lead: "Rugdekking is built like a post office for sealed letters.",
    seal: {
      title: "Your words are locked",
      text: "What you type is locked on your own device. Only the people you choose hold a key. The server cannot open it.",
    },
    see: {
      title: "What the server does see",
      text: "The server must be able to deliver your letter. For that it sees:",
      items: [
        "for which safety desk a dossier is",
        "what kind of message comes, and when",
        "roughly how large it is",
        "who signed it and which term is running",
      ],
    },
    lost: {
      title: "What we cannot do",
      text: "We cannot restore a lost code or passphrase. That is the price of a lock without a back door. So keep your code safe.",
    },
    log: {
      title: "Nothing vanishes quietly",
      text: "Each arrival is in a public log, without content. With your receipt you check yourself that nothing was removed or changed.",
    },
    device: {
      title: "Your own device",
      text: "Does someone watch your phone or computer? Then use another device. Leave fast closes the page but does not erase your browser's whole history.",
    },
    check: "Check a receipt",
  },
} satisfies HomeMessages;
