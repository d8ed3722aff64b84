/**
 * Own messages with personal data and harmless look-alikes, other in shape than the development data, to see whether the finders of this room generalise; read by
 * tests only. One message per line: `tier | text`, every piece marked as `{kind:piece}`. All persons, addresses and numbers are invented.
 */
const CASES = `
plain | Ik weet waar je woont hoor, {address:Lindenlaan 14} in {location:Ermelo}.
plain | Mevrouw {name:Petronella Kwakkelstein} woont aan de {address:Molenstraat 7a} te {location:Boxtel}.
plain | Zijn adres: {address:Anemoonstraat 112-B}, {postcode:2565 RT} {location:Den Haag}
plain | Dit is haar privénummer: {phone:06-18273645}. Doe er iets moois mee.
plain | Bel die wethouder maar thuis, {phone:0492 531 778}, hij neemt altijd op.
plain | App {name:Mirjam Oudshoorn} op {phone:+31 6 2938 4756}
plain | {name:Gerard Tichelman} ({phone:040-2817364}) heeft dit bedacht.
plain | Stuur al je klachten naar {email:gerard.tichelman@ziggo.nl}
plain | Mail: {email:k_vanderlaan1975@hotmail.com}, of loop langs op {address:Kerkplein 3}.
plain | De auto van haar man is een grijze Skoda, {plate:J-482-PT}.
plain | Kenteken {plate:82-GTN-4}, staat altijd achter het gemeentehuis
plain | Zie je {plate:XB-914-K} rijden? Toeteren!
plain | Zijn BSN is {bsn:111222333}, gewoon uit het dossier gehaald.
plain | Het sofinummer van die man: {bsn:1234.56.782}
plain | Rekeningnummer {iban:NL91 ABNA 0417 1643 00} op naam van {name:J.P. Hoogeboom}
plain | Geef die griffier {name:Annelies van Rooij} een belletje: {phone:0341-418822}
plain | De dochter van {name:Hendrik-Jan Meulenkamp} zit op school in {location:Rijssen}.
plain | {name:Fatima El Amrani}, {address:Rooseveltlaan 88 II}, {location:Amsterdam}
plain | Gisteren zag ik {name:Rob Verschuur} op zijn fiets, hij woont op nummer 16.
plain | {name:Bas Terwindt} en {name:Saskia Hoefakker} wonen op de {address:Esdoornlaan 25} in {location:Wageningen}
plain | Ze woont tegenwoordig op de {address:Nieuwe Gracht 41} in {location:Haarlem}, derde bel.
plain | Privéadres burgemeester {name:De Graaf}: {address:Oranje Nassaulaan 5}, {location:Zeist}
plain | wethouder {name:Jansen} is een leugenaar
plain | Meneer {name:Van den Berg}, u hoort nog van ons.
plain | Dokter {name:Karahan} heeft dit goedgekeurd
plain | {name:A.M. de Wilde} heeft tegen gestemd
plain | Ga eens praten met {name:Mohammed Bouzambou}, zijn winkel zit op de {address:Marktstraat 9}.
plain | Wie kent {name:Lotte Vermeulen}? Ze rijdt in {plate:NP-473-D}.
plain | Vanavond 20:00 verzamelen bij {address:Beukenhof 12}, {postcode:5683 CK} {location:Best}
plain | Huisadres: {address:Burgemeester Drijberweg 21}, {postcode:7731 AG} {location:Ommen}.
plain | {address:Prins Bernhardlaan 230}, {postcode:3527 GL}, {location:Utrecht}. Meer hoef je niet te weten.
plain | Haar huis staat te koop, {address:De Wieken 33} in {location:Hoogeveen}. Ga kijken!
plain | Hij slaapt elke woensdag op {address:Frans van Mierisstraat 62-3} {location:Amsterdam}
plain | Je kunt hem vinden op {address:'t Hof 4}, {postcode:4251 EB} {location:Werkendam}.
plain | woonplaats {location:Zundert}, {address:Molenstraat 203}, telefoon {phone:076-5972244}
plain | Belgisch nummer van hem: {phone:+32 478 12 34 56}
plain | Bankrekening: {iban:BE68 5390 0754 7034}
plain | Zijn Duitse rekening {iban:DE89370400440532013000} ook maar even plaatsen
plain | kijk op {url:https://www.facebook.com/gerard.tichelman.9} voor foto's van zijn gezin
plain | Volg hem op insta: {name:@gerard_tichelman}
plain | Haar snapchat is {name:@lotje.vermeulen2009}
plain | Zijn huis op de kaart: {url:https://maps.app.goo.gl/AbCdEf123456}
plain | Hier woont die vent: {location:52.092876, 5.104480}
plain | {url:www.funda.nl/koop/zeist/huis-12345} dat is zijn huis
plain | Alles staat op {url:linkedin.com/in/annelies-van-rooij}
plain | De ouders van {name:Dirk-Jan Zwanenburg} wonen in {location:Putten}, {address:Achterstraat 17}.
plain | Vraag maar naar {name:Tjeerd Hiemstra} van de afdeling Vergunningen
plain | {name:Willemijn van Bokhoven-de Ruiter} is de naam, {location:Vught} de plaats
plain | Namens {name:mr. drs. P. Langeveld}, wethouder te {location:Gorinchem}
plain | De heer {name:C. Brouwers} ({address:Hertogstraat 5}) wordt verzocht zich te melden
plain | Haar moeder, {name:Truus Bakker}, ligt op kamer 12 van het verpleeghuis.
plain | Zoon {name:Daan Bakker} voetbalt zaterdag in {location:Barneveld}
plain | Rekening {iban:NL20INGB0001234567} van {name:Ö. Yıldız}
plain | Tel. {phone:(0343) 51 22 33} of mobiel {phone:06 5432 1098}
plain | Vader heet {name:Klaas Mulder}, moeder {name:Ineke Mulder-Bos}
plain | Z'n nummerbord is {plate:19-LV-RB} en z'n motor {plate:MH-41-TS}
plain | Ik heb het thuisadres van {name:Sandra Kruithof}: {address:Vlasakker 8} {postcode:3417 XT} {location:Montfoort}
plain | Hij zit bijna elke avond bij zijn vriendin, {address:Wilhelminapark 55 bis}, {location:Utrecht}
plain | Neem contact op met {name:Jeroen Aalbers}
plain | {name:Youssef Benhaddou} woont sinds kort in {location:Culemborg}
plain | Kerkstraat is afgesloten, maar {name:Piet Paulusma} woont op {address:Kerkstraat 80}
plain | Weet je wie dat besloten heeft? {name:Marianne Schuurmans}, {email:m.schuurmans@kpnmail.nl}.
plain | Pas op voor die {name:Ronald Plasterk} types
plain | Postbode weet het ook: {address:Havendijk 30C}, {postcode:3114 EA}.
plain | Zij staat ingeschreven op {address:Dorpsstraat 100}, {location:Nootdorp}
plain | Voordeur van {address:Jan van Galenstraat 289 hs} in de gaten houden
plain | Kind zit op basisschool De Regenboog in {location:Dronten}
casual | lol {name:kees van der meijden} woont gewoon op de {address:vijverlaan 16} in {location:capelle aan den ijssel}
casual | iemand zin om langs te gaan? {address:tulpstraat 4} {postcode:7622bc} {location:borne}
casual | heb z'n nr hoor {phone:0643218765}
casual | nummertje van die trut {phone:06 87 65 43 21}
casual | ze woont {address:eikenlaan 3b} {location:raalte}, niet van mij gehoord
casual | die {name:Bennie Lubbers} rijdt in {plate:gz934t}
casual | kenteken is {plate:kb 831 x} succes ermee
casual | mail m maar {email:bennielubbers@gmail.com} hahaha
casual | adres = {address:schoolstraat nr 12} {postcode:1271 tk} {location:huizen}
casual | zoek maar op {name:samira el khattabi} dan vind je alles
casual | wethouder {name:j. van 't hof} heeft ook een huis in {location:domburg}
casual | volgens mij heet ze {name:Anouk Pelgrim}
casual | gewoon {phone:0031623456789} bellen om 3 uur snachts
casual | {phone:+31 (0)6 11 22 33 44} is van die griffier
casual | t adres is {address:Van Speijkstr. 19}, {location:Zaandam}
casual | haar iban is {iban:nl91abna0417164300} stuur een betaalverzoek van 0,01
casual | bsn van die gast {bsn:111222333} #gelekt
casual | insta {name:@sjaakie.dewit} kan iedereen vinden
casual | {name:achmed yilmaz}, {address:irenestraat 31}, {postcode:6814 gp} {location:arnhem}
casual | hij is te vinden op {address:bosweg 2} te {location:ede}
casual | zn vrouw {name:ingrid te wierik} werkt bij de hema in {location:hengelo}
casual | fam. {name:Bouwmeester} woont daar, {address:Hoofdweg 418}
casual | die {plate:TZ-84-PX} staat weer dubbel geparkeerd
casual | stuur ff n kaartje naar {address:Rijksstraatweg 301}, {postcode:1969LG} {location:Heemskerk}
hidden | Bel {phone:nul zes twaalf vierendertig zesenvijftig achtenzeventig}
hidden | nummer: {phone:nul-zes-een-twee-drie-vier-vijf-zes-zeven-acht}
hidden | {phone:O6 l2345678}
hidden | {phone:0*6*2*3*4*5*6*7*8*9}
hidden | {phone:0-6-2-2-3-3-4-4-5-5}
hidden | Mobiel {phone:06.22.33.44.55}
hidden | tel {phone:oo31 6 22334455}
hidden | mail: {email:piet punt jansen apenstaartje gmail punt com}
hidden | {email:piet_jansen (at) ziggo (dot) nl}
hidden | {email:p.jansen{at}kpnmail{dot}nl}
hidden | {email:pietjansen78 [apenstaartje] hotmail [punt] com}
hidden | {email:piet.jansen @ outlook.com}
hidden | schrijf naar {email:piet underscore jansen at live punt nl}
hidden | {iban:NL 91 ABNA 0417 1643 00}
hidden | {iban:NL91.ABNA.0417.1643.00} t.n.v. {name:M. Oudejans}
hidden | {iban:N L 9 1 A B N A 0 4 1 7 1 6 4 3 0 0}
hidden | kenteken {plate:G / 934 / TX}
hidden | auto {plate:g.934.tx} bij de kerk
hidden | {address:TULPSTRAAT 4}, {postcode:7622-BC} {location:BORNE}
hidden | {address:Tulpstraat4} in {location:Borne}
hidden | ZE WOONT OP {address:MARKTPLEIN 8} IN {location:EMMELOORD}
hidden | bsn {bsn:1 1 1 2 2 2 3 3 3}
hidden | burgerservicenummer {bsn:111-222-333}
hidden | {phone:０６１２３４５６７８}
none | Het budget is 06 procent lager dan in 2024.
none | De vergadering van 12-05-2024 10:30 is verplaatst naar 14:00 uur.
none | Artikel 12a van de wet geldt ook voor u.
none | Volgens psalm 23 komt het goed.
none | Ajax won met 3-1 van PSV.
none | In groep 8b zitten 31 kinderen.
none | We hebben 2500 km gereden door Frankrijk.
none | Bus 12 rijdt niet meer naar het ziekenhuis.
none | Kamerstukken II 2023/24, 36410, nr. 7
none | De raad heeft motie 2024-118 verworpen.
none | Lijn 4 stopt bij halte Centrum.
none | Het college van burgemeester en wethouders besluit morgen.
none | Partij van de Arbeid en Raad van State zijn het oneens.
none | De Tweede Kamer stemt dinsdag over het voorstel.
none | Koning Willem III kanaal is gestremd.
none | Op de A12 bij Utrecht staat 10 km file.
none | Ik was gisteren in Amsterdam en het regende.
none | In Zwolle en Kampen wordt gebouwd aan nieuwe woningen.
none | Gemeente Amsterdam verhoogt de belasting.
none | Wanneer komt er eindelijk een fietspad langs de Dorpsstraat?
none | De Kerkstraat is al jaren een racebaan.
none | Aan de Molenweg worden 40 woningen gebouwd.
none | Factuurnummer 0612345678 is nog niet betaald.
none | Uw zaaknummer is 111222333, houd dit bij de hand.
none | Ordernummer AB-12-CD-3456 is verzonden.
none | Windows 11 werkt niet op mijn computer.
none | Mijn dochter is 16 en durft niet meer naar buiten.
none | Wat een slappe hap, dit stadsbestuur.
none | Goedemorgen! Kunt u mij vertellen hoe laat het loket opengaat?
none | Beste raadsleden, ik maak mij grote zorgen over de plannen.
none | Met vriendelijke groet, een bezorgde bewoner
none | Ik heb u op 3 mei 2025 al een brief gestuurd.
none | Er waren 1250 bezoekers op Koningsdag.
none | 3 van de 5 wethouders stemden tegen.
none | Dat kost 12.500 euro per jaar, schandalig.
none | Je bent de slechtste wethouder ooit.
none | ISBN 9789024439997 is een mooi boek over de stad.
none | Zie pagina 112 van het rapport.
none | Op 112 bellen heeft geen zin.
none | De temperatuur was 32 graden in de klas.
none | Het dossier Stikstof 2030 moet dicht.
none | Covid 19 was een ramp voor de horeca.
none | Een huis van 1200 m2, hoe dan?
none | Ik ben het eens met wethouder Wonen en Zorg.
none | Route 66 is mooier dan de N201.
none | De Lange Termijn Agenda 2025 is vastgesteld.
none | Neem de trein van 17.32 uur.
none | Vlucht HV 6115 had vertraging.
none | Onze club speelt zondag tegen FC Twente.
none | Grote Markt wordt autovrij.
none | Het Rode Kruis heeft 20 vrijwilligers nodig.
none | De Europese Unie betaalt 50 procent mee.
none | Model 3 van Tesla is duurder geworden.
none | De Sint Jan staat in de steigers.
none | Deze week geen vergadering i.v.m. ziekte, n.v.t. op de commissie.
none | Ik kijk at home naar de raad.
none | Versie 2.0 van het plan is beter.
none | Nummer 1 op de lijst is een vrouw.
none | Jullie hebben 9 van de 10 beloftes gebroken.
none | De burgemeester van Utrecht opent de tentoonstelling.
none | Zaal 3 is bezet tot 16 uur.
none | Stem op lijst 7!
none | U betaalt 0,50 per zak, dus 26 euro per jaar.
none | Klaar.De rest komt later.
none | Vandaag 25 graden, morgen 18.
none | Het gaat om kavel 14 en perceel 2301.
none | Wet open overheid, artikel 5.1 lid 2
none | Op 4 en 5 mei is het stadhuis dicht.
none | De n.v. Bank Nederlandse Gemeenten heeft AAA-status.
none | Parkeervak 17 is voor invaliden.
none | 16.000 handtekeningen en nog steeds nee.
none | Waarom staat er niks over Schiphol in het akkoord?
none | D66 en GroenLinks hebben 11 zetels.
none | Rood 3 en Blauw 4 in de eindstand.
none | Kwart voor 8 begint de bijeenkomst in het dorpshuis.
none | Morgen om 9 uur in de raadszaal, tot dan!
none | Boete van 95 euro omdat ik 5 minuten te laat was.
none | Een op de 3 jongeren vindt geen huis.
none | En dan nog wat: de wethouder liegt keihard.
none | raadslid snapt er niks van
none | wethouder faalt weer eens op alle fronten
none | De man van de schoonmaak was aardiger dan jij.
none | jouw naam staat straks op een lijstje met slechte bestuurders
none | De kinderen van groep 3 gaan naar het museum.
plain | Neem vooral een kijkje bij {name:Evert Sluyzenaar}, {address:Populierendreef 71}, {postcode:2272 RE} {location:Voorburg}
plain | {name:Ilse Quakkelaar} heeft een nieuw nummer: {phone:06-39182746}
plain | Beste mensen, het adres is {address:Zonnedauw 15} te {location:Drachten}, breng bloemen mee.
plain | Heeft iemand het nummer van {name:Koen Wassenbergh}? Ja: {phone:053 431 22 98}
plain | Jullie wethouder {name:Özlem Karataş} woont in {location:Hengelo}, gewoon in een rijtjeshuis.
plain | Statenlid {name:Rutger Ebbelaar} rijdt elke dag met {plate:K-305-ZP} naar het provinciehuis
plain | De man heet {name:Lieven Droogscheerder} en werkt op het gemeentehuis.
plain | Contactgegevens: {name:W.F. Pannekeet}, {address:Torenlaan 2}, {postcode:1251 HJ} {location:Laren}, {phone:035-5312244}, {email:wf.pannekeet@planet.nl}
plain | Haar ouders wonen aan de {address:Dennenweg 118} in {location:Lonneker}.
plain | Vrijdag is {name:Hatice Demirkan} jarig, stuur een kaart: {address:Appelgaarde 44}, {postcode:3992 JE} {location:Houten}
plain | Zijn oude adres was {address:Singel 390}, nu zit hij op {address:Weesperzijde 7-1}.
plain | {name:Gijsbrecht van der Ploeg-Tuinstra}, inspecteur, rekening {iban:NL02ABNA0123456789}
plain | Ik stuur deze brief aan {address:Postweg 6}, {postcode:8256 AA} {location:Biddinghuizen} en nergens anders heen.
plain | Wist u dat {name:Ruben Stoffelsma} tegenwoordig op {address:Kanaaldijk Noord 19} woont?
plain | Kenteken van de vrouw van de burgemeester: {plate:5-KTV-88}.
plain | Bsn {bsn:123456782}, geboren in {location:Emmen}
plain | Mijn buurman {name:Teun Haverschmidt} werkt bij de gemeente en hij zegt dat het niet klopt
plain | Burgemeester {name:Wijnsma} moet opstappen.
plain | Raadslid {name:Femke Groothuizen} stemde als enige tegen.
plain | {name:Mw. drs. L.J. van Tongerlo} is te bereiken via {phone:06 28 17 36 45}
plain | Het gaat om {name:Abdelkarim Aït Ben}, {address:Goudenregenstraat 90}, {postcode:2565 EZ}
plain | Profiel: {url:https://x.com/ruben_stoffelsma}
plain | Filmpje van zijn huis: {url:https://youtu.be/a1B2c3D4e5F}
plain | Ga op zaterdag naar {address:Sportlaan 1} in {location:Wierden}, dan staat hij langs de lijn.
plain | Zie {name:Sophie de Lange} op het terras? App me.
plain | Het geheime nummer van de griffier is {phone:0611223344}.
plain | Onze {name:Johan Remkes} had het beter gedaan
casual | kent iemand {name:evert sluyzenaar}? woont {address:populierendreef 71} {location:voorburg}
casual | {name:ilse quakkelaar} {phone:0639182746} ga je gang
casual | adres van die inspecteur: {address:zonnedauw 15}, {location:drachten}
casual | {name:koen wassenbergh}, {phone:053-4312298}, bel m plat
casual | hij rijdt {plate:k305zp} let op
casual | dochter van {name:rutger ebbelaar} zit op school in {location:goor}
casual | {address:torenlaan 2} {postcode:1251hj} {location:laren}, ramen zijn niet dicht
casual | wethouder {name:özlem karataş} kan wat beleven
casual | {address:Dennenweg nr. 118}, {location:lonneker}
casual | haar mail: {email:HATICE.DEMIRKAN@GMAIL.COM}
casual | zet hem op {address:appelgaarde 44} {postcode:3992 je} lol
casual | n rekening: {iban:nl02 abna 0123 4567 89}
casual | bsn = {bsn:123 456 782}
casual | {plate:5ktv88} is de auto van zn vrouw
casual | app {name:teun haverschmidt} maar op {phone:06.28173645}
casual | raadslid {name:f. groothuizen} ({location:beuningen}) woont {address:Weversstraat 8c}
casual | de kinderen van {name:johan snippenberg} gaan naar school in {location:nes}
casual | zijn vriendin {name:Nadia} woont ook daar
hidden | {phone:nul 6 twee 8 een 7 drie 6 vier 5}
hidden | {phone:+31-6-28-17-36-45}
hidden | {phone:(0)6 28 17 36 45}
hidden | {phone:O6 28I7 3645}
hidden | {phone:0031(0)628173645}
hidden | {email:ruben.stoffelsma (a) gmail.com}
hidden | {email:ruben.stoffelsma AT gmail DOT com}
hidden | {email:ruben.stoffelsma[apenstaartje]kpnmail[.]nl}
hidden | {iban:NL02 - ABNA - 0123 - 4567 - 89}
hidden | {iban:NL02/ABNA/0123/4567/89} van {name:Gijsbrecht van der Ploeg}
hidden | kenteken: {plate:K.3O5.ZP}
hidden | auto {plate:5 KTV 88}
hidden | woont op {address:POPULIERENDREEF71}, {postcode:2272.RE} {location:VOORBURG}
hidden | zoek {address:Weesperz. 7} op
hidden | bsn {bsn:1.2.3.4.5.6.7.8.2}
hidden | BSN {bsn:een twee drie vier vijf zes zeven acht twee}
none | De commissie Ruimte vergadert op 14 maart om 19.30 uur in zaal 2.
none | Er is 45.000 euro begroot voor de Hoofdstraat.
none | Volgens de NOS waren er 300 demonstranten in Den Bosch.
none | Hebben jullie de brief van 3 juni ontvangen?
none | Fractie GroenLinks dient motie 44 in.
none | Klachtnummer 2024-00312 staat nog open.
none | U kunt terecht bij het loket, van 9 tot 12 uur.
none | Dit kost per huishouden 12,50 per maand.
none | Heel Brabant lacht zich kapot om dit besluit.
none | Schrijf u in voor de bewonersavond in De Schakel.
none | Schandalig dat de Wilhelminalaan weer openligt!
none | De wethouder van Financiën weet het ook niet.
none | Staat der Nederlanden verliest rechtszaak.
none | Op naar de volgende 4 jaar ellende.
none | 1 op de 5 raadsleden wordt bedreigd.
none | Zij kreeg 1234 voorkeurstemmen.
none | Kijk eens op pagina 7, dan weet u genoeg.
none | Gisteren nog 2 uur in de file gestaan bij Knooppunt Hoevelaken.
none | Waarom heeft Almelo wel een zwembad en wij niet?
none | De Ronde Tafel van 8 mei gaat niet door.
none | Nieuwbouw: 24 appartementen aan de Stationsstraat.
none | Goed gedaan Ajax 1, volgende keer beter.
none | U moet binnen 6 weken bezwaar maken.
none | Het Binnenhof is al jaren een bouwput.
none | Heeft u een BSN nodig voor de aanvraag?
none | Vul uw postcode en huisnummer in.
none | Onze Lieve Heer heeft rare kostgangers.
none | Groeten uit Zeeland, een tevreden burger.
none | De Johan Cruijff Arena was uitverkocht.
none | Ik mail het morgen at the office wel.
none | Ticket 83947261 is gesloten.
none | Ze zei: "Artikel 23 gaat voor alles".
none | Stap 1 is luisteren, stap 2 is doen.
none | Wij zijn met 12 man en 3 bussen gekomen.
none | Team Jeugd 4 is onderbezet.
none | Een agent per 5000 inwoners, dat is te weinig.
none | Samen met Gemeente Ede en Provincie Gelderland.
none | Nee heb je, ja kun je krijgen.
none | het is tijd dat de raad van zich laat horen
none | iedereen weet dat het college van niks weet
plain | Kijk, dit is waar {name:Hubertien Vaessen} slaapt: {address:Oude Maasweg 5}, {postcode:6229 BN} {location:Maastricht}.
plain | Iemand bij {name:Tycho Rademaker} langs geweest op {address:Palmboomstraat 27 huis}?
plain | De wethouder is bereikbaar onder {phone:0573-258311}, ook in het weekend.
plain | Bewoner {name:Marja Kloppenborg} van {address:Havikshorst 61} heeft bezwaar gemaakt.
plain | Geboekt van {iban:NL39RABO0300065264} naar de penningmeester.
plain | Mijn oom zag {name:Ton Hazewinkel} gisteren bij de bakker.
plain | {name:Elif Sarıkaya} rijdt tegenwoordig in een witte Kia ({plate:R-618-BX}).
plain | Laat een briefje achter bij {address:Bosrand 40} te {location:Nunspeet}.
plain | Ik heb hier het burgerservicenummer: {bsn:123456782}. Wat nu?
plain | Stuur uw mening naar {email:tonhazewinkel@xs4all.nl} en wees duidelijk.
plain | Commissaris {name:Wieger Bruinsma} woont in een boerderij bij {location:Joure}.
plain | Zijn vrouw heet {name:Corrie Hazewinkel-Post}, ze werkt bij de Jumbo in {location:Epe}
plain | De familie {name:Kloppenborg} is dit weekend weg, huis staat leeg. {address:Havikshorst 61}, {location:Lelystad}.
plain | Er is een foto van zijn auto: {url:https://imgur.com/a/Xy12z}
plain | Tegen {name:S. Oukbih} loopt ook een klacht, hij woont {address:Laan van Meerdervoort 1203}.
plain | Bel het thuisnummer ({phone:0546 - 81 22 19}) na zes uur.
casual | waar woont {name:tycho rademaker} eigenlijk
casual | {address:palmboomstraat 27} in mastricht toch?
casual | tis {phone:0573 25 83 11} probeer maar
casual | {name:ton hazewinkel} is weer es niet thuis, {address:bosrand 40} {location:nunspeet}
casual | heb je {name:elif sarikaya} haar nr? ja {phone:+31 638492715}
casual | witte kia {plate:r618bx}
casual | mailtje naar {email:ton.hazewinkel58@gmail.com} doet wonderen
casual | {name:corrie post} van de griffie, {address:hoofdstr 12} {location:epe}
casual | rekening nr {iban:NL39 rabo 0300 0652 64}
casual | die griffier heet {name:m. kloppenborg}, zij woont in {location:lelystad}
casual | {postcode:8242 pk} nr 61, {location:lelystad}
casual | kom allemaal naar {address:havikshorst 61}!!!
hidden | {phone:nul vijf zeven drie twee vijf acht drie een een}
hidden | {phone:0 5 7 3 - 2 5 8 3 1 1}
hidden | {email:tonhazewinkel apenstaartje xs4all punt nl}
hidden | {email:ton.hazewinkel58(at)gmail.com}
hidden | {iban:NL39.RABO.0300.0652.64}
hidden | {plate:R/618/BX} is zn auto
hidden | {address:BOSRAND40} {postcode:8071-KX} {location:NUNSPEET}
hidden | b.s.n. {bsn:123-45-67-82}
hidden | {address:Palmboomstr.27} achterom
hidden | {phone:o6-three8492715}
none | Er komen 180 asielzoekers in de oude school aan de Parkweg.
none | Het is nu 10 over 3 en de vergadering is nog niet begonnen.
none | Wij, de bewoners van de Vogelbuurt, zijn boos.
none | Kan de heer of mevrouw van de planning mij terugbellen?
none | De N34 wordt verdubbeld tussen Coevorden en Emmen.
none | Schaf artikel 23 af en sluit groep 7 en 8 samen.
none | Voor 85 cent koop je nog geen kop koffie.
none | Het Feyenoord-stadion kostte 444 miljoen.
none | De Maas staat 2 meter te hoog bij Borgharen.
none | Paus Leo en koning Charles waren er ook.
none | Om de week ligt hier 30 kilo zwerfvuil.
none | Jan met de pet betaalt de rekening.
none | Moeder Aarde kan dit niet meer aan.
none | Alle ballen op Wout.
none | Het rapport telt 214 bladzijden en 3 bijlagen.
none | Bestel 2 kaarten en krijg er 1 gratis.
none | Fijne Kerst en een gelukkig 2027 allemaal!
none | Onder nummer 2026/0815 is uw klacht geboekt.
none | De Grote Kerk in Breda is mooi verlicht.
none | Wij eisen dat Tata Steel 1 januari sluit.
none | Drie keer niks, deze coalitie.
none | GroenLinks-PvdA en D66 stemmen voor, VVD tegen.
none | Wethouders komen en gaan, de bus komt nooit.
none | Haal die bomen aan de Singel niet weg.
`;

/** A piece of personal data marked in a case. */
interface MarkedSpan {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

export interface MarkedCase {
  readonly tier: string;
  readonly text: string;
  readonly personal: readonly MarkedSpan[];
}

/** Reads one marked text: "{name:Jan Jansen} woont …". */
function readMarks(marked: string): Omit<MarkedCase, "tier"> {
  let text = "";
  const personal: MarkedSpan[] = [];
  const pattern = /\{(address|postcode|phone|email|iban|bsn|plate|name|url|location):((?:[^{}]|\{(?:at|dot)\})+)\}/gu;
  let from = 0;
  for (const match of marked.matchAll(pattern)) {
    const [whole, kind = "", piece = ""] = match;
    text += marked.slice(from, match.index);
    personal.push({ kind, start: text.length, end: text.length + piece.length });
    text += piece;
    from = match.index + whole.length;
  }
  return { text: text + marked.slice(from), personal };
}

/** Every case of this file. */
export const markedCases: readonly MarkedCase[] = CASES.trim()
  .split("\n")
  .map((line) => {
    const bar = line.indexOf(" | ");
    return { tier: line.slice(0, bar), ...readMarks(line.slice(bar + 3)) };
  });
