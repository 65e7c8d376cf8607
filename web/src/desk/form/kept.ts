/**
 * What was typed into a form and not saved is kept for the tab's visit: going elsewhere and back, reloading, or a session
 * that ends loses nothing; closing the tab asks first. It is one user's: another who signs in finds none of it.
 */
import { useEffect, useState } from "react";

const PREFIX = "adjuge-typed-";
/** Who typed it. A reload forgets everything else, and somebody else may sign in after it. */
const TYPIST = "adjuge-typist";

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
    if (name.startsWith(PREFIX) || name === TYPIST) sessionStorage.removeItem(name);
}

/** From here on that user types: what another left is forgotten. */
export function typedBy(user: number): void {
  if (sessionStorage.getItem(TYPIST) !== String(user)) forgetAllTyped();
  sessionStorage.setItem(TYPIST, String(user));
}

function useKept(name: string, text: string | null): void {
  useEffect(() => {
    if (text === null) forgetTyped(name);
    else sessionStorage.setItem(PREFIX + name, text);
  }, [name, text]);
}

/** The words of a field that is no form to be saved: kept while there are any, and nobody is held back for them. */
export function useKeptWords(name: string): [string, (words: string) => void] {
  const [words, setWords] = useState(() => typedBefore<string>(name) ?? "");
  useKept(name, words === "" ? null : JSON.stringify(words));
  return [words, setWords];
}

/** Keeps the values under that name for as long as they are not saved. */
export function useKeepTyped(name: string, values: unknown, unsaved: boolean): void {
  useKept(name, unsaved ? JSON.stringify(values) : null);
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
}
