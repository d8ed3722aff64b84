/** How the tab that came back from an organisation's sign-in tells the tab that holds the keys: a word without content, within this browser and this origin. Used by the two pages of this folder. */

const name = "rugdekking-bevestigen";

export const returnChannel = {
  /** Says that something came back. */
  say(): void {
    const channel = new BroadcastChannel(name);
    channel.postMessage("terug");
    channel.close();
  },
  /** Calls back whenever something came back; stop with what it returns. Whoever hears it asks the server: the word itself says nothing. */
  listen(heard: () => void): () => void {
    const channel = new BroadcastChannel(name);
    channel.addEventListener("message", heard);
    return () => channel.close();
  },
};
