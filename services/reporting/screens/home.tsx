/** The first page: 112, then what is the matter. */
import type { JSX } from "preact";
import { Emergency112, Page } from "#services/interface/index.ts";

export default function Home(): JSX.Element {
  return <Page title="Wat is er aan de hand?"><Emergency112 /></Page>;
}
