/** Dutch words of the documents. */
export const nl = {
  title: "Documenten",
  text: "Uw browser maakt de documenten zelf, op dit apparaat. De tekst gaat nergens heen.",
  first: "De eerste keer haalt uw browser het programma op dat de documenten maakt: ongeveer 9 MB, uitgepakt 30 MB. Daarna blijft het op dit apparaat.",
  make: "Maak de pdf",
  makeOf: (name: string) => `Maak de pdf: ${name}`,
  collecting: "Alles wordt opgehaald en nagekeken",
  loading: (done: string, all: string) => `Programma ophalen: ${done} van ${all}`,
  making: "Het document wordt gemaakt",
  open: "Open",
  openOf: (name: string) => `Open de pdf: ${name} (nieuw tabblad)`,
  save: "Bewaar",
  saveOf: (name: string) => `Bewaar de pdf: ${name}`,
  ready: (size: string) => `Klaar, ${size}.`,
  leftOut: (names: string) => `Niet in het document, omdat het geen leesbare foto is: ${names}.`,
  failed: "Het document kon niet worden gemaakt. Probeer het nog eens. Lukt het niet, laad dan de pagina opnieuw.",
  saved: "Wie dit bestand heeft, kan het lezen. Bewaar het op een veilige plek.",
};
export type Messages = typeof nl;
