/** When a program that serves is asked to stop; the commands `start` and `witness` wait for it. */

/** A terminal signals all programs in front of it, and one that started another passes it on as well: what comes so soon after the first is the same wish. Milliseconds. */
const sameWish = 2_000;

/** Resolves at the first signal that asks to stop. Whoever asks again later does not want to wait for a clean end: the process ends there and then. */
export function untilStopped(): Promise<void> {
  return new Promise((stop) => {
    let first: number | null = null;
    const ask = (): void => {
      first ??= performance.now();
      if (performance.now() - first > sameWish) process.exit(1);
      stop();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
  });
}
