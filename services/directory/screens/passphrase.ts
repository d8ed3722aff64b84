/** Suggests a passphrase: seven Dutch words drawn by chance from 261, 56 bits before Argon2id makes each guess slow. Used by the account page. */

const words =
  "aarde acht adem akker anker appel april arm avond baan bakker bal balkon band bank beek beeld beker berg bezem bijl blad blauw bloem boek boer bol boog boom boord boot bord bos boter bouw brief broek brood brug buik buur cirkel dag dak dam dans deken deur diep dijk doek doos dorp draad drie druif duif duin eend eik eiland emmer engel erf fiets fluit fontein fruit gans gras graan groen grond haak haan hals hamer hand haven heide helm hemel herfst hert heuvel hoed hoek hond honing hooi hoorn hout huis iep ijs inkt jaar jas juni kaars kaas kabel kade kamer kano kast kat keel kelder kers ketel keuken kikker kind kist klei klok knie knoop koe koffer koffie koor koren kom kraan krant krijt kruik kruid kust laars laken lamp land lente lepel lied lijn linde loods lucht maan maand mand mast mais meer melk merel mes metro meter mier molen mond mossel mosterd mouw muis munt muur naald nacht nest net neus noot noord oever olijf oom oost opa oven paal paard pad papier park parel peer pen perzik pijp plank plein poort pop pot prei put raam radijs rand regen ree rivier riet ring rots roos rug ruit sap schaal schaap schip schoen school schuur sloot slot sneeuw snor spar spiegel spoor stad steen ster stoel storm straat strand struik tafel tak tand tas tegel tent thee tij toren touw trap trein trui tuin tulp uil uur vaart vaas vader veer veld vijver vin vis vlag vlam vlier vloer vogel voet vork vuur water weg".split(
    " ",
  );

/** How many words there are to draw from; passphrase.test.ts holds it at 256 or more, all different. */
export const passphraseWords: readonly string[] = words;

/** Seven words with spaces. Drawn without bias: a draw beyond the last whole multiple is drawn again. */
export function suggestPassphrase(count = 7): string {
  const limit = 0x1_0000_0000 - (0x1_0000_0000 % words.length);
  const chosen: string[] = [];
  while (chosen.length < count) {
    const draw = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    const word = draw < limit ? words[draw % words.length] : undefined;
    if (word !== undefined) chosen.push(word);
  }
  return chosen.join(" ");
}
