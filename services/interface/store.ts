/** A value that screens watch: the smallest thing that lets language, theme, address and sign-in live outside one component. Any screens room may use it. */
import { useEffect, useState } from "preact/hooks";

/** A watched value. `set` tells every watcher; setting the same value again tells nobody. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  /** @returns the function that ends the watching. */
  watch(tell: (value: T) => void): () => void;
}

/** Makes a store that starts with `first`. */
export function createStore<T>(first: T): Store<T> {
  let value = first;
  const watchers = new Set<(value: T) => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const tell of Array.from(watchers)) tell(value);
    },
    watch(tell) {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
  };
}

/** The store's value, drawn again whenever it changes. */
export function useStore<T>(store: Store<T>): T {
  const [value, setValue] = useState(() => store.get());
  useEffect(() => {
    // It may have changed between drawing and watching.
    setValue(() => store.get());
    return store.watch((next) => setValue(() => next));
  }, [store]);
  return value;
}
