/** Dutch words of a device that stands in the place of an account. */

export const nl = {
  way: {
    title: "Deze telefoon is bekend",
    text: "U heeft hier geen naam of wachtzin nodig.",
    go: "Op deze telefoon verder",
    unknown: "Deze telefoon is niet meer bekend",
    unknownText:
      "U kunt hier zo niet meer verder. Dat is op een ander toestel geregeld. Log in met uw herstelblad, of vraag uw team om een nieuwe uitnodiging.",
    forget: "Laat deze telefoon dat vergeten",
  },
  start: {
    title: "Maak deze telefoon klaar",
    lead: "Uw sleutels komen op deze telefoon. U kiest geen naam en hoeft niets te onthouden.",
    warnTitle: "Lees dit eerst",
    warnLock: "Wie uw ontgrendelde telefoon heeft, kan lezen wat u kunt lezen. Zet er dus een slot op.",
    warnLost: "Bent u de telefoon kwijt? Bel meteen wie uw team leidt. Die haalt u dan uit het team.",
    warnCleared: "Wist u de gegevens van deze browser? Dan kent deze telefoon u niet meer. Sommige browsers wissen ze zelf als u lang niet komt.",
    go: "Maak klaar",
    back: "Terug",
  },
  spare: {
    title: "Uw herstelblad",
    lead: "Hiermee kunt u op een ander toestel verder. U ziet dit blad maar één keer.",
    card: "Herstelblad",
    handle: "Uw inlognaam:",
    text: "Ga naar Rugdekking en kies Inloggen, dan Herstelblad.",
    kept: "Ik heb het blad bewaard",
    skip: "Ik wil geen herstelblad",
  },
  confirm: {
    title: "Heeft u het herstelblad?",
    lead: "Typ twee groepen over. Zo weet u zeker dat uw kopie klopt.",
  },
  skip: {
    title: "Verder zonder herstelblad?",
    text: "Raakt u deze telefoon kwijt, dan kunt u op geen enkele manier meer inloggen. Wij kunnen dat niet herstellen.",
    team: "Uw team kan u wel opnieuw uitnodigen. Uw collega's houden hun eigen sleutel.",
    go: "Verder zonder herstelblad",
    back: "Toch het blad bekijken",
  },
  forget: {
    title: "Deze telefoon kent u",
    text: "U bent hier zonder wachtzin. Laat de telefoon u vergeten als u hem weggeeft of niet meer gebruikt.",
    go: "Vergeet mij op deze telefoon",
    sure: "Wilt u dat deze telefoon u vergeet?",
    gone: "U wordt overal uitgelogd. Zonder herstelblad kunt u daarna niet meer terug.",
  },
};
export type Messages = typeof nl;
