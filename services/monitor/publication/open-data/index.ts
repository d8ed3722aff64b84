/** The door of the open data room: CSV, codebook and DCAT-AP-NL metadata of a publication. Pure; the command line writes the files. */
export { catalogueOf, licence, missingProperties, type Node, type Publisher } from "./catalogue.ts";
export { codebookFile, tableFiles, type OpenFile } from "./tables.ts";
