/** Keeps the keyboard's place when what had the focus is taken out of the page: it goes to the nearest part that is still there, not back to the top. The frame calls it once, for every list and form there is. */

/** Parts someone can be in and go on from. */
const parts = "dialog, section, article, fieldset, li, form, [role=tabpanel], main";
/** Whoever takes something away may give the focus a better place (a heading, what came instead); only then is it looked at. In milliseconds. */
const patience = 80;

/** Focus on the part, for as long as the focus stays: it becomes no stop of the Tab key. */
function stand(part: HTMLElement): void {
  const own = part.getAttribute("tabindex");
  if (own === null) {
    part.tabIndex = -1;
    part.classList.add("arrived");
    part.addEventListener(
      "blur",
      () => {
        part.removeAttribute("tabindex");
        part.classList.remove("arrived");
      },
      { once: true },
    );
  }
  part.focus({ preventScroll: true });
}

/** Follows what has the focus. Where a page makes place for another, the next page's heading takes the focus after this. @returns the function that ends it. */
export function keepFocus(root: HTMLElement): () => void {
  let last: Element | null = null;
  let around: readonly HTMLElement[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const note = (event: FocusEvent): void => {
    if (!(event.target instanceof HTMLElement)) return;
    last = event.target;
    const found: HTMLElement[] = [];
    for (let part = last.parentElement?.closest<HTMLElement>(parts) ?? null; part !== null; part = part.parentElement?.closest<HTMLElement>(parts) ?? null)
      found.push(part);
    around = found;
  };
  const look = (): void => {
    if (last === null || last.isConnected || document.activeElement !== document.body) return;
    last = null;
    const part = around.find((one) => one.isConnected && one.checkVisibility() && one.closest("[inert]") === null);
    if (part !== undefined) stand(part);
  };
  const changed = (): void => {
    if (last === null || last.isConnected) return;
    clearTimeout(timer);
    timer = setTimeout(look, patience);
  };
  const watcher = new MutationObserver(changed);
  watcher.observe(root, { childList: true, subtree: true });
  root.addEventListener("focusin", note);
  return () => {
    watcher.disconnect();
    clearTimeout(timer);
    root.removeEventListener("focusin", note);
  };
}
