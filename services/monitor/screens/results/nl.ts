/** Words of the page with results, Dutch. Figures and what is said of them come from services/monitor/publication. */
export const nl = {
  title: "Uitkomsten van de Monitor",
  loading: "De cijfers worden opgehaald",
  none: "Er is nog geen publicatie",
  noneNext: "Na een meting staan de cijfers hier, met hun marge. U hoeft niets te doen.",
  choose: "Over wie wilt u lezen?",
  report: "Alle ambtsdragers",
  table: "Toon de cijfers als tabel",
  downloads: "Bewaren",
  data: "Alle cijfers als data (JSON)",
  codebook: "Codeboek (CSV)",
  catalogue: "Beschrijving van de data (DCAT)",
  paper: "Deze pagina als pdf",
  licence: "U mag de data vrij gebruiken (CC0).",
  unknown: "Hierover is geen factsheet. Kies een andere groep.",
  broken: "De publicatie kan niet worden gelezen",
  brokenMend: "Probeer het later opnieuw. Blijft het zo? Meld het dan bij wie deze site beheert.",
  away: "De publicatie is nu niet te bereiken",
  awayMend: "Kijk of u verbinding hebt. Probeer het dan opnieuw.",
  again: "Opnieuw proberen",
};
export type Messages = typeof nl;
