/** /cijfers: the national picture of a quarter, one honest number at a time; for everyone, without an account. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ButtonLink, Link, navigate, Notice, Page, Select, useLanguage, useMessages, type PageProps } from "#services/interface/index.ts";
import { pictureFigureOf, type Picture } from "#services/figures/contract/picture.ts";
import { Funnel, Rows, TileMap, useCounted } from "./charts.tsx";
import { en } from "./en.ts";
import { Cite, NotHere, Told } from "./frame.tsx";
import { nl, type Messages } from "./nl.ts";
import { rowsBy, rowsOf } from "./rows-by.ts";
import { TrendSection } from "./trend.tsx";
import { usePicture, type Reading } from "./read-pictures.ts";

export default function FiguresPage({ parameters }: PageProps): JSX.Element {
  const [reading, again] = usePicture(parameters["picture"] ?? null);
  return reading?.state === "here" ? <Overview {...reading} /> : <NotHere reading={reading} again={again} />;
}

const first = "reports";
const inBrief = ["reports-online", "reports-doxing", "complaints", "scans-requested", "measures-placed", "help-asked"];

/** What people ask of a course: everything but the parts of a whole, which stand on the pages of their own figures. */
const inTime = [
  "reports",
  "reports-online",
  "reports-doxing",
  "complaints",
  "reports-followed-up",
  "scans-requested",
  "scans-completed",
  "scans-within-90-days",
  "measures-advised",
  "measures-placed",
  "signals-received-in-time",
  "signals-weighed-in-time",
  "signals-decided-in-time",
  "signals-fed-back-in-time",
  "help-asked",
  "help-given",
];

function Course({ picture }: { readonly picture: Picture }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [chosen, setChosen] = useState(first);
  const options = inTime.flatMap((id) => {
    const series = picture.series.find((one) => one.id === id);
    return series === undefined ? [] : [{ value: id, label: series.title[language] }];
  });
  return (
    <TrendSection series={chosen} group="alle">
      <Select label={m.chooseTrend} options={options} value={chosen} onChoose={setChosen} />
    </TrendSection>
  );
}

function ProvinceMap({ picture }: { readonly picture: Picture }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const able = picture.series.filter(({ by }) => by.includes("province"));
  const [chosen, setChosen] = useState(first);
  const series = able.find(({ id }) => id === chosen) ?? able[0];
  if (series === undefined) return null;
  const title = `${series.title[language]}${series.unit === "percent" ? ` (${m.of100.toLowerCase()})` : ""}, ${m.province.toLowerCase()}`;
  return (
    <section>
      <h2>{m.map}</h2>
      <div class="no-print">
        <Select
          label={m.chooseMap}
          options={able.map(({ id, title: name }) => ({ value: id, label: name[language] }))}
          value={series.id}
          onChoose={setChosen}
        />
      </div>
      <TileMap title={title} rows={rowsBy(picture, series, "province", language)} />
      <p class="soft small">{m.mapHint}</p>
    </section>
  );
}

function Coverage({ picture }: { readonly picture: Picture }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const counted = useCounted();
  const known = picture.method.coverage.flatMap(({ kind, given, arrived }) => (given === null || arrived === null ? [] : [{ kind, given, arrived }]));
  if (known.length === 0) return null;
  return (
    <>
      <h2>{m.coverage}</h2>
      <ul class="figures-list">
        {known.map(({ kind, given, arrived }) => (
          <li key={kind}>
            {m.kinds[kind]}: {m.coverageText(counted(arrived), counted(given))}
          </li>
        ))}
      </ul>
    </>
  );
}

function Overview({ picture, listed, quarters, monitor }: Extract<Reading, { state: "here" }>): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const { minimum, roundedTo, intervalBelow } = picture.method;
  const headline = picture.series.find(({ id }) => id === first);
  const figure = pictureFigureOf(picture, first, {});
  const drawn = new Set(["reports", "follow-up"]);
  return (
    <Page title={picture.title[language]} lead={m.lead} width="wide" part={picture.id}>
      {picture.invented && (
        <Notice tone="amber" title={m.invented}>
          {m.inventedText}
        </Notice>
      )}
      {quarters.length > 1 && (
        <div class="no-print">
          <Select
            label={m.quarter}
            options={quarters.map(({ publication, title }) => ({ value: publication, label: title[language] }))}
            value={picture.id}
            onChoose={(value) => navigate(`/cijfers/${value}`)}
          />
        </div>
      )}
      {headline !== undefined && figure !== null && (
        <section class="figures-hero">
          <Told series={headline} figure={figure} />
          <p class="soft">{headline.not[language]}</p>
          <div class="figures-actions">
            <ButtonLink look="second" size="small" to={`/cijfers/${figure.id}`}>
              {m.more}
            </ButtonLink>
            <Cite picture={picture} figure={figure} listed={listed} />
          </div>
        </section>
      )}
      <section>
        <h2>{m.briefly}</h2>
        <ul class="figures-key">
          {inBrief.flatMap((id) => {
            const series = picture.series.find((one) => one.id === id);
            const one = pictureFigureOf(picture, id, {});
            return series === undefined || one === null
              ? []
              : [
                  <li key={id}>
                    <Link to={`/cijfers/${one.id}`}>{series.title[language]}</Link>
                    <Told series={series} figure={one} />
                  </li>,
                ];
          })}
        </ul>
      </section>
      <Course picture={picture} />
      <ProvinceMap picture={picture} />
      <section>
        <h2>{m.funnel}</h2>
        <Funnel
          counts={rowsOf(picture, ({ id }) => id === "reports" || id === "reports-closed", language)}
          shares={["complaints", "reports-weighed", "reports-followed-up"].flatMap((id) => rowsOf(picture, (one) => one.id === id, language))}
        />
      </section>
      {picture.chapters
        .filter(({ id }) => !drawn.has(id))
        .map(({ id, title }) => {
          const counts = rowsOf(picture, ({ chapter, unit }) => chapter === id && unit === "count", language);
          const shares = rowsOf(picture, ({ chapter, unit }) => chapter === id && unit === "percent", language);
          return (
            <section key={id}>
              <h2>{title[language]}</h2>
              {counts.length > 0 && <Rows caption={title[language]} rows={counts} />}
              {shares.length > 0 && <Rows caption={`${title[language]}: ${m.of100.toLowerCase()}`} rows={shares} />}
            </section>
          );
        })}
      <section class="figures-reading">
        <h2>{m.read}</h2>
        <ul class="figures-list">
          {m.reading(minimum, roundedTo, intervalBelow).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <h2>{m.notAll}</h2>
        <ul class="figures-list">
          {m.not.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <Coverage picture={picture} />
        {monitor && (
          <>
            <h2>{m.monitor}</h2>
            <p>
              {m.monitorText} <Link to="/monitor/uitkomsten">{m.monitorLink}</Link>
            </p>
          </>
        )}
        <h2>{m.keep}</h2>
        <ul class="figures-list">
          <li>
            <a href={`${listed.files}cijfers.csv`}>{m.csv}</a>
          </li>
          <li>
            <a href={`${listed.files}codeboek.csv`}>{m.codebook}</a>
          </li>
          <li>
            <a href={`/api/v1/open-data/publications/${picture.id}`}>{m.json}</a>
          </li>
          <li>
            <a href="/api/v1/open-data/catalogue">{m.catalogue}</a>
          </li>
          <li>
            <a href="/api/v1/openapi.json">{m.api}</a>
          </li>
        </ul>
        <p class="soft small">{m.licence}</p>
      </section>
    </Page>
  );
}
