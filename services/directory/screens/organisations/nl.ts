/** Dutch words of finding an organisation. */
export const nl = {
  search: "Waar bent u ambtsdrager?",
  searchHint: "Typ de naam van uw gemeente, provincie of waterschap.",
  searching: "Bezig met zoeken",
  none: "Geen organisatie met deze naam. Controleer de spelling.",
  results: "Gevonden organisaties",
  demonstration: "demonstratie",
};

export type Messages = typeof nl;
