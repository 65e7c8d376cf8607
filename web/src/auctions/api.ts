/** Auctions as the HTTP doors list and describe them: what is not live. Live figures come from the wire. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { http } from "../wire/http";
import type { Amount, AuctionKind, AuctionStatus, Instant, Role, Vat } from "../wire/messages";

export interface Site {
  name: string;
  city?: string | null;
  postcode?: string | null;
}

export interface Battery {
  score_percent: number;
  certified_on?: string | null;
  expires_on?: string | null;
}

export interface Vehicle {
  ref: string;
  make: string;
  model: string;
  version?: string | null;
  trim?: string | null;
  plate?: string | null;
  mileage_km?: number | null;
  first_registration?: string | null;
  energy?: string | null;
  gearbox?: string | null;
  fiscal_power_cv?: number | null;
  power_ch?: number | null;
  co2_g_km?: number | null;
  vat?: Vat;
  colour?: string | null;
  battery?: Battery | null;
  photos?: string[];
  /** The dealer's alone. */
  market_value?: Amount | null;
  sale_price?: Amount | null;
}

export interface AuctionCard {
  id: number;
  number: number;
  display_number: string;
  kind: AuctionKind;
  status: AuctionStatus;
  starts_at: Instant;
  ends_at: Instant;
  entity: { name: string };
  site: Site | null;
}

export type DealerState =
  | "scheduled"
  | "open"
  | "won"
  | "partly_won"
  | "not_won"
  | "cancelled"
  | "sale_cancelled";

export interface AuctionItem extends AuctionCard {
  lots_count: number;
  vehicles_count: number;
  title: string;
  starting_total: Amount;
  last_offers_total: Amount | null;
  /** The reader's word for it: a dealer's, or the trader's list that it is on. */
  state: string;
  /** The trader's. */
  standing?: "winning" | "losing" | "none" | null;
  outcome?: "won" | "lost" | "declined" | null;
  /** The dealer's. */
  audience_count?: number;
  gain?: Amount;
}

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

export interface AuctionDescription extends AuctionCard {
  list_name: string | null;
  audience_count: number | null;
  role: Role;
  lots: { number: number; display_number: string; vehicles: Vehicle[] }[];
}

export interface AuctionList {
  items: AuctionItem[];
  page: number;
  pages: number;
  total: number;
}

/** Notices tell at once what concerns the reader; this is for what nobody is told of. */
const LISTS_AGAIN_MS = 60_000;

/** One page of a list; the page before stays on the screen while the next one comes. */
export function useAuctions(state: string, search: string, page: number) {
  return useQuery({
    queryKey: ["auctions", state, search, page],
    queryFn: ({ signal }) => http.get<AuctionList>("auctions", { state, q: search, page }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: LISTS_AGAIN_MS,
  });
}

export function useDescription(auction: number) {
  return useQuery({
    queryKey: ["auction", auction],
    queryFn: ({ signal }) => http.get<AuctionDescription>(`auctions/${auction}`, {}, signal),
    staleTime: 5 * 60_000,
  });
}

/** `CITROËN XSARA PICASSO`. */
export function vehicleName({ make, model }: Vehicle): string {
  return `${make} ${model}`;
}
