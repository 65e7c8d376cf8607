/**
 * Parts of the pages that come when they are first wanted. While the house does not answer, one waits for it; where it
 * answers without the part, the pages were built anew since this one was opened, and it is opened again, once.
 */
import { type ComponentType, lazy } from "react";
import { rootAddress } from "../address";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 4_000;
/** A page that was opened again for a part so lately, and still misses it, will not find it by being opened once more. */
const LATELY_MS = 60_000;
const OPENED_AGAIN = "adjuge-opened-again";

/** Like `lazy`, but a line that is gone for a while, or a new version, breaks nothing. */
export function part<Props>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy(() => arrival(load));
}

/** What `load` brings, once it does. `openAgain` loads the whole page; it is not come back from. */
export async function arrival<Brought>(
  load: () => Promise<Brought>,
  openAgain: () => void = () => window.location.reload(),
): Promise<Brought> {
  let answered = false;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await load();
    } catch (missing) {
      if (!(await houseAnswers())) await longerOr(wait);
      else if (!answered) answered = true;
      else if (openedLatelyFor(missing)) throw missing;
      else {
        window.sessionStorage.setItem(OPENED_AGAIN, JSON.stringify([Date.now(), String(missing)]));
        openAgain();
        return new Promise(() => undefined);
      }
    }
  }
}

async function houseAnswers(): Promise<boolean> {
  try {
    return (await fetch(rootAddress, { method: "HEAD", cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

/** Browsers name the missing part in what they say of it. */
function openedLatelyFor(missing: unknown): boolean {
  const [at, what] = JSON.parse(window.sessionStorage.getItem(OPENED_AGAIN) ?? "[0]") as [number, string?];
  return what === String(missing) && Date.now() - at < LATELY_MS;
}

/** After so many milliseconds, or as soon as the browser has a network again. */
function longerOr(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      window.clearTimeout(timer);
      window.removeEventListener("online", go);
      resolve();
    };
    const timer = window.setTimeout(go, milliseconds);
    window.addEventListener("online", go);
  });
}
