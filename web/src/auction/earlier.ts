/** The entries before those that a snapshot carries: read from the history once somebody asks for them (§5.5.2). */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "../wire/http";
import type { AuctionEvent, TraderView } from "../wire/messages";

const AT_ONCE = 1000;

async function entriesBefore(auction: number, seq: number, signal: AbortSignal): Promise<AuctionEvent[]> {
  const entries: AuctionEvent[] = [];
  for (let after: number | null = 0; after !== null && after < seq - 1; ) {
    const page: { items: AuctionEvent[]; next: number | null } = await ask("GET /api/auctions/{id}/history", {
      ids: { id: auction },
      query: { after, limit: AT_ONCE },
      signal,
    });
    entries.push(...page.items);
    after = page.next;
  }
  return entries.filter((entry) => entry.seq < seq);
}

interface Earlier {
  entries: AuctionEvent[];
  /** Asks for them; `null`: there are none, or they are here. */
  ask: (() => void) | null;
  waiting: boolean;
}

export function useEarlier(view: TraderView): Earlier {
  const [from, setFrom] = useState<number | null>(null);
  const first = view.recent[0]?.seq ?? 1;
  const found = useQuery({
    queryKey: ["auction", view.auction, "history", from],
    queryFn: ({ signal }) => entriesBefore(view.auction, from ?? 1, signal),
    enabled: from !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    entries: found.data ?? [],
    ask: first > 1 && from === null ? () => setFrom(first) : null,
    waiting: from !== null && found.isPending,
  };
}
