/** A part that does not come is waited for, or the page is opened again: nobody's work ends in an error for it. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { arrival } from "./part";

const openAgain = vi.fn();
const missing = new TypeError("Failed to fetch dynamically imported module");

/** What the house says to whoever asks whether it is there, one after the other; the last for ever. */
function house(...answers: (number | null)[]) {
  vi.stubGlobal("fetch", async () => {
    const status = answers.length > 1 ? answers.shift() : answers[0];
    if (typeof status !== "number") throw new TypeError("Failed to fetch");
    return new Response(null, { status });
  });
}

/** Fails so many times before it brings the part. */
const comesAfter = (failures: number) => async () => {
  if (failures-- > 0) throw missing;
  return "the part";
};

beforeEach(() => {
  vi.useFakeTimers();
  window.sessionStorage.clear();
  openAgain.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("while the house is away, or only its door answers, the part is asked for again until it comes", async () => {
  house(null, 502, null, 200);
  const part = arrival(comesAfter(4), openAgain);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await part).toBe("the part");
  expect(openAgain).not.toHaveBeenCalled();
});

test("a network that is back is not waited for any longer", async () => {
  house(null);
  const part = arrival(comesAfter(1), openAgain);
  await vi.advanceTimersByTimeAsync(1);
  window.dispatchEvent(new Event("online"));
  expect(await part).toBe("the part");
});

test("where the house answers and has no such part any more, the page is opened again", async () => {
  house(200);
  void arrival(comesAfter(Number.POSITIVE_INFINITY), openAgain);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(openAgain).toHaveBeenCalledTimes(1);
});

test("a page that was just opened again for a part and misses it still says so; for another part it is opened again", async () => {
  house(200);
  void arrival(comesAfter(Number.POSITIVE_INFINITY), openAgain);
  await vi.advanceTimersByTimeAsync(1_000);
  await expect(arrival(comesAfter(Number.POSITIVE_INFINITY), openAgain)).rejects.toBe(missing);
  expect(openAgain).toHaveBeenCalledTimes(1);
  void arrival(() => Promise.reject(new TypeError("the chart")), openAgain);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(openAgain).toHaveBeenCalledTimes(2);
});
