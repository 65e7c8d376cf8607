/** The whole history of an auction: what the door has stored, and what came live since. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { http } from "../wire/http";
import type { AuctionEvent, DealerView } from "../wire/messages";
import { hasHole, merged } from "./state";

const PAGE_ENTRIES = 500;
/** More entries than any auction of a day has; the export asks for no more either. */
const MOST_PAGES = 40;

interface HistoryPage {
  events?: AuctionEvent[];
  items?: AuctionEvent[];
}

async function wholeHistory(auction: number, signal: AbortSignal): Promise<AuctionEvent[]> {
  const entries: AuctionEvent[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const after = entries.at(-1)?.seq ?? 0;
    const answer = await http.get<HistoryPage | AuctionEvent[]>(
      `auctions/${auction}/history`,
      { after, limit: PAGE_ENTRIES },
      signal,
    );
    const fresh = Array.isArray(answer) ? answer : (answer.events ?? answer.items ?? []);
    const later = fresh.filter(({ seq }) => seq > after);
    entries.push(...later);
    if (later.length < PAGE_ENTRIES) break;
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
    if (hole) void refetch();
  }, [hole, refetch]);
  return entries;
}
