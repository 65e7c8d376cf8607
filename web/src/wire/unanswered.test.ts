/** Bids that were sent and not answered: kept over a reload, forgotten once answered. */
import { beforeEach, describe, expect, it } from "vitest";
import { UnansweredBids } from "./unanswered";

const BID = { id: "b1", auction: 7, lot: 49, amount: "5000.00" };

describe("bids without an answer", () => {
  beforeEach(() => sessionStorage.clear());

  it("outlive a reload until they are answered", () => {
    new UnansweredBids(1).keep(BID);
    const reloaded = new UnansweredBids(1);
    expect(reloaded.on(7)).toMatchObject([BID]);
    expect(reloaded.on(8)).toEqual([]);
    reloaded.forget("b1");
    expect(new UnansweredBids(1).on(7)).toEqual([]);
    expect(sessionStorage.length).toBe(0);
  });

  it("are nobody else's", () => {
    new UnansweredBids(1).keep(BID);
    expect(new UnansweredBids(2).on(7)).toEqual([]);
  });

  it("are too old after a minute", () => {
    let now_ms = 0;
    const bids = new UnansweredBids(1, sessionStorage, () => now_ms);
    bids.keep(BID);
    now_ms = 59_999;
    expect(bids.on(7)).toHaveLength(1);
    now_ms = 60_000;
    expect(bids.on(7)).toEqual([]);
  });

  it("go with the session", () => {
    const bids = new UnansweredBids(1);
    bids.keep(BID);
    bids.forgetAll();
    expect(bids.on(7)).toEqual([]);
  });
});
