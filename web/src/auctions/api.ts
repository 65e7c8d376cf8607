/** Auctions as the HTTP doors list and describe them: what is not live. Live figures come from the wire. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { AuctionDescription, AuctionItem, AuctionSynthesis, Vehicle } from "../wire/generated/http";
import { ask, type QueryOf } from "../wire/http";

export type { AuctionDescription, AuctionItem, AuctionList, Vehicle } from "../wire/generated/http";

/** A dealer's word for an auction. */
export type DealerState = AuctionSynthesis["state"];

const DEALER_STATES: DealerState[] = [
  "scheduled",
  "open",
  "won",
  "partly_won",
  "not_won",
  "cancelled",
  "sale_cancelled",
];

/** A dealer's word for an auction of a dealer's list. */
export function dealerState({ state }: AuctionItem): DealerState {
  return DEALER_STATES.find((one) => one === state) ?? "not_won";
}

/** Notices tell at once what concerns the reader; this is for what nobody is told of. */
const LISTS_AGAIN_MS = 60_000;

/** What a list is asked for, but the page. */
export type AuctionsAsked = Omit<NonNullable<QueryOf<"GET /api/auctions">>, "page" | "limit">;

/** One page of a list; the page before stays on the screen while the next one comes. */
export function useAuctions(asked: AuctionsAsked, page: number) {
  return useQuery({
    queryKey: ["auctions", asked, page],
    queryFn: ({ signal }) => ask("GET /api/auctions", { query: { ...asked, page }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: LISTS_AGAIN_MS,
  });
}

/** An auction that is still being written (the offers of its end) is asked for again, ever less often. */
const WRITTEN_MS = 2000;
const WRITTEN_AT_MOST_MS = 60_000;

/** `lacks`: whether something is missing from it that will come. */
export function useDescription(auction: number, lacks?: (description: AuctionDescription) => boolean) {
  return useQuery({
    queryKey: ["auction", auction],
    queryFn: ({ signal }) => ask("GET /api/auctions/{id}", { ids: { id: auction }, signal }),
    staleTime: 5 * 60_000,
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data && lacks?.(data) ? Math.min(WRITTEN_MS * dataUpdateCount, WRITTEN_AT_MOST_MS) : false,
  });
}

/** `CITROËN XSARA PICASSO`. */
export function vehicleName({ make, model }: Vehicle): string {
  return `${make} ${model}`;
}
