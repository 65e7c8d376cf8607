// Why an end has moved, in short, wherever a countdown stands: beside lists and the synthesis as on the trader's page.
import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import "../language";
import type { AuctionEvent, AuctionStatus } from "../wire/messages";
import { useMoved } from "./Countdown";

const at = "2026-01-01T12:00:00Z";
const moved = (seq: number, cause: "late_bid" | "outage", to: string): AuctionEvent => ({
  event: "extended",
  seq,
  at,
  cause,
  from: at,
  to,
  ends_at: to,
});
const said = (status: AuctionStatus, recent: AuctionEvent[]) =>
  renderHook(() => useMoved({ status, recent })).result.current?.replace(/[\u00a0\u202f]/g, " ") ?? null;

test("the last move of the end is told while the auction is open (§5.3.2)", () => {
  const outage = moved(4, "outage", "2026-01-01T12:07:00Z");
  const late = moved(5, "late_bid", "2026-01-01T12:03:00Z");
  expect(said("open", [])).toBeNull();
  expect(said("open", [outage])).toBe("+7 min : interruption du service");
  expect(said("open", [outage, late])).toBe("+3 min : offre tardive");
  expect(said("ended", [late])).toBeNull();
});
