/** Dutch words of the guide for messages that vanish. Apart from the other words, so that the report page stays light. */
export const nl = {
  title: "Berichten die verdwijnen, zoals bij Snapchat",
  lead: "Neem rustig de tijd. Het hoeft niet in één keer goed.",
  items: [
    "Maak met een tweede telefoon een foto van het scherm. De afzender ziet het als u een schermafbeelding maakt.",
    "Houd de gebruikersnaam en de profielfoto in beeld.",
    "Laat zien wie het plaatste, en op welke dag.",
    "Staat erbij dat het om uw functie gaat? Zet dat ook op de foto.",
    "Filmen kan ook. Begin bij het profiel en ga dan naar het bericht.",
    "Reageer niet. Blokkeer pas als alles is vastgelegd.",
  ],
  help: "Wilt u het niet zien? Vraag iemand om dit voor u te doen.",
};
export type Messages = typeof nl;
