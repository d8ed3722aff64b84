/** The numbers the help block shows; a test holds them to registers/provisions, which this page is too small to load. */
export const contacts = {
  emergency: { shown: "112", dial: "112" },
  team: { shown: "070-373 83 14", dial: "+31703738314" },
  police: { shown: "0900-8844", dial: "09008844" },
} as const;
