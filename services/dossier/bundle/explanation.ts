/** LEESMIJ.txt: says in plain Dutch, then English, what a bundle is, how to open it without us and what it proves. Only build calls this. */
import { KEY, PROTECTED_KEY } from "./format.ts";

/** What the text needs to know. */
export interface Explained {
  readonly dossier: string;
  readonly madeAt: string;
  readonly protectedKey: boolean;
  readonly whole: boolean;
  readonly demonstration: boolean;
  /** Name of one sealed item, for the example. */
  readonly example: string;
}

/** The text of LEESMIJ.txt. */
export function explanation(about: Explained): string {
  const identity = about.protectedKey ? PROTECTED_KEY : KEY;
  return `${about.demonstration ? "DEMONSTRATIE: alles in deze bundel is verzonnen. / DEMONSTRATION: everything in this bundle is invented.\n\n" : ""}UW DOSSIER OM MEE TE NEMEN
==========================

Dit is dossier ${about.dossier}, gemaakt op ${about.madeAt}.
${about.whole ? "Alle stukken van het dossier zitten erin." : "Alleen de stukken die u mag lezen zitten erin. Er zijn ook stukken die u niet heeft."}

LET OP. Wie deze map heeft, kan alles lezen wat erin staat.
Bewaar haar op een plek waar alleen u bij kunt. Stuur haar niet zomaar door.

Wat zit erin?
- originals/   Uw stukken, gewoon leesbaar.
- items/       Dezelfde stukken, versleuteld zoals wij ze bewaren.
- headers/     Het begin van die stukken zoals het bij ons staat. Nodig voor de controle.
- statements/  De handtekeningen: wie wat schreef, aan wie u iets gaf.
- receipts/    Bewijs dat elk stuk is ontvangen en niet is veranderd.
- captures/    Wat er is opgeschreven toen een bestand werd vastgelegd.
- timestamps/  Tijdstempels van een dienst van buiten, als die er zijn.
- BEWIJS.html  Wat dit bewijst en wat niet, en wie het wanneer had.
- ${identity.padEnd(12)} De sleutel${about.protectedKey ? ", achter uw wachtzin" : ""}. Die opent alles in items/.
- bundle.json  De lijst van alle bestanden, met een controlegetal.

Een stuk openen zonder ons
  Haal het programma age op (age-encryption.org). Typ dan:
  age -d -i ${identity} ${about.example} > stuk
  Achter het stuk staan soms lege bytes. Die verbergen hoe lang het stuk is.
  In originals/ zijn ze er al af.

De bundel controleren zonder ons
  rugdekking verify DEZE-MAP --pin SLEUTELBESTAND

Wat bewijst dit?
- Deze mensen hebben deze stukken ondertekend, en daarna is er niets aan veranderd.
- De stukken staan in het logboek waar de bonnen van zijn.
- Een vastgesteld advies is getekend door iemand die dat mocht en die het advies niet zelf schreef.
Wat bewijst dit niet?
- Dat de inhoud waar is.
- Dat er na het maken van deze bundel niets meer is gebeurd.
- De tijden zijn de tijden die de schrijvers zelf opgaven.
- De namen in de roosters zijn door de organisaties zelf opgegeven.
- Zonder een sleutelbestand van elders (--pin) vertrouwt de controle op bundle.json.

Hulp nodig? Is er gevaar: bel 112.


YOUR DOSSIER, TO TAKE AWAY
==========================

This is dossier ${about.dossier}, made at ${about.madeAt}. ${about.whole ? "It holds every entry." : "It holds only the entries you may read; there are others."}

WARNING. Whoever has this folder can read everything in it. Keep it where only you can reach it.

originals/ are your documents, readable. items/ are the same documents as standard age files, sealed to the key in
${identity}${about.protectedKey ? " (behind your passphrase)" : ""}. headers/ hold the original age headers: SHA-256 over a header and the payload of the item is the digest
that the author signed. captures/ hold what was written down when a file was taken in, timestamps/ what an outside authority says of its time (RFC 3161), BEWIJS.html
is the page about both. statements/ are the signed statements (DSSE, Ed25519), receipts/ the inclusion proofs (C2SP tlog-proof),
bundle.json lists every file with its SHA-256.

Open an item without us:      age -d -i ${identity} ${about.example} > document
  (zero bytes may follow the document: they hide its length; in originals/ they are already cut off)
Check the bundle without us:  rugdekking verify THIS-FOLDER --pin KEYFILE

It proves who signed what, that nothing was changed since, that every entry is in the log of the receipts, and that an adopted
advice was signed by someone who may adopt and did not write it. It does not prove that what is told is true, that nothing
happened after the bundle was made, that the stated times or the names in the rosters are right, nor, without a key file from
elsewhere, that bundle.json names the right log and registrar.
`;
}
