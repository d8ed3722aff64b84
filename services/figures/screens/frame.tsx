/** What both pages share: what stands there while figures come or when they do not, and how a figure is told and cited. */
import type { JSX } from "preact";
import { Button, ButtonLink, CopyButton, EmptyState, Page, Skeleton, useLanguage, useMessages } from "#services/interface/index.ts";
import { citationText, citePicture } from "#services/figures/contract/cite.ts";
import type { Picture, PictureFigure, PictureSeries } from "#services/figures/contract/picture.ts";
import { useCounted } from "./charts.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import type { Listed, Reading } from "./read-pictures.ts";
import "./figures.css";

/** While figures are fetched, and when there are none. */
export function NotHere({ reading, again }: { readonly reading: Exclude<Reading, { state: "here" }> | null; readonly again: () => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  if (reading === null)
    return (
      <Page title={m.title} lead={m.loading} width="wide">
        <Skeleton lines={8} />
      </Page>
    );
  const { title, next } = {
    none: { title: m.none, next: m.noneNext },
    gone: { title: m.gone, next: m.goneNext },
    away: { title: m.away, next: m.awayNext },
    broken: { title: m.broken, next: m.brokenNext },
  }[reading.state];
  return (
    <Page title={m.title}>
      <EmptyState title={title}>
        <p>{next}</p>
        {reading.state === "gone" && (
          <ButtonLink look="second" to="/cijfers">
            {m.all}
          </ButtonLink>
        )}
        {(reading.state === "away" || reading.state === "broken") && (
          <Button look="second" onPress={again}>
            {m.again}
          </Button>
        )}
      </EmptyState>
    </Page>
  );
}

/** A number as it stands large, with what goes on from it. */
export function Told({ series, figure }: { readonly series: PictureSeries; readonly figure: PictureFigure }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const counted = useCounted();
  const { shown } = figure;
  return (
    <p class="figures-told">
      <span class="figures-number">{shown === null ? "–" : counted(shown.value)}</span>{" "}
      <span>
        {shown === null ? m.notShown : series.statement[language]}
        {shown !== null && shown.low !== null && shown.high !== null && <span class="soft"> ({m.between(shown.low, shown.high)})</span>}
      </span>
    </p>
  );
}

/** "Noem dit cijfer": copies the number with all it takes to find it again. Nothing for a figure that is not shown. */
export function Cite({ picture, figure, listed }: { readonly picture: Picture; readonly figure: PictureFigure; readonly listed: Listed }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const cited = citePicture(picture, figure.id, listed.digest);
  if (cited === null) return null;
  return (
    <div class="figures-cite no-print">
      <CopyButton label={m.cite} text={`${citationText(cited, location.origin)}\nsha-256 ${cited.digest}`} />
      <span class="soft small">{m.citeHint}</span>
    </div>
  );
}
