/** Puts findings on the house: by tapping, by dragging, with the arrow keys, or by choosing floor and place from two lists. Used by the visit page. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Button, Select } from "#services/interface/index.ts";
import { floors, type Floor, type PicturePlace, type Ring } from "#services/scanning/contract/index.ts";
import { drawing, freeSpot, moved, placeOf, ringAt, ringsOn, type Point } from "./drawing.ts";
import { HouseDrawing, Legend, PinSign, pinStyle, useHouseMessages, whereOf } from "./picture.tsx";
import { pinsOf, placedPins, type HouseFinding, type HousePin, type PlacedPin } from "./pins.ts";

/** Step of one press on an arrow key, in units of the drawing; ten times as far with shift. */
const step = 5;
const steps: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };

interface EditorProps {
  readonly findings: readonly HouseFinding[];
  /** A finding was put, moved or taken off (null); the ring is the one it now lies in. */
  readonly onPlace: (id: string, place: PicturePlace | null, ring: Ring) => void;
}

export function HouseEditor({ findings, onPlace }: EditorProps): JSX.Element {
  const m = useHouseMessages();
  const frame = useRef<HTMLDivElement>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [held, setHeld] = useState<{ readonly id: string; readonly place: PicturePlace } | null>(null);
  const pins = pinsOf(findings);
  const chosen = pins.find(({ id }) => id === picked) ?? null;
  const put = (pin: HousePin, place: PicturePlace): void => {
    const ring = ringAt(place);
    onPlace(pin.id, place, ring);
    setSaid(m.placed(pin.number, whereOf({ ring, place }, m)));
  };
  /** Point of the drawing under the pointer. */
  const pointAt = (event: { readonly clientX: number; readonly clientY: number }): Point => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined) return { x: 500, y: 340 };
    return { x: ((event.clientX - box.left) / box.width) * drawing.width, y: ((event.clientY - box.top) / box.height) * drawing.height };
  };
  const taken = (except: string): PicturePlace[] => placedPins(pins).flatMap(({ id, place }) => (id === except ? [] : [place]));
  return (
    <div class="house-editor">
      <div class="house">
        <p class="soft" role="status">
          {chosen !== null ? m.picking(chosen.number) : said === "" ? m.how : said}
        </p>
        {/* The list beside it does everything a tap can do, so this needs no key of its own. */}
        <div
          ref={frame}
          class="house-frame"
          data-picking={chosen === null ? undefined : ""}
          onClick={(event) => {
            if (chosen === null) return;
            put(chosen, placeOf(pointAt(event)));
            setPicked(null);
          }}
        >
          <HouseDrawing label={m.alt(placedPins(pins).length)} />
          {placedPins(pins).map((pin) => (
            <Pin
              key={pin.id}
              pin={held?.id === pin.id ? { ...pin, place: held.place } : pin}
              label={m.pin(pin.number, pin.observation, whereOf(pin, m))}
              onHold={(event) => setHeld({ id: pin.id, place: placeOf(pointAt(event)) })}
              onDrop={() => {
                if (held !== null) put(pin, held.place);
                setHeld(null);
              }}
              onStep={(dx, dy) => put(pin, moved(pin.place, dx, dy))}
            />
          ))}
        </div>
        <Legend />
      </div>
      {pins.length === 0 ? (
        <p class="soft">{m.none}</p>
      ) : (
        <ol class="plain house-list" aria-label={m.list}>
          {pins.map((pin) => (
            <li key={pin.id} data-picked={pin.id === picked ? "" : undefined}>
              <PinSign number={pin.number} seriousness={pin.seriousness} />
              <div class="stack-small">
                <p>
                  <span class="hidden-words">{pin.number}. </span>
                  {pin.observation}
                  <span class="soft small house-where">{whereOf(pin, m)}</span>
                </p>
                {pin.id === picked ? (
                  <ByList
                    pin={pin}
                    onPut={(floor, ring) => {
                      put(pin, freeSpot(floor, ring, taken(pin.id)));
                      setPicked(null);
                    }}
                    onCancel={() => setPicked(null)}
                  />
                ) : (
                  <div class="actions actions-tight">
                    <Button
                      look="second"
                      size="small"
                      icon="pin"
                      label={`${m.put}: ${m.choose(pin.number, pin.observation)}`}
                      onPress={() => setPicked(pin.id)}
                    >
                      {m.put}
                    </Button>
                    {pin.place !== null && (
                      <Button
                        look="quiet"
                        size="small"
                        label={`${m.takeOff}: ${m.choose(pin.number, pin.observation)}`}
                        onPress={() => {
                          onPlace(pin.id, null, pin.ring);
                          setSaid(m.takenOff(pin.number));
                        }}
                      >
                        {m.takeOff}
                      </Button>
                    )}
                  </div>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

/** The way without a pointer: floor, then a place that exists there. */
function ByList({
  pin,
  onPut,
  onCancel,
}: {
  readonly pin: HousePin;
  readonly onPut: (floor: Floor, ring: Exclude<Ring, "none">) => void;
  readonly onCancel: () => void;
}): JSX.Element {
  const m = useHouseMessages();
  const [floor, setFloor] = useState<Floor>(pin.place?.floor ?? (pin.ring === "safe-room" ? "upper" : "ground"));
  const possible = ringsOn(floor);
  const [wanted, setWanted] = useState<Ring>(pin.ring);
  const ring = possible.find((one) => one === wanted) ?? possible[0] ?? "inside";
  return (
    <div class="stack-small">
      <div class="house-choice">
        <Select
          label={m.floor}
          value={floor}
          options={floors.map((value) => ({ value, label: m.floors[value] }))}
          onChoose={(value) => setFloor(floors.find((one) => one === value) ?? "ground")}
        />
        <Select
          label={m.ring}
          value={ring}
          options={possible.map((value) => ({ value, label: m.rings[value] }))}
          onChoose={(value) => setWanted(possible.find((one) => one === value) ?? ring)}
        />
      </div>
      <div class="actions actions-tight">
        <Button size="small" icon="check" onPress={() => onPut(floor, ring)}>
          {m.putHere}
        </Button>
        <Button look="quiet" size="small" onPress={onCancel}>
          {m.cancel}
        </Button>
      </div>
    </div>
  );
}

/** How far a finger may tremble before it counts as dragging, in pixels. */
const tremble = 6;

function Pin({
  pin,
  label,
  onHold,
  onDrop,
  onStep,
}: {
  readonly pin: PlacedPin;
  readonly label: string;
  readonly onHold: (event: PointerEvent) => void;
  readonly onDrop: () => void;
  readonly onStep: (dx: number, dy: number) => void;
}): JSX.Element {
  const start = useRef<{ readonly x: number; readonly y: number; moved: boolean } | null>(null);
  return (
    <button
      type="button"
      class="house-spot"
      style={pinStyle(pin.place)}
      aria-label={label}
      onPointerDown={(event) => {
        start.current = { x: event.clientX, y: event.clientY, moved: false };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const begun = start.current;
        if (begun === null) return;
        begun.moved ||= Math.hypot(event.clientX - begun.x, event.clientY - begun.y) > tremble;
        if (begun.moved) onHold(event);
      }}
      onPointerUp={() => {
        const begun = start.current;
        start.current = null;
        if (begun?.moved === true) onDrop();
      }}
      onPointerCancel={() => {
        start.current = null;
        onDrop();
      }}
      onKeyDown={(event) => {
        const way = steps[event.key];
        if (way === undefined) return;
        event.preventDefault();
        const far = event.shiftKey ? 10 : 1;
        onStep(way[0] * far, way[1] * far);
      }}
    >
      <PinSign number={pin.number} seriousness={pin.seriousness} />
    </button>
  );
}
