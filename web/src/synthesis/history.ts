/** The whole history of an auction: what the door has stored, and what came live since. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { http } from "../wire/http";
import type { AuctionEvent, DealerView } from "../wire/messages";
import { hasHole, merged } from "./state";

const PAGE_ENTRIES = 1000;
/** More entries than any auction of a day has; the export asks for no more either. */
const MOST_PAGES = 20;
/** A hole that the door has not filled either is not asked about without pause. */
const HOLE_PAUSE_MS = 2000;

interface HistoryPage {
  items: AuctionEvent[];
  /** `after` of the next page; `null` at the end. */
  next: number | null;
}

async function wholeHistory(auction: number, signal: AbortSignal): Promise<AuctionEvent[]> {
  const entries: AuctionEvent[] = [];
  let after: number | null = 0;
  for (let page = 0; page < MOST_PAGES && after !== null; page += 1) {
    const query = { after, limit: PAGE_ENTRIES };
    const answer: HistoryPage = await http.get(`auctions/${auction}/history`, query, signal);
    entries.push(...answer.items);
    after = answer.next;
  }
  return entries;
}

/** Every entry so far, in order; asked again when the live view shows that something is missing. */
export function useEntries(auction: number, view: DealerView | null): AuctionEvent[] {
  const history = useQuery({
    queryKey: ["history", auction],
    queryFn: ({ signal }) => wholeHistory(auction, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { data, isFetching, refetch } = history;
  const entries = useMemo(() => merged(data ?? [], view?.recent ?? []), [data, view?.recent]);
  const hole = data !== undefined && !isFetching && hasHole(entries);
  useEffect(() => {
    if (!hole) return;
    const again = window.setTimeout(() => void refetch(), HOLE_PAUSE_MS);
    return () => window.clearTimeout(again);
  }, [hole, refetch]);
  return entries;
}
