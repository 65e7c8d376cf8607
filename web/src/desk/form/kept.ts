/**
 * What was typed into a form and not saved is kept for the tab's visit: going elsewhere and back, reloading, or a session
 * that ends loses nothing; closing the tab asks first.
 */
import { useEffect } from "react";

const PREFIX = "adjuge-typed-";

/** What was typed under that name and never saved. */
export function typedBefore<Values>(name: string): Values | null {
  const text = sessionStorage.getItem(PREFIX + name);
  if (text === null) return null;
  try {
    return JSON.parse(text) as Values;
  } catch {
    return null;
  }
}

export function forgetTyped(name: string): void {
  sessionStorage.removeItem(PREFIX + name);
}

/** Whoever reads the pages next reads nothing of it. */
export function forgetAllTyped(): void {
  for (const name of Object.keys(sessionStorage))
    if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
}

/** Keeps the values under that name for as long as they are not saved. */
export function useKeepTyped(name: string, values: unknown, unsaved: boolean): void {
  const text = unsaved ? JSON.stringify(values) : null;
  useEffect(() => {
    if (text === null) forgetTyped(name);
    else sessionStorage.setItem(PREFIX + name, text);
  }, [name, text]);
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
}
