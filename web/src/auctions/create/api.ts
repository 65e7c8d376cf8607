/** What the creation form reads and sends: stock vehicles, connected traders, mailing lists, the new auction (§5.1). */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { http } from "../../wire/http";
import type { Amount, AuctionKind, Instant, Vat } from "../../wire/messages";
import type { Vehicle } from "../api";

export interface StockVehicle {
  id: number;
  entity: number;
  site: number;
  site_name: string;
  /** What keeps it out of an auction (§4.3, §4.4); nothing, and it may be chosen. */
  missing: Obstacle[];
  margin_at_trade_price: Amount | null;
  card: Vehicle & { trade_price: Amount | null; vat: Vat };
}

/** What keeps a vehicle out of an auction, or a form from being accepted, as the server names it (§4.3). */
export type Obstacle =
  | "wrong_destination"
  | "not_saleable"
  | "not_authorised"
  | "no_trade_price"
  | "not_matched"
  | "reserved"
  | "in_another_auction"
  | "nobody_invited"
  | "invalid_amount";

export interface MailingList {
  id: number;
  entity: number;
  title: string;
  count: number;
}

export interface ConnectedTrader {
  trader: number;
  entity: number;
}

export interface NewAuction {
  entity: number;
  site: number;
  kind: AuctionKind;
  vehicles: { id: number; starting_price?: Amount; reserve_price?: Amount }[];
  starts_at?: Instant;
  duration_seconds: number;
  minimum_increment: Amount;
  starting_price?: Amount;
  reserve_price?: Amount;
  mailing_list?: number;
}

interface Listed<T> {
  items: T[];
}

interface StockPage extends Listed<StockVehicle> {
  pages: number;
}

const VEHICLES_PER_PAGE = 500;
/** A form with more vehicles to choose from would help nobody. */
const MOST_FREE_PAGES = 6;

/** Every vehicle that can be sold, and the first of those that cannot, with what they lack (§4.3). */
async function stockOf(signal: AbortSignal): Promise<StockVehicle[]> {
  const page = (free: boolean, number: number) =>
    http.get<StockPage>("vehicles", { free: String(free), limit: VEHICLES_PER_PAGE, page: number }, signal);
  const [first, others] = await Promise.all([page(true, 1), page(false, 1)]);
  const rest = Array.from({ length: Math.min(first.pages, MOST_FREE_PAGES) - 1 }, (_, i) =>
    page(true, i + 2),
  );
  const free = [first, ...(await Promise.all(rest))].flatMap(({ items }) => items);
  const known = new Set(free.map(({ id }) => id));
  return [...free, ...others.items.filter(({ id }) => !known.has(id))];
}

export function useStock() {
  return useQuery({
    queryKey: ["vehicles"],
    queryFn: async ({ signal }) => await stockOf(signal),
  });
}

export function useMailingLists() {
  return useQuery({
    queryKey: ["mailing-lists"],
    queryFn: async ({ signal }) => (await http.get<Listed<MailingList>>("mailing-lists", {}, signal)).items,
  });
}

export function useConnectedTraders() {
  return useQuery({
    queryKey: ["connections"],
    queryFn: async ({ signal }) => (await http.get<Listed<ConnectedTrader>>("connections", {}, signal)).items,
  });
}

export function usePublish() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (auction: NewAuction) => http.post<{ id: number }>("auctions", auction),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["auctions"] });
      void client.invalidateQueries({ queryKey: ["vehicles"] });
    },
  });
}
