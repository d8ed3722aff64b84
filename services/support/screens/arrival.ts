/** Takes the reader to the top of what was drawn in a page's place: the heading gets the focus, as after going to another page. Used where one page of support draws another under the same address. */
import { useEffect } from "preact/hooks";

/** Once, when what calls it is first drawn. */
export function useArrival(): void {
  useEffect(() => {
    scrollTo(0, 0);
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  }, []);
}
