/** /monitor/uitkomsten: what the Monitor found, one honest number at a time; for everyone, without an account. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, EmptyState, navigate, Notice, Page, Select, Skeleton, useLanguage, useMessages, type PageProps } from "#services/interface/index.ts";
import type { Publication } from "#services/monitor/contract/publication.ts";
import { factsheetGroups, factsheetOf, groupWords, reportOf, type MonitorDocument } from "#services/monitor/publication/show.ts";
import { wordsIn } from "#services/monitor/publication/words.ts";
import { Blocks, KeyFigures } from "./document-view.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { readNewest, type Reading } from "./read-publication.ts";
import "./results.css";

export default function ResultsPage({ parameters }: PageProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [reading, setReading] = useState<Reading | null>(null);
  const read = async (): Promise<void> => {
    setReading(null);
    setReading(await readNewest());
  };
  useEffect(() => void read(), []);
  if (reading === null) {
    return (
      <Page title={m.title} lead={m.loading} width="wide">
        <Skeleton lines={8} />
      </Page>
    );
  }
  if (reading.state === "here") return <Results {...reading} document={parameters["document"] ?? null} m={m} />;
  const { title, next } = {
    none: { title: m.none, next: m.noneNext },
    away: { title: m.away, next: m.awayMend },
    broken: { title: m.broken, next: m.brokenMend },
  }[reading.state];
  return (
    <Page title={m.title}>
      <EmptyState title={title}>
        <p>{next}</p>
        {reading.state !== "none" && (
          <Button look="second" onPress={() => void read()}>
            {m.again}
          </Button>
        )}
      </EmptyState>
    </Page>
  );
}

/** The document an address names; null for a group without a factsheet. */
function documentNamed(publication: Publication, name: string | null, language: "nl" | "en"): MonitorDocument | null {
  if (name === null) return reportOf(publication, language);
  const found = factsheetGroups(publication).find(({ dimension, code }) => `${dimension}-${code}` === name);
  return found === undefined ? null : factsheetOf(publication, found.dimension, found.code, language);
}

function Results({
  publication,
  folder,
  document: name,
  m,
}: {
  readonly publication: Publication;
  readonly folder: string;
  readonly document: string | null;
  readonly m: Messages;
}): JSX.Element {
  const language = useLanguage();
  const say = wordsIn(language);
  const document = documentNamed(publication, name, language);
  const options = [
    { value: "", label: m.report },
    ...factsheetGroups(publication).map(({ dimension, code }) => ({
      value: `${dimension}-${code}`,
      label: groupWords(publication, { [dimension]: code }, language),
    })),
  ];
  return (
    <Page title={document?.title ?? publication.title[language]} lead={document?.lead} width="wide" part={name ?? ""}>
      {publication.invented && <Notice tone="amber" title={say.invented} />}
      <div class="no-print">
        <Select
          label={m.choose}
          options={options}
          value={document === null ? "" : (name ?? "")}
          onChoose={(value) => navigate(value === "" ? "/monitor/uitkomsten" : `/monitor/uitkomsten/${value}`)}
        />
      </div>
      {document === null ? (
        <p>{m.unknown}</p>
      ) : (
        <>
          <h2 class="hidden-words">{say.briefly}</h2>
          <KeyFigures figures={document.key} />
          <Blocks blocks={document.blocks} words={m.table} />
          <h2>{m.downloads}</h2>
          <ul>
            <li>
              <a href={`${folder}${name ?? "rapport"}.pdf`}>{m.paper}</a>
            </li>
            <li>
              <a href={`${folder}publication.json`}>{m.data}</a>
            </li>
            <li>
              <a href={`${folder}codeboek.csv`}>{m.codebook}</a>
            </li>
            <li>
              <a href={`${folder}catalogus.jsonld`}>{m.catalogue}</a>
            </li>
            {!publication.invented && (
              <>
                <li>
                  <a href={`${folder}inhoud.json`}>{m.manifest}</a>
                </li>
                <li>
                  <a href={`${folder}gemaakt.json`}>{m.made}</a>
                </li>
                <li>
                  <a href={`${folder}vrijgave.json`}>{m.cleared}</a>
                </li>
              </>
            )}
          </ul>
          <p class="soft small">{m.licence}</p>
        </>
      )}
    </Page>
  );
}
