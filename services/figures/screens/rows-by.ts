/** Rows of charts from a picture. Used by both pages. */
import { pictureFigureOf, type Picture, type PictureSeries } from "#services/figures/contract/picture.ts";
import type { Row } from "./charts.tsx";

/** Rows of series for everything in the quarter. */
export function rowsOf(picture: Picture, wanted: (series: PictureSeries) => boolean, language: "nl" | "en"): readonly Row[] {
  return picture.series.filter(wanted).flatMap((series) => {
    const figure = pictureFigureOf(picture, series.id, {});
    return figure === null ? [] : [{ label: series.title[language], unit: series.unit, figure }];
  });
}

/** Rows of one series over the codes of a dimension. */
export function rowsBy(picture: Picture, series: PictureSeries, dimension: string, language: "nl" | "en"): readonly Row[] {
  const codes = picture.dimensions.find(({ id }) => id === dimension)?.codes ?? [];
  return codes.flatMap(({ code, title }) => {
    const figure = pictureFigureOf(picture, series.id, { [dimension]: code });
    return figure === null ? [] : [{ label: title[language], unit: series.unit, figure }];
  });
}
