/**
 * The places (woonplaatsen) and municipalities of the Netherlands as they are spelled, parted by bars; read by lexicon.ts only.
 * Public facts: the municipalities of 1 January 2026 (CBS), the places as in the register of addresses, by way of the list in Faker (MIT); see the data statement in the README.
 */
export const PLACES = `
Nuenen, Gerwen en Nederwetten|'s Gravenmoer|'s-Graveland|'s-Gravendeel|'s-Gravenhage|'s-Gravenpolder|'s-Gravenzande|'s-Heer Abtskerke|'s-Heer Arendskerke|'s-Heer Hendrikskinderen|
's-Heerenberg|'s-Heerenbroek|'s-Heerenhoek|'s-Hertogenbosch|'t Goy|'t Haantje|'t Harde|'t Loo Oldebroek|'t Veld|'t Waar|'t Zand|'t Zandt|1e Exloërmond|2e Exloërmond|
2e Valthermond|Aa en Hunze|Aadorp|Aagtekerke|Aalden|Aalsmeer|Aalsmeerderbrug|Aalst|Aalsum|Aalten|Aardenburg|Aarlanderveen|Aarle-Rixtel|Aartswoud|Abbega|Abbekerk|
Abbenbroek|Abbenes|Abcoude|Achlum|Achterveld|Achthuizen|Achtkarspelen|Achtmaal|Acquoy|Adorp|Aduard|Aerdenhout|Aerdt|Afferden|Afferden L|Agelo|Akersloot|Akkrum|
Akmarijp|Albergen|Alblasserdam|Albrandswaard|Alde Leie|Aldeboarn|Aldtsjerk|Alem|Alkmaar|Allingawier|Almelo|Almen|Almere|Almkerk|Alphen|Alphen aan den Rijn|
Alphen-Chaam|Altena|Alteveer|Alteveer gem Hoogeveen|Altforst|Ambt Delden|Ameide|Ameland|Amen|America|Amerongen|Amersfoort|Ammerstol|Ammerzoden|Amstelhoek|Amstelveen|
Amstenrade|Amsterdam|Amsterdam-Duivendrecht|Andel|Andelst|Anderen|Andijk|Ane|Anerveen|Anevelde|Angeren|Angerlo|Anjum|Ankeveen|Anloo|Anna Paulowna|Annen|
Annerveenschekanaal|Ansen|Apeldoorn|Appelscha|Appeltern|Appingedam|Arcen|Arkel|Arnemuiden|Arnhem|Arriën|Arum|Asch|Asperen|Assen|Assendelft|Asten|Augsbuurt|
Augustinusga|Austerlitz|Avenhorn|Axel|Azewijn|Baaiduinen|Baaium|Baak|Baambrugge|Baard|Baarland|Baarle-Nassau|Baarlo|Baarn|Baars|Babberich|Babyloniënbroek|
Bad Nieuweschans|Badhoevedorp|Baexem|Baflo|Bakel|Bakhuizen|Bakkeveen|Balgoij|Balinge|Balk|Balkbrug|Balloo|Balloërveld|Ballum|Baneheide|Banholt|Bant|Bantega|Barchem|
Barendrecht|Barger-Compascuum|Barneveld|Barsingerhorn|Basse|Batenburg|Bathmen|Bavel|Bavel AC|Bears|Bedum|Beegden|Beek|Beek (L.)|Beek en Donk|Beekbergen|Beekdaelen|
Beemte Broekland|Beers NB|Beerta|Beerze|Beerzerveld|Beesd|Beesel|Beets|Beetsterzwaag|Beilen|Beinsdorp|Belfeld|Bellingwolde|Belt-Schutsloot|Beltrum|Bemelen|Bemmel|
Beneden-Leeuwen|Bennebroek|Bennekom|Benneveld|Benningbroek|Benschop|Bentelo|Benthuizen|Bentveld|Berg en Dal|Berg en Terblijt|Bergambacht|Bergeijk|Bergen (L.)|
Bergen (NH)|Bergen (NH.)|Bergen aan Zee|Bergen L|Bergen op Zoom|Bergentheim|Bergharen|Berghem|Bergschenhoek|Beringe|Berkel en Rodenrijs|Berkel-Enschot|Berkelland|
Berkenwoude|Berkhout|Berlicum|Berltsum|Bern|Bernheze|Best|Beugen|Beuningen|Beuningen Gld|Beusichem|Beutenaken|Beverwijk|Biddinghuizen|Bierum|Biervliet|
Biest-Houtakker|Biezenmortel|Biggekerke|Bilthoven|Bingelrade|Bitgum|Bitgummole|Bladel|Blankenham|Blaricum|Blauwestad|Blauwhuis|Bleiswijk|Blesdijke|Bleskensgraaf ca|
Blessum|Blije|Blijham|Blitterswijck|Bloemendaal|Blokker|Blokzijl|Boazum|Bocholtz|Bodegraven|Bodegraven-Reeuwijk|Boekel|Boelenslaan|Boer|Boerakker|Boesingheliede|
Boijl|Boksum|Bolsward|Bontebok|Boornbergum|Boornzwaag|Borculo|Borger|Borger-Odoorn|Borgercompagnie|Borgsweer|Born|Borne|Bornerbroek|Bornwird|Borsele|Borssele|
Bosch en Duin|Boschoord|Boskoop|Bosschenhoofd|Botlek Rotterdam|Bourtange|Boven-Leeuwen|Bovenkarspel|Bovensmilde|Boxmeer|Boxtel|Braamt|Brakel|Brandwijk|Brantgum|
Breda|Bredevoort|Breedenbroek|Breezand|Breezanddijk|Breskens|Breukelen|Breukeleveen|Brielle|Briltil|Britsum|Britswert|Broek|Broek in Waterland|Broek op Langedijk|
Broekhuizen|Broekhuizenvorst|Broekland|Broeksterwâld|Bronckhorst|Bronkhorst|Bronneger|Bronnegerveen|Brouwershaven|Bruchem|Brucht|Bruchterveld|Bruinehaar|Bruinisse|
Brummen|Brunssum|Bruntinge|Buchten|Budel|Budel-Dorplein|Budel-Schoot|Buggenum|Buinen|Buinerveen|Buitenkaag|Buitenpost|Bunde|Bunne|Bunnik|Bunschoten|
Bunschoten-Spakenburg|Burdaard|Buren|Burgerbrug|Burgerveen|Burgh-Haamstede|Burgum|Burgwerd|Burum|Bussum|Buurmalsen|Cadier en Keer|Cadzand|Callantsoog|
Capelle aan den IJssel|Castelre|Castenray|Casteren|Castricum|Chaam|Clinge|Coevorden|Colijnsplaat|Collendoorn|Colmschate|Cornwerd|Cothen|Cranendonck|Creil|Cromvoirt|
Cruquius|Cuijk|Culemborg|Daarle|Daarlerveen|Dalem|Dalen|Dalerpeel|Dalerveen|Dalfsen|Dalmsholte|Damwâld|Dantumadiel|Darp|De Bilt|De Blesse|De Bult|De Cocksdorp|
De Falom|De Fryske Marren|De Glind|De Goorn|De Groeve|De Heen|De Heurne|de Hoef|De Hoeve|De Kiel|De Klomp|De Knipe|De Koog|De Krim|De Kwakel|De Lier|de Lutte|
De Meern|De Moer|De Mortel|De Pol|De Punt|De Rijp|De Rips|De Ronde Venen|De Schiphorst|De Steeg|De Tike|De Veenhoop|De Waal|De Weere|De Westereen|de Wijk|De Wilgen|
De Wilp|De Wolden|de Woude|De Zilk|Dearsum|Dedemsvaart|Dedgum|Deelen|Deest|Deil|Deinum|Delden|Delfgauw|Delfstrahuizen|Delft|Delfzijl|Delwijnen|Demen|Den Andel|
Den Bommel|Den Burg|Den Dolder|Den Dungen|Den Ham|Den Helder|Den Hoorn|Den Horn|Den Hout|Den Ilp|Den Oever|Den Velde|Denekamp|Deurne|Deurningen|Deursen-Dennenburg|
Deurze|Deventer|Didam|Dieden|Diemen|Diepenheim|Diepenveen|Dieren|Diessen|Diever|Dieverbrug|Diffelen|Dijk en Waard|Dijken|Dinkelland|Dinteloord|Dinxperlo|Diphoorn|
Dirkshorn|Dirksland|Dodewaard|Doenrade|Doesburg|Doetinchem|Doeveren|Doezum|Dokkum|Doldersum|Domburg|Donderen|Dongen|Dongjum|Doniaga|Donkerbroek|Doorn|Doornenburg|
Doornspijk|Doorwerth|Dordrecht|Dorst|Drachten|Drachten-Azeven|Drachtstercompagnie|Drechterland|Dreischor|Drempt|Dreumel|Driebergen-Rijsenburg|Drieborg|Driebruggen|
Driehuis NH|Driehuizen|Driel|Driewegen|Driezum|Drijber|Drimmelen|Drogeham|Drogteropslagen|Drongelen|Dronryp|Dronten|Drouwen|Drouwenermond|Drouwenerveen|Drunen|
Druten|Duiven|Duivendrecht|Duizel|Dussen|Dwingeloo|Eagum|Earnewâld|Easterein|Easterlittens|Eastermar|Easterwierrum|Echt|Echt-Susteren|Echteld|Echten|Echtenerbrug|
Eck en Wiel|Eckelrade|Edam|Edam-Volendam|Ede|Ederveen|Ee|Eede|Eefde|Eelde|Eelderwolde|Eemdijk|Eemnes|Eemsdelta|Eemshaven|Een|Een-West|Eenrum|Eenum|Eerbeek|Eersel|
Ees|Eesergroen|Eeserveen|Eesterga|Eesveen|Eethen|Eext|Eexterveen|Eexterveenschekanaal|Eexterzandvoort|Egchel|Egmond aan den Hoef|Egmond aan Zee|Egmond-Binnen|
Eibergen|Eijsden|Eijsden-Margraten|Eindhoven|Einighausen|Ekehaar|Elahuizen|Elburg|Eldersloo|Eleveld|Elim|Elkenrade|Ell|Ellecom|Ellemeet|Ellertshaar|Ellewoutsdijk|
Elp|Elsendorp|Elshout|Elsloo|Elspeet|Elst|Elst Ut|Emmeloord|Emmen|Emmer-Compascuum|Empe|Emst|Engwierum|Enkhuizen|Ens|Enschede|Enspijk|Enter|Enumatil|Epe|Epen|
Eppenhuizen|Epse|Erica|Erichem|Erlecom|Erm|Ermelo|Erp|Esbeek|Esch|Escharen|Espel|Est|Etten|Etten-Leur|Europoort Rotterdam|Eursinge|Everdingen|Evertsoord|Ewijk|Exloo|
Exloërveen|Exmorra|Eygelshoven|Eys|Ezinge|Farmsum|Feanwâlden|Feerwerd|Feinsum|Ferwert|Ferwoude|Fijnaart|Finsterwolde|Firdgum|Fleringen|Fluitenberg|Fochteloo|Follega|
Folsgare|Formerum|Foudgum|Foxhol|Foxwolde|Franeker|Frederiksoord|Friens|Frieschepalen|Froombosch|Gaanderen|Gaast|Gaastmeer|Galder|Gameren|Gapinge|Garderen|
Garmerwolde|Garminge|Garnwerd|Garrelsweer|Garsthuizen|Garyp|Gassel|Gasselte|Gasselternijveen|Gasselternijveenschemond|Gastel|Gasteren|Gauw|Geelbroek|Geerdijk|
Geersdijk|Geertruidenberg|Geervliet|Gees|Geesbrug|Geesteren|Geeuwenbrug|Geffen|Geijsteren|Geldermalsen|Gelderswoude|Geldrop|Geldrop-Mierlo|Geleen|Gellicum|Gelselaar|
Gemert|Gemert-Bakel|Gemonde|Genderen|Gendringen|Gendt|Genemuiden|Gennep|Gerkesklooster|Gersloot|Geulle|Giesbeek|Giessen|Giessenburg|Gieten|Gieterveen|Giethmen|
Giethoorn|Gilze|Gilze en Rijen|Ginnum|Glane|Glimmen|Godlinze|Goedereede|Goeree-Overflakkee|Goes|Goingarijp|Goirle|Gooise Meren|Goor|Gorinchem|Gorredijk|Gorssel|
Gouda|Gouderak|Goudriaan|Goudswaard|Goutum|Goënga|Goëngahuizen|Graauw|Grafhorst|Graft|Gramsbergen|Grashoek|Grathem|Grave|Greonterp|Grevenbicht|Griendtsveen|
Grijpskerk|Grijpskerke|Groede|Groenekan|Groeningen|Groenlo|Groesbeek|Groessen|Groet|Grolloo|Groningen|Gronsveld|Groot-Ammers|Grootebroek|Grootegast|Grootschermer|
Grou|Grubbenvorst|Gulpen|Gulpen-Wittem|Guttecoven|Gytsjerk|Haaften|Haaksbergen|Haalderen|Haaren|Haarle|Haarlem|Haarlemmerliede|Haarlemmermeer|Haarlo|Haarsteeg|
Haarzuilens|Haastrecht|Haelen|Hagestein|Haghorst|Halderberge|Haler|Halfweg|Hall|Halle|Hallum|Halsteren|Handel|Hank|Hansweert|Hantum|Hantumeruitburen|Hantumhuizen|
Hapert|Haps|Harbrinkhoek|Hardenberg|Harderwijk|Hardinxveld-Giessendam|Haren|Haren Gn|Harfsen|Harich|Haringhuizen|Harkema|Harkstede|Harlingen|Harmelen|Harreveld|
Harskamp|Hartwerd|Haskerdijken|Haskerhorne|Hasselt|Hattem|Hattemerbroek|Haule|Haulerwijk|Hauwert|Havelte|Havelterberg|Hazerswoude-Dorp|Hazerswoude-Rijndijk|Hedel|
Hedikhuizen|Hee|Heeg|Heel|Heelsum|Heelweg|Heemserveen|Heemskerk|Heemstede|Heenvliet|Heerde|Heerenveen|Heerewaarden|Heerhugowaard|Heerjansdam|Heerle|Heerlen|Heesbeen|
Heesch|Heesselt|Heeswijk-Dinther|Heeten|Heeze|Heeze-Leende|Hegebeintum|Hegelsom|Hei- en Boeicop|Heibloem|Heide|Heijen|Heijenrath|Heijningen|Heikant|
Heilig Landstichting|Heiligerlee|Heiloo|Heinenoord|Heinkenszand|Heino|Hekelingen|Hekendorp|Helden|Helenaveen|Hellendoorn|Hellevoetsluis|Hellouw|Hellum|Helmond|
Helvoirt|Hem|Hemelum|Hemmen|Hempens|Hemrik|Hendrik-Ido-Ambacht|Hengelo|Hengelo (Gld)|Hengelo (O.)|Hengevelde|Hengstdijk|Hensbroek|Herbaijum|Herkenbosch|Herkingen|
Hernen|Herpen|Herpt|Herten|Hertme|Herveld|Herwen|Herwijnen|Het Hogeland|Heteren|Heukelom|Heukelum|Heumen|Heusden|Heveadorp|Heythuysen|Hezingen|Hiaure|Hichtum|
Hidaard|Hierden|Hieslum|Hijken|Hijum|Hilaard|Hillegom|Hilvarenbeek|Hilversum|Hindeloopen|Hinnaard|Hippolytushoef|Hitzum|Hobrede|Hoedekenskerke|Hoek|Hoek van Holland|
Hoeksche Waard|Hoenderloo|Hoensbroek|Hoenzadriel|Hoevelaken|Hoeven|Hof van Twente|Hoge Hexel|Hollands Kroon|Hollandsche Rading|Hollandscheveld|Hollum|Holsloot|
Holten|Holthees|Holtheme|Holthone|Holtum|Holwerd|Holwierde|Hommerts|Homoet|Honselersdijk|Hoofddorp|Hoofdplaat|Hoog Soeren|Hoog-Keppel|Hoogblokland|Hooge Mierde|
Hooge Zwaluwe|Hoogeloon|Hoogenweg|Hoogerheide|Hoogersmilde|Hoogeveen|Hoogezand|Hooghalen|Hoogkarspel|Hoogland|Hooglanderveen|Hoogmade|Hoogvliet Rotterdam|Hoogwoud|
Hoorn|Hoornaar|Hoornsterzwaag|Horn|Hornhuizen|Horssen|Horst|Horst aan de Maas|Houten|Houtigehage|Houwerzijl|Huijbergen|Huis ter Heide|Huisduinen|Huisseling|Huissen|
Huizen|Huizinge|Hulsberg|Hulsel|Hulshorst|Hulst|Hulten|Hummelo|Hunsel|Hurdegaryp|Hurwenen|Húns|Idaerd|Idsegahuizum|Idskenhuizen|Idzega|Iens|IJhorst|IJlst|IJmuiden|
IJsselham|IJsselmuiden|IJsselstein|IJzendijke|IJzendoorn|Ilpendam|Indijk|Ingber|Ingelum|Ingen|It Heidenskip|Itens|Ittervoort|Jaarsveld|Jabeek|Jannum|Jellum|Jelsum|
Jirnsum|Jislum|Jisp|Jistrum|Jonkerslân|Jonkersvaart|Joppe|Jorwert|Joure|Jouswier|Jubbega|Julianadorp|Jutrijp|Kaag|Kaag en Braassem|Kaard|Kaatsheuvel|Kalenberg|
Kallenkote|Kamerik|Kampen|Kamperland|Kamperveen|Kantens|Kapel Avezaath|Kapel-Avezaath|Kapelle|Kapellebrug|Katlijk|Kats|Kattendijke|Katwijk|Katwijk NB|Katwoude|
Kedichem|Keent|Keijenborg|Kekerdom|Kelpen-Oler|Kerk Avezaath|Kerk-Avezaath|Kerkdriel|Kerkenveld|Kerkrade|Kerkwerve|Kerkwijk|Kessel|Kesteren|Kiel-Windeweer|Kilder|
Kimswerd|Kinderdijk|Kinnum|Klaaswaal|Klarenbeek|Klazienaveen|Klazienaveen-Noord|Klein Zundert|Klijndijk|Klimmen|Kloetinge|Klooster Lidlum|Kloosterburen|Kloosterhaar|
Kloosterzande|Klundert|Knegsel|Koarnjum|Kockengen|Koedijk|Koekange|Koewacht|Koggenland|Kolderwolde|Kolham|Kolhorn|Kollum|Kollumerpomp|Kollumerzwaag|Kommerzijl|
Koningsbosch|Koningslust|Koog aan de Zaan|Koolwijk|Kootstertille|Kootwijk|Kootwijkerbroek|Kornhorn|Kornwerderzand|Kortehemmen|Kortenhoef|Kortgene|
Koudekerk aan den Rijn|Koudekerke|Koudum|Koufurderrige|Krabbendijke|Kraggenburg|Kreileroord|Krewerd|Krimpen aan de Lek|Krimpen aan den IJssel|Krimpenerwaard|
Kring van Dorth|Krommenie|Kronenberg|Kropswolde|Kruiningen|Kruisland|Kudelstaart|Kuinre|Kuitaart|Kwadendamme|Kwadijk|Kwintsheul|Kûbaard|Laag Zuthem|Laag-Keppel|
Laag-Soeren|Laarbeek|Lage Mierde|Lage Vuursche|Lage Zwaluwe|Lageland|Lambertschaag|Lamswaarde|Land van Cuijk|Landerum|Landgraaf|Landhorst|Landsmeer|Langbroek|
Langedijke|Langelille|Langelo|Langenboom|Langerak|Langeveen|Langeweg|Langezwaag|Langweer|Lansingerland|Laren|Laren (NH.)|Lathum|Lattrop-Breklenkamp|Lauwersoog|
Lauwerzijl|Ledeacker|Leek|Leende|Leens|Leerbroek|Leerdam|Leermens|Leersum|Leeuwarden|Legemeer|Leiden|Leiderdorp|Leidschendam|Leidschendam-Voorburg|Leimuiden|
Leimuiderbrug|Lekkerkerk|Lekkum|Lellens|Lelystad|Lemele|Lemelerveld|Lemiers|Lemmer|Lengel|Lent|Leons|Lepelstraat|Lettelbert|Lettele|Leudal|Leunen|Leur|Leusden|Leuth|
Leutingewolde|Leuvenheim|Leveroy|Lewedorp|Lexmond|Lichtaard|Lichtenvoorde|Liempde|Lienden|Lierderholthuis|Lieren|Lierop|Lies|Lieshout|Liessel|Lievelde|Lieveren|
Lijnden|Limbricht|Limmen|Linde|Linden|Lingewaard|Linne|Linschoten|Lioessens|Lippenhuizen|Lisse|Lisserbroek|Lith|Lithoijen|Lobith|Lochem|Loenen|Loenen aan de Vecht|
Loenersloot|Loerbeek|Lollum|Lomm|Longerhouw|Loo Gld|Loon|Loon op Zand|Loosbroek|Loosdrecht|Loozen|Lopik|Lopikerkapel|Loppersum|Losdorp|Losser|Lottum|Loënga|
Lucaswolde|Luddeweer|Luinjeberd|Lunteren|Lutjebroek|Lutjegast|Lutjewinkel|Luttelgeest|Lutten|Luttenberg|Luxwoude|Luyksgestel|Lytsewierrum|Maarheeze|Maarn|
Maarsbergen|Maarssen|Maartensdijk|Maasbommel|Maasbracht|Maasbree|Maasdam|Maasdijk|Maasdriel|Maasgouw|Maashees|Maashorst|Maasland|Maassluis|Maastricht|
Maastricht-Airport|Maasvlakte Rotterdam|Macharen|Made|Makkinga|Makkum|Malden|Mander|Manderveen|Mantgum|Mantinge|Maren-Kessel|Margraten|Maria Hoop|Mariahout|
Mariaparochie|Marijenkampen|Mariënberg|Mariënheem|Mariënvelde|Markelo|Marken|Markenbinnen|Marknesse|Marle|Marrum|Marsum|Marum|Marwijksoord|Mastenbroek|Matsloot|
Maurik|Mechelen|Medemblik|Meeden|Meedhuizen|Meerkerk|Meerlo|Meerssen|Meerstad|Meeuwen|Megchelen|Megen|Meierijstad|Meijel|Melderslo|Melick|Meliskerke|Melissant|
Menaam|Mensingeweer|Meppel|Meppen|Merkelbeek|Merselo|Meteren|Meterik|Metslawier|Mheer|Middelaar|Middelburg|Middelburg (Z.)|Middelharnis|Middelie|Middelstum|
Midden-Delfland|Midden-Drenthe|Midden-Groningen|Middenbeemster|Middenmeer|Midlaren|Midlum|Midsland|Midwolda|Midwolde|Midwoud|Miedum|Mierlo|Mijdrecht|Mijnsheerenland|
Mildam|Milheeze|Mill|Millingen aan de Rijn|Milsbeek|Minnertsga|Mirns|Moddergat|Moerdijk|Moergestel|Moerkapelle|Moerstraten|Molenaarsgraaf|Molenhoek|Molenlanden|
Molenschot|Molkwerum|Monnickendam|Monster|Montferland|Montfoort|Montfort|Mook|Mook en Middelaar|Mookhoek|Moordrecht|Moorveld|Morra|Muiden|Muiderberg|Munnekeburen|
Munnekezijl|Munstergeleen|Muntendam|Mussel|Musselkanaal|Mûnein|Naaldwijk|Naarden|Nagele|Neder-Betuwe|Nederasselt|Nederhemert|Nederhorst den Berg|Nederland|
Nederweert|Nederweert-Eind|Neede|Neer|Neerijnen|Neeritter|Neerkant|Neerlangel|Neerloon|Nes|Netersel|Netterden|Niawier|Nibbixwoud|Niebert|Niehove|Niekerk|Nietap|
Nieuw Annerveen|Nieuw Beerta|Nieuw Heeten|Nieuw Namen|Nieuw Scheemda|Nieuw- en Sint Joosland|Nieuw-Amsterdam|Nieuw-Balinge|Nieuw-Beijerland|Nieuw-Buinen|
Nieuw-Dordrecht|Nieuw-Lekkerland|Nieuw-Roden|Nieuw-Schoonebeek|Nieuw-Vennep|Nieuw-Vossemeer|Nieuw-Weerdinge|Nieuwaal|Nieuwdorp|Nieuwe Niedorp|Nieuwe Pekela|
Nieuwe Wetering|Nieuwe-Tonge|Nieuwebrug|Nieuwediep|Nieuwegein|Nieuwehorne|Nieuwendijk|Nieuwer Ter Aa|Nieuwerbrug aan den Rijn|Nieuwerkerk|Nieuwerkerk aan den IJssel|
Nieuweroord|Nieuwersluis|Nieuweschoot|Nieuwkoop|Nieuwkuijk|Nieuwland|Nieuwlande|Nieuwlande Coevorden|Nieuwleusen|Nieuwolda|Nieuwpoort|Nieuwstadt|Nieuwveen|
Nieuwvliet|Niezijl|Niftrik|Nigtevecht|Nij Altoenae|Nij Beets|Nijbroek|Nijeberkoop|Nijega|Nijehaske|Nijeholtpade|Nijeholtwolde|Nijelamer|Nijemirdum|Nijensleek|
Nijetrijne|Nijeveen|Nijhuizum|Nijkerk|Nijkerkerveen|Nijland|Nijlande|Nijmegen|Nijverdal|Nispen|Nisse|Nissewaard|Nistelrode|Noardburgum|Noardeast-Fryslân|
Nooitgedacht|Noorbeek|Noord-Beveland|Noord-Scharwoude|Noord-Sleen|Noordbeemster|Noordbroek|Noordeinde|Noordeinde Gld|Noordeloos|Noorden|Noordenveld|Noordgouwe|
Noordhoek|Noordhorn|Noordlaren|Noordoostpolder|Noordscheschut|Noordwelle|Noordwijk|Noordwijkerhout|Noordwolde|Nootdorp|Norg|Notter|Nuenen|Nuis|Nuland|Numansdorp|
Nunhem|Nunspeet|Nuth|Nutter|Obbicht|Obdam|Ochten|Odijk|Odiliapeel|Odoorn|Odoornerveen|Oeffelt|Oegstgeest|Oene|Oentsjerk|Offingawier|Ohé en Laak|Oijen|Oirlo|Oirsbeek|
Oirschot|Oisterwijk|Okkenbroek|Olburgen|Oldambt|Oldeberkoop|Oldebroek|Oldeholtpade|Oldeholtwolde|Oldehove|Oldekerk|Oldelamer|Oldemarkt|Oldenzaal|Oldenzijl|Oldeouwer|
Oldetrijne|Olst|Olst-Wijhe|Olterterp|Ommel|Ommen|Ommeren|Onderdendam|Onna|Onnen|Onstwedde|Ooij|Ooltgensplaat|Oost Gelre|Oost West en Middelbeers|Oost-Graftdijk|
Oost-Souburg|Oostburg|Oostdijk|Oosteind|Oosterbeek|Oosterbierum|Oosterblokker|Oosterend|Oosterhesselen|Oosterhout|Oosterland|Oosterleek|Oosternieland|Oosternijkerk|
Oosterstreek|Oosterwijk|Oosterwijtwerd|Oosterwolde|Oosterwolde Gld|Oosterzee|Oosthem|Oosthuizen|Oostkapelle|Oostknollendam|Oostrum|Ooststellingwerf|Oostvoorne|
Oostwold|Oostwoud|Oostzaan|Ootmarsum|Opeinde|Opende|Ophemert|Opheusden|Opijnen|Oploo|Opmeer|Oppenhuizen|Opperdoes|Opsterland|Oranje|Oranjewoud|Orvelte|Ospel|Oss|
Ossendrecht|Ossenisse|Ossenwaard|Ossenzijl|Oterleek|Otterlo|Ottersum|Ottoland|Oud Ade|Oud Annerveen|Oud Gastel|Oud Ootmarsum|Oud Zuilen|Oud-Alblas|Oud-Beijerland|
Oud-Vossemeer|Ouddorp|Oude IJsselstreek|Oude Meer|Oude Niedorp|Oude Pekela|Oude Wetering|Oude Willem|Oude-Tonge|Oudebildtzijl|Oudega|Oudehaske|Oudehorne|Oudelande|
Oudemirdum|Oudemolen|Oudenbosch|Oudendijk|Oudenhoorn|Ouder-Amstel|Ouderkerk aan de Amstel|Ouderkerk aan den IJssel|Oudeschans|Oudeschild|Oudeschip|Oudeschoot|
Oudesluis|Oudewater|Oudezijl|Oudheusden|Oudkarspel|Oudorp|Oudwoude|Ouwerkerk|Ouwster-Nijega|Ouwsterhaule|Overasselt|Overberg|Overbetuwe|Overdinkel|Overlangel|
Overloon|Overschild|Overslag|Overveen|Ovezande|Paasloo|Paesens|Pannerden|Panningen|Papekop|Papendrecht|Papenhoven|Papenvoort|Parrega|Paterswolde|Peel en Maas|Peest|
Peins|Peize|Pekela|Peperga|Pernis Rotterdam|Persingen|Pesse|Petten|Philippine|Piaam|Piershil|Pieterburen|Pietersbierum|Pieterzijl|Pijnacker|Pijnacker-Nootdorp|
Pingjum|Plasmolen|Poederoijen|Poeldijk|Polsbroek|Poortugaal|Poortvliet|Poppenwier|Posterholt|Prinsenbeek|Puiflijk|Punthorst|Purmer|Purmerend|Purmerland|Puth|Putte|
Putten|Puttershoek|Raalte|Raamsdonk|Raamsdonksveer|Raard|Radewijk|Radio Kootwijk|Raerd|Randwijk|Ransdaal|Rasquert|Ravenstein|Ravenswaaij|Ravenswoud|Readtsjerk|
Reahûs|Reduzum|Reek|Reeuwijk|Reijmerstok|Reimerswaal|Reitsum|Rekken|Renesse|Renkum|Renswoude|Ressen|Retranchement|Reusel|Reusel-De Mierden|Reutum|Reuver|Rha|Rheden|
Rhee|Rheeze|Rheezerveen|Rhenen|Rhenoy|Rhoon|Ridderkerk|Ried|Riel|Rien|Riethoven|Rietmolen|Rijen|Rijkevoort|Rijkevoort-De Walsert|Rijnsaterwoude|Rijnsburg|
Rijpwetering|Rijs|Rijsbergen|Rijsenhout|Rijssen|Rijssen-Holten|Rijswijk|Rijswijk (GLD)|Rijswijk (NB)|Rijswijk (ZH.)|Rilland|Rinsumageast|Ritthem|Rockanje|Roden|
Roderesch|Roderwolde|Roelofarendsveen|Roerdalen|Roermond|Rogat|Roggel|Rohel|Rolde|Roodeschool|Roosendaal|Roosteren|Rosmalen|Rossum|Roswinkel|Rotstergaast|
Rotsterhaule|Rotterdam|Rotterdam-Albrandswaard|Rottevalle|Rottum|Rouveen|Rozenburg|Rozendaal|Rucphen|Ruigahuizen|Ruinen|Ruinerwold|Rumpt|Rutten|Ruurlo|Ryptsjerk|
Saaksum|Saasveld|Saaxumhuizen|Sambeek|Sandfirden|Santpoort-Noord|Santpoort-Zuid|Sappemeer|Sas van Gent|Sassenheim|Sauwerd|Schagen|Schagerbrug|Schaijk|Schalkhaar|
Schalkwijk|Schalsum|Schardam|Scharendijke|Scharmer|Scharnegoutum|Scharsterbrug|Scharwoude|Scheemda|Scheerwolde|Schellinkhout|Schelluinen|Schermerhorn|Scherpenisse|
Scherpenzeel|Schettens|Scheulder|Schiedam|Schiermonnikoog|Schijf|Schijndel|Schildwolde|Schimmert|Schin op Geul|Schinnen|Schinveld|Schipborg|Schiphol|Schiphol-Rijk|
Schipluiden|Schokland|Schoondijke|Schoonebeek|Schoonhoven|Schoonloo|Schoonoord|Schoonrewoerd|Schoorl|Schore|Schouwen-Duiveland|Schouwerzijl|Schraard|Schuinesloot|
Sebaldeburen|Sellingen|Serooskerke|Sevenum|Sexbierum|Sibculo|Sibrandabuorren|Sibrandahûs|Siddeburen|Siebengewald|Siegerswoude|Sijbekarspel|Silvolde|Simonshaven|
Simpelveld|Sinderen|Sint Agatha|Sint Annen|Sint Anthonis|Sint Geertruid|Sint Hubert|Sint Jansklooster|Sint Jansteen|Sint Joost|Sint Kruis|Sint Maarten|
Sint Maartensbrug|Sint Maartensvlotbrug|Sint Nicolaasga|Sint Odiliënberg|Sint Pancras|Sint Philipsland|Sint-Annaland|Sint-Maartensdijk|Sint-Michielsgestel|
Sint-Oedenrode|Sintjohannesga|Sirjansland|Sittard|Sittard-Geleen|Skingen|Slagharen|Slappeterp|Sleen|Sleeuwijk|Slenaken|Sliedrecht|Slijk-Ewijk|Slijkenburg|Slochteren|
Slootdorp|Sloten|Sluis|Sluiskil|Smakt|Smalle Ee|Smallebrugge|Smallingerland|Smilde|Snakkerburen|Sneek|Snelrewaard|Snikzwaag|Soerendonk|Soest|Soesterberg|Someren|
Sommelsdijk|Son en Breugel|Sondel|Sonnega|Spaarndam|Spaarndam gem. Haarlem|Spanbroek|Spanga|Spankeren|Spannum|Spaubeek|Spier|Spierdijk|Spijk|Spijk Gn|Spijkenisse|
Spijkerboor|Sprang-Capelle|Sprundel|Spui|St. Willebrord|St.-Annaparochie|St.-Jacobiparochie|Stad aan 't Haringvliet|Stadskanaal|Stampersgat|Standdaarbuiten|
Staphorst|Starnmeer|Startenhuizen|Stavenisse|Stavoren|Stede Broec|Stedum|Steenbergen|Steendam|Steenderen|Steenenkamer|Steensel|Steenwijk|Steenwijkerland|
Steenwijkerwold|Stegeren|Steggerda|Stein|Stein (L.)|Stellendam|Sterksel|Stevensbeek|Stevensweert|Steyl|Stichtse Vecht|Stieltjeskanaal|Stiens|Stitswerd|Stokkum|
Stolwijk|Stompetoren|Stoutenburg|Stoutenburg Noord|Stramproy|Streefkerk|Striep|Strijbeek|Strijen|Strijensas|Stroe|Stroobos|Stuifzand|Sumar|Surhuisterveen|Surhuizum|
Susteren|Suwâld|Swalmen|Sweikhuizen|Swichum|Swifterbant|Swolgen|Súdwest-Fryslân|Taarlo|Teeffelen|Teerns|Tegelen|Ten Boer|Ten Post|Ter Aar|Ter Aard|Ter Apel|
Ter Apelkanaal|Ter Heijde|Ter Idzard|Terband|Terborg|Terheijden|Terherne|Terhole|Terkaple|Termunten|Termunterzijl|Ternaard|Terneuzen|Teroele|Terschelling|Terschuur|
Tersoal|Terwispel|Terwolde|Teteringen|Teuge|Texel|Teylingen|Thesinge|Tholen|Thorn|Tiel|Tiendeveen|Tienhoven|Tienray|Tijnje|Tilburg|Tilligte|Tinallinge|Tinte|Tirns|
Tjalhuizum|Tjalleberd|Tjerkgaast|Tjerkwerd|Tjuchem|Tolbert|Toldijk|Tolkamer|Tollebeek|Tonden|Toornwerd|Tricht|Triemen|Tripscompagnie|Tubbergen|Tuil|Tuitjenhorn|Tuk|
Tull en 't Waal|Twello|Twenterand|Twijzel|Twijzelerheide|Twisk|Tynaarlo|Tytsjerk|Tytsjerksteradiel|Tzum|Tzummarum|Ubbena|Ubbergen|Uddel|Uden|Udenhout|Uffelte|
Ugchelen|Uitdam|Uitgeest|Uithoorn|Uithuizen|Uithuizermeeden|Uitwellingerga|Uitwijk|Ulestraten|Ulft|Ulicoten|Ulrum|Ulvenhout|Ulvenhout AC|Ureterp|Urk|Urmond|Ursem|
Ursem gem. S|Usquert|Utrecht|Utrechtse Heuvelrug|Vaals|Vaassen|Valburg|Valkenburg|Valkenburg aan de Geul|Valkenswaard|Valthe|Valthermond|Varik|Varsselder|Varsseveld|
Vasse|Veelerveen|Veen|Veendam|Veenendaal|Veenhuizen|Veeningen|Veenklooster|Veenoord|Veere|Veessen|Vegelinsoord|Veghel|Velddriel|Velden|Veldhoven|Velp|Velsen|
Velsen-Noord|Velsen-Zuid|Velserbroek|Ven-Zelderheide|Venebrugge|Venhorst|Venhuizen|Venlo|Venray|Vessem|Vethuizen|Veulen|Vianen|Vianen NB|Vierakker|Vierhouten|
Vierhuizen|Vierlingsbeek|Vierpolders|Vijfheerenlanden|Vijfhuizen|Vijlen|Vilsteren|Vinkega|Vinkel|Vinkenbuurt|Vinkeveen|Visvliet|Vlaardingen|Vlagtwedde|Vledder|
Vledderveen|Vleuten|Vlieland|Vlierden|Vlijmen|Vlissingen|Vlist|Vlodrop|Voerendaal|Vogelenzang|Vogelwaarde|Volendam|Volkel|Vollenhove|Vondelingenplaat Rotterdam|
Voorburg|Voorhout|Voorne aan Zee|Voorschoten|Voorst|Voorthuizen|Vorchten|Vorden|Vorstenbosch|Vortum-Mullem|Vragender|Vredenheim|Vredepeel|Vreeland|Vries|Vriescheloo|
Vriezenveen|Vroomshoop|Vrouwenakker|Vrouwenparochie|Vrouwenpolder|Vught|Vuren|Waadhoeke|Waaksens|Waal|Waalre|Waalwijk|Waarde|Waardenburg|Waarder|Waardhuizen|
Waarland|Waaxens|Wachtum|Waddinxveen|Wadenoijen|Wagenberg|Wagenborgen|Wageningen|Walem|Walsoorden|Wamel|Wanneperveen|Wanroij|Wanssum|Wapenveld|Wapse|Wapserveen|
Warder|Warffum|Warfhuizen|Warfstermolen|Warmenhuizen|Warmond|Warns|Warnsveld|Warstiens|Warten|Waskemeer|Waspik|Wassenaar|Wateren|Watergang|Waterhuizen|Wateringen|
Waterland|Waterlandkerkje|Waverveen|Wedde|Weerselo|Weert|Weesp|Wehe-den Hoorn|Wehl|Weidum|Weiteveen|Wekerom|Well|Well L|Wellerlooi|Welsum|Wemeldinge|Wenum Wiesel|
Wergea|Werkendam|Werkhoven|Wernhout|Wervershoof|Wesepe|Wessem|West Betuwe|West Maas en Waal|West-Graftdijk|West-Terschelling|Westbeemster|Westbroek|Westdorp|
Westdorpe|Westendorp|Westerbeek|Westerbork|Westerbroek|Westeremden|Westergeest|Westerhaar-Vriezenveensewijk|Westerhoven|Westerkwartier|Westerland|Westerlee|
Westernieland|Westerveld|Westervelde|Westervoort|Westerwijtwerd|Westerwolde|Westhem|Westhoek|Westkapelle|Westknollendam|Westland|Westmaas|Weststellingwerf|Westwoud|
Westzaan|Wetering|Weteringbrug|Wetsens|Wetsinge|Weurt|Wezep|Wezup|Wezuperbrug|Wichmond|Wier|Wierden|Wieringerwaard|Wieringerwerf|Wierum|Wijchen|Wijckel|Wijdemeren|
Wijdenes|Wijdewormer|Wijhe|Wijk aan Zee|Wijk bij Duurstede|Wijk en Aalburg|Wijlre|Wijnaldum|Wijnandsrade|Wijnbergen|Wijngaarden|Wijnjewoude|Wijster|Wilbertoord|
Wildervank|Wilhelminadorp|Wilhelminaoord|Willemsoord|Willemstad|Wilnis|Wilp|Wilsum|Winde|Windraak|Winkel|Winneweer|Winschoten|Winssen|Winsum|Wintelre|Winterswijk|
Winterswijk Brinkheurne|Winterswijk Corle|Winterswijk Henxel|Winterswijk Huppel|Winterswijk Kotten|Winterswijk Meddo|Winterswijk Miste|Winterswijk Ratum|
Winterswijk Woold|Wirdum|Wirdum Gn|Wissenkerke|Witharen|Witmarsum|Witte Paarden|Wittelte|Wittem|Witteveen|Wiuwert|Wjelsryp|Woensdrecht|Woerden|Woerdense Verlaat|
Wognum|Woldendorp|Wolfheze|Wolphaartsdijk|Wolsum|Woltersum|Wolvega|Wommels|Wons|Workum|Wormer|Wormerland|Wormerveer|Woubrugge|Woudbloem|Woudenberg|Woudrichem|
Woudsend|Wouw|Wouwse Plantage|Wyns|Wytgaard|Wâlterswâld|Wânswert|Yde|Yerseke|Ypecolsga|Ysbrechtum|Ysselsteyn|Zaamslag|Zaandam|Zaandijk|Zaanstad|Zalk|Zaltbommel|
Zandberg|Zandeweer|Zandhuizen|Zandpol|Zandvoort|Zeddam|Zeegse|Zeeland|Zeerijp|Zeewolde|Zegge|Zegveld|Zeijen|Zeijerveen|Zeijerveld|Zeist|Zelhem|Zenderen|Zennewijnen|
Zetten|Zevenaar|Zevenbergen|Zevenbergschen Hoek|Zevenhoven|Zevenhuizen|Zierikzee|Zieuwent|Zijderveld|Zijdewind|Zijldijk|Zoelen|Zoelmond|Zoetermeer|Zoeterwoude|
Zonnemaire|Zorgvlied|Zoutelande|Zoutkamp|Zuid-Beijerland|Zuid-Scharwoude|Zuidbroek|Zuiddorpe|Zuidermeer|Zuiderwoude|Zuidhorn|Zuidlaarderveen|Zuidland|Zuidlaren|
Zuidoostbeemster|Zuidplas|Zuidschermer|Zuidveen|Zuidveld|Zuidvelde|Zuidwolde|Zuidzande|Zuilichem|Zuna|Zundert|Zurich|Zutphen|Zuurdijk|Zwaag|Zwaagdijk-Oost|
Zwaagdijk-West|Zwaanshoek|Zwagerbosch|Zwammerdam|Zwanenburg|Zwartebroek|Zwartemeer|Zwartewaal|Zwartewaterland|Zwartsluis|Zweeloo|Zweins|Zwiggelte|Zwijndrecht|
Zwinderen|Zwolle|
`;
