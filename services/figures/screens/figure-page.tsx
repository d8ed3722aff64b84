/** /cijfers/…/…/…: one figure at its permanent address: what it says, of what, how certain, what it does not say, and the same by month, province and office. */
import type { JSX } from "preact";
import { Link, Notice, Page, useLanguage, useMessages, type PageProps } from "#services/interface/index.ts";
import { periodOf } from "#services/figures/contract/cite.ts";
import { pictureFigureOf, pictureGroupName, pictureGroupWords, pictureWithheldWords } from "#services/figures/contract/picture.ts";
import { Rows, TileMap, useCounted } from "./charts.tsx";
import { en } from "./en.ts";
import { rowsBy } from "./rows-by.ts";
import { Cite, NotHere, Told } from "./frame.tsx";
import { nl, type Messages } from "./nl.ts";
import { usePicture, type Reading } from "./read-pictures.ts";
import { TrendSection } from "./trend.tsx";

export default function FigurePage({ parameters }: PageProps): JSX.Element {
  const [reading, again] = usePicture(parameters["picture"] ?? null);
  if (reading?.state !== "here") return <NotHere reading={reading} again={again} />;
  return <Single reading={reading} again={again} name={parameters["series"] ?? ""} group={parameters["group"] ?? "alle"} />;
}

function Single({
  reading,
  again,
  name,
  group,
}: {
  readonly reading: Extract<Reading, { state: "here" }>;
  readonly again: () => void;
  readonly name: string;
  readonly group: string;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const counted = useCounted();
  const { picture, listed } = reading;
  const series = picture.series.find(({ id }) => id === name);
  const figure = picture.figures.find(({ id }) => id === `${picture.id}/${name}/${group}`);
  if (series === undefined || figure === undefined) return <NotHere reading={{ state: "gone" }} again={again} />;
  const words = pictureGroupWords(picture, figure.group);
  const everything = pictureFigureOf(picture, series.id, {});
  const address = `/cijfers/${figure.id}`;
  const period =
    language === "nl"
      ? periodOf(picture, figure.group)
      : (pictureGroupWords(picture, figure.group["month"] === undefined ? {} : figure.group)?.en ?? picture.title.en);
  return (
    <Page
      title={words === null ? series.title[language] : `${series.title[language]}: ${words[language]}`}
      lead={words === null ? m.whole : undefined}
      width="wide"
      part={figure.id}
      above={
        <p class="no-print">
          <Link to={`/cijfers/${picture.id}`}>{m.all}</Link>
        </p>
      }
    >
      {picture.invented && (
        <Notice tone="amber" title={m.invented}>
          {m.inventedText}
        </Notice>
      )}
      <section class="figures-hero">
        <Told series={series} figure={figure} />
        {figure.withheld !== null && <Notice title={m.why}>{pictureWithheldWords[figure.withheld][language]}</Notice>}
        <Cite picture={picture} figure={figure} listed={listed} />
      </section>
      <dl class="figures-about">
        <dt>{m.about}</dt>
        <dd>
          {series.among[language]}
          {figure.shown !== null && series.unit === "percent" && `; ${m.rests(counted(figure.shown.n))}`}
        </dd>
        <dt>{m.period}</dt>
        <dd>{period}</dd>
        <dt>{m.source}</dt>
        <dd>
          {picture.source[language]}, {picture.on}
        </dd>
        <dt>{m.address}</dt>
        <dd class="figures-address">{address}</dd>
      </dl>
      <h2>{m.notSays}</h2>
      <p>{series.not[language]}</p>
      {pictureGroupName(figure.group) !== "alle" && everything !== null && (
        <Rows
          caption={series.title[language]}
          rows={[
            { label: words?.[language] ?? "", unit: series.unit, figure },
            { label: m.whole, unit: series.unit, figure: everything },
          ]}
        />
      )}
      <TrendSection series={series.id} group={figure.group["month"] === undefined ? pictureGroupName(figure.group) : "alle"} />
      {(["month", "province", "function"] as const)
        .filter((dimension) => series.by.includes(dimension))
        .map((dimension) => (
          <section key={dimension}>
            <h2>{m[dimension]}</h2>
            {dimension === "province" ? (
              <>
                <TileMap title={`${series.title[language]}, ${m.province.toLowerCase()}`} rows={rowsBy(picture, series, "province", language)} />
                <p class="soft small">{m.mapHint}</p>
              </>
            ) : (
              <Rows caption={`${series.title[language]}, ${m[dimension].toLowerCase()}`} rows={rowsBy(picture, series, dimension, language)} />
            )}
          </section>
        ))}
      <h2>{m.keep}</h2>
      <ul class="figures-list">
        {figure.shown !== null && (
          <li>
            <a href={`/api/v1/open-data/figures/${figure.id}`}>{m.asData}</a>
          </li>
        )}
        <li>
          <a href={`${listed.files}cijfers.csv`}>{m.csv}</a>
        </li>
      </ul>
      <p class="soft small">{m.licence}</p>
    </Page>
  );
}
