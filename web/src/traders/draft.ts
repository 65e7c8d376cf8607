/** What was typed and not saved yet, kept for this tab: leaving a form, or reloading, does not lose it silently. */
import { useState } from "react";

const PREFIX = "adjuge-draft-";

function kept<T>(key: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "null") as T | null;
  } catch {
    return null; // an older shape, or nothing that we wrote
  }
}

export interface Draft<T> {
  /** What was found when the form was opened; `null`: nothing. */
  found: T | null;
  keep: (typed: T) => void;
  drop: () => void;
}

/** `key` names the form, and whatever it is about. */
export function useDraft<T>(key: string): Draft<T> {
  const [found] = useState(() => kept<T>(key));
  return {
    found,
    keep: (typed) => sessionStorage.setItem(PREFIX + key, JSON.stringify(typed)),
    drop: () => sessionStorage.removeItem(PREFIX + key),
  };
}
