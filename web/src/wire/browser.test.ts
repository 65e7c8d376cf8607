// A page that was out of sight: its connection comes back when somebody looks at it, and not before.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connect } from "./browser";

class LostSocket {
  static opened: LostSocket[] = [];
  onclose: ((event: { code: number }) => void) | null = null;
  constructor() {
    LostSocket.opened.push(this);
  }
  close() {}
}

let visibility: DocumentVisibilityState;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", LostSocket);
  LostSocket.opened = [];
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function becomes(now: DocumentVisibilityState) {
  visibility = now;
  document.dispatchEvent(new Event("visibilitychange"));
}

test("a lost connection is opened again as soon as the page is seen, until it is left", () => {
  const { leave } = connect();
  LostSocket.opened[0]?.onclose?.({ code: 1006 });
  becomes("hidden");
  expect(LostSocket.opened).toHaveLength(1);
  becomes("visible");
  expect(LostSocket.opened).toHaveLength(2);
  LostSocket.opened[1]?.onclose?.({ code: 1006 });
  leave();
  becomes("visible");
  vi.advanceTimersByTime(60_000);
  expect(LostSocket.opened).toHaveLength(2);
});
