/** The house as people see it: the drawing, and pins that keep their size on every screen. Read-only here; house-editor.tsx puts pins. Used by the visit and the advice. */
import { h, type ComponentChildren, type JSX } from "preact";
import { useMessages } from "#services/interface/index.ts";
import { drawing, pointOf, shapes, wordPlaces } from "./drawing.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { placedPins, type HousePin } from "./pins.ts";
import "./house.css";

/** The words of this folder. */
export const useHouseMessages = (): Messages => useMessages<Messages>({ nl, en });

/** The drawing alone, without pins. */
export function HouseDrawing({ label }: { readonly label: string }): JSX.Element {
  const m = useHouseMessages();
  return (
    <svg class="house-drawing" viewBox={`0 0 ${drawing.width} ${drawing.height}`} role="img" aria-label={label}>
      {shapes.map(({ kind, tone, ...attributes }, at) => h(kind, { ...attributes, key: at, class: `house-${tone}` }))}
      {wordPlaces.map(({ ring, x, y }) => (
        <text key={ring} x={x} y={y} class="house-word" aria-hidden="true">
          {m.rings[ring]}
        </text>
      ))}
    </svg>
  );
}

/** Where a pin stands, as a share of the picture. */
export function pinStyle(place: NonNullable<HousePin["place"]>): { readonly left: string; readonly top: string } {
  const { x, y } = pointOf(place);
  return { left: `${(100 * x) / drawing.width}%`, top: `${(100 * y) / drawing.height}%` };
}

/** The sign of a finding: shape and colour by how serious, with its number. */
export const PinSign = ({ number, seriousness }: Pick<HousePin, "number" | "seriousness">): JSX.Element => (
  <span class="house-pin" data-seriousness={seriousness} aria-hidden="true">
    <span>{number}</span>
  </span>
);

/** What the three signs mean. */
export function Legend(): JSX.Element {
  const m = useHouseMessages();
  return (
    <ul class="house-legend" aria-label={m.legend}>
      {(["low", "medium", "high"] as const).map((seriousness) => (
        <li key={seriousness}>
          <span class="house-pin" data-seriousness={seriousness} aria-hidden="true">
            <span />
          </span>
          {m.seriousness[seriousness]}
        </li>
      ))}
    </ul>
  );
}

/** Place of a pin in words. */
export function whereOf({ ring, place }: Pick<HousePin, "ring" | "place">, m: Messages): string {
  if (place === null) return ring === "none" ? m.noPlace : m.notPlaced;
  return m.where(m.rings[ring], m.floors[place.floor]);
}

/**
 * The house with numbered pins, a legend and the list that says the same in words.
 * @param list false where the page already lists the findings with these numbers
 * @param children something under the drawing
 */
export function HousePicture({
  pins,
  list = true,
  children,
}: {
  readonly pins: readonly HousePin[];
  readonly list?: boolean;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const m = useHouseMessages();
  const placed = placedPins(pins);
  return (
    <figure class="house">
      <div class="house-frame">
        <HouseDrawing label={m.alt(placed.length)} />
        {placed.map((pin) => (
          <span key={pin.id} class="house-spot" style={pinStyle(pin.place)}>
            <PinSign number={pin.number} seriousness={pin.seriousness} />
          </span>
        ))}
      </div>
      {placed.length > 0 && <Legend />}
      {children}
      {list && pins.length > 0 && (
        <figcaption>
          <ol class="plain house-list" aria-label={m.list}>
            {pins.map((pin) => (
              <li key={pin.id}>
                <PinSign number={pin.number} seriousness={pin.seriousness} />
                <span>
                  <span class="hidden-words">{pin.number}. </span>
                  {pin.observation}
                  <span class="soft small house-where">
                    {m.seriousness[pin.seriousness]} · {whereOf(pin, m)}
                  </span>
                </span>
              </li>
            ))}
          </ol>
        </figcaption>
      )}
    </figure>
  );
}
