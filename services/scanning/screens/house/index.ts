/** The house picture: read-only for the advice, with pins to put for the visit, and as SVG text for paper. */
export { HouseEditor } from "./house-editor.tsx";
export { houseSvg } from "./paper.ts";
export { HousePicture } from "./picture.tsx";
export { pinsOf, type HouseFinding, type HousePin } from "./pins.ts";
