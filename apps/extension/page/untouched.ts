/**
 * Reads a page by the browser's own getters and methods. For the scripts of this folder, which run beside a page they must not believe.
 *
 * [Note: Clobbered pages] These scripts run in a world of their own: what a page does to its prototypes, `fetch` or `JSON` does not reach them. Names do: an `<img name="title">` hides
 * `document.title`, and an `<input name="parentElement">` hides that of its form, in every world. So nothing here is read as `element.property`.
 */

const read = (prototype: object, name: string, of: object): unknown => Reflect.get(prototype, name, of);

/** Elements below `root` that fit, in document order; at most `most`. */
export function all(root: Document | Element, selector: string, most = 500): Element[] {
  const found = root instanceof Document ? Document.prototype.querySelectorAll.call(root, selector) : Element.prototype.querySelectorAll.call(root, selector);
  return Array.prototype.slice.call(found, 0, most);
}

export const closest = (element: Element, selector: string): Element | null => Element.prototype.closest.call(element, selector);

export function parentOf(node: Node): Element | null {
  const parent = read(Node.prototype, "parentElement", node);
  return parent instanceof Element ? parent : null;
}

export const contains = (outer: Node, inner: Node): boolean => Node.prototype.contains.call(outer, inner);

export const connected = (node: Node): boolean => read(Node.prototype, "isConnected", node) === true;

/** Value of an attribute, `""` when it is not there. */
export const attribute = (element: Element, name: string): string => Element.prototype.getAttribute.call(element, name) ?? "";

export function textOf(node: Node): string {
  const text = read(Node.prototype, "textContent", node);
  return typeof text === "string" ? text : "";
}

/** Lower-case tag. */
export function tagOf(element: Element): string {
  const name = read(Element.prototype, "localName", element);
  return typeof name === "string" ? name : "";
}

export const boxOf = (element: Element): DOMRect => Element.prototype.getBoundingClientRect.call(element);

/** Drawn at all: not hidden by display, visibility or opacity. */
export const shows = (element: Element): boolean => Element.prototype.checkVisibility.call(element, { opacityProperty: true, visibilityProperty: true });

export function bodyOf(page: Document): Element | null {
  const body = read(Document.prototype, "body", page);
  return body instanceof Element ? body : null;
}

/** The element that scrolls when the page does. */
export function pageScroller(page: Document): Element | null {
  const scroller = read(Document.prototype, "scrollingElement", page);
  return scroller instanceof Element ? scroller : null;
}

export function numberOf(element: Element, name: "scrollTop" | "scrollHeight" | "clientHeight"): number {
  const value = read(Element.prototype, name, element);
  return typeof value === "number" ? value : 0;
}

export function scrollTo(element: Element, top: number): void {
  Reflect.apply(Reflect.get(Element.prototype, "scrollTo"), element, [{ top, behavior: "instant" }]);
}

/** The element that is on top at this place of the window. */
export const elementAt = (page: Document, x: number, y: number): Element | null => Document.prototype.elementFromPoint.call(page, x, y);

/** Elements and texts below `root` in document order, without what `skip` leaves out. */
export function* nodesBelow(root: Element, skip: (element: Element) => boolean): Generator<Node> {
  const walker = Document.prototype.createTreeWalker.call(document, root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node instanceof Element && skip(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) yield node;
}
