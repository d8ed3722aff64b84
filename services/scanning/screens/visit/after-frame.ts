/** Runs work after the next frame is on the screen, so that a tap is answered before its consequences are drawn. Used by the questions of a visit. */

/** A page out of sight gets no frames; then it does not wait longer than this. Milliseconds. */
const patience = 100;

/** Runs `work` once, after the next frame. */
export function afterFrame(work: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    clearTimeout(late);
    work();
  };
  const late = setTimeout(once, patience);
  requestAnimationFrame(() => setTimeout(once, 0));
}
