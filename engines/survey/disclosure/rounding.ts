/** Rounding to a base: each number by itself, or controlled, so that rounded tables still add up. Whoever publishes calls it; it changes values and hides no cell. */
import { DisclosureError } from "./errors.ts";
import { cellValues, type Cube } from "./table.ts";

function checkBase(base: number): void {
  if (!Number.isSafeInteger(base) || base < 2)
    throw new DisclosureError("setting-invalid", `Numbers cannot be rounded to ${base}: give a whole base from 2, such as 5.`);
}

/**
 * The nearest multiple of the base; a tie goes up. A reader knows the value to within half a base. Sums of rounded numbers need not be the rounded sum.
 * @throws DisclosureError `setting-invalid` for a base that is not whole or below 2; `table-malformed` for a value that is negative or not finite.
 */
export function roundToBase(value: number, base: number): number {
  checkBase(base);
  if (!Number.isFinite(value) || value < 0) throw new DisclosureError("table-malformed", `The value ${value} cannot be rounded: it must be zero or more.`);
  return Math.floor(value / base + 0.5) * base;
}

/** One number of the table as an edge of the network: its floor in multiples, its fraction above that, and whether it goes up. */
interface Edge {
  readonly from: number;
  readonly to: number;
  readonly floor: number;
  /** 0 for a multiple, which stays as it is. */
  readonly fraction: number;
  up: boolean;
}

/**
 * Zero-restricted controlled rounding of a table of one or two dimensions without hierarchy: every cell and margin goes to the multiple just below or just above it, multiples stay, all sums hold, and the
 * total distance is the least there is. A reader knows a value to within one base to either side.
 *
 * It always exists and is a circulation of least cost in the network rows -> columns (Cox and Ernst 1982; Cox 1987). For three dimensions it need not exist (Causey, Cox and Ernst 1985), so those are refused.
 * @returns values of all cells, as `cellValues` gives them
 * @throws DisclosureError `not-roundable` for more dimensions or a hierarchy; `setting-invalid`, `table-malformed`.
 */
export function controlledRounding(cube: Cube, values: ArrayLike<number>, base: number): Float64Array {
  checkBase(base);
  if (cube.dimensions.length > 2 || cube.dimensions.some(({ above }) => above.some((path) => path.length > 2))) {
    throw new DisclosureError(
      "not-roundable",
      "Controlled rounding is for one or two dimensions without levels between: round each table of two dimensions, or each number by itself.",
    );
  }
  if (values.length !== cube.atoms.length || Array.from(values).some((value) => !Number.isFinite(value) || value < 0)) {
    throw new DisclosureError("table-malformed", `Give one value, zero or more, for each of ${cube.atoms.length} atoms.`);
  }
  const all = cellValues(cube, values);
  // Nodes: 0 is the source and the sink (their edge is the grand total, which closes the circle), then the rows, then the columns.
  const rows = cube.dimensions[0]?.codes.length ?? 1;
  const columns = cube.dimensions[1]?.codes.length ?? 2;
  const source = 0;
  const sink = rows + columns;
  const stride = cube.strides[1];
  const cell = (row: number, column: number): number => row + (stride === undefined ? 0 : column * stride);
  const edges = new Map<number, Edge>();
  const parts: Edge[] = [];
  const add = (at: number, from: number, to: number): void => {
    const multiples = (all[at] ?? 0) / base;
    const floor = Math.floor(multiples + 1e-9);
    const fraction = Math.max(0, multiples - floor) < 1e-9 ? 0 : multiples - floor;
    const edge: Edge = { from, to, floor, fraction, up: fraction >= 0.5 };
    edges.set(at, edge);
    parts.push(edge);
  };
  const columnNode = (column: number): number => rows + column - 1;
  if (stride === undefined) {
    for (let row = 1; row < rows; row += 1) add(cell(row, 0), source, sink);
  } else {
    for (let row = 1; row < rows; row += 1) {
      add(cell(row, 0), source, row);
      for (let column = 1; column < columns; column += 1) add(cell(row, column), row, columnNode(column));
    }
    for (let column = 1; column < columns; column += 1) add(cell(0, column), columnNode(column), sink);
  }
  add(0, sink, source);
  balance(parts, sink + 1);
  const rounded = new Float64Array(cube.size);
  for (const [at, { floor, up }] of edges) rounded[at] = (floor + (up ? 1 : 0)) * base;
  return rounded;
}

/** Moves rounded flow along cheapest paths until every node gives what it takes. Costs are distances in multiples; at the start all are at their nearest, so no step is cheaper than nothing. */
function balance(edges: readonly Edge[], nodes: number): void {
  for (;;) {
    const excess = new Float64Array(nodes);
    for (const { from, to, floor, up } of edges) {
      const flow = floor + (up ? 1 : 0);
      excess[from] = (excess[from] ?? 0) - flow;
      excess[to] = (excess[to] ?? 0) + flow;
    }
    if (excess.every((value) => value === 0)) return;
    // Bellman and Ford: from all nodes that take too much to the nearest that gives too much.
    const distance = Float64Array.from(excess, (value) => (value > 0 ? 0 : Number.POSITIVE_INFINITY));
    const by = Array.from<Edge | null>({ length: nodes }).fill(null);
    for (let changed = true, round = 0; changed && round <= nodes; round += 1) {
      changed = false;
      for (const edge of edges) {
        if (edge.fraction === 0) continue;
        const [tail, head, cost] = edge.up ? [edge.to, edge.from, 2 * edge.fraction - 1] : [edge.from, edge.to, 1 - 2 * edge.fraction];
        const reached = (distance[tail] ?? 0) + cost;
        if (reached < (distance[head] ?? 0) - 1e-12) {
          distance[head] = reached;
          by[head] = edge;
          changed = true;
        }
      }
    }
    let at = -1;
    for (const [node, value] of excess.entries()) if (value < 0 && (at < 0 || (distance[node] ?? 0) < (distance[at] ?? 0))) at = node;
    if (at < 0 || distance[at] === Number.POSITIVE_INFINITY)
      throw new DisclosureError("not-roundable", "No controlled rounding was found: the values do not add up.");
    for (let edge = by[at]; edge !== null && edge !== undefined; edge = by[at]) {
      at = edge.up ? edge.to : edge.from;
      edge.up = !edge.up;
      if ((excess[at] ?? 0) > 0) break;
    }
  }
}
