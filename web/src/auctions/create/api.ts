/** What the creation form reads and sends: stock vehicles, connected traders, mailing lists, the new auction (§5.1). */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { http } from "../../wire/http";
import type { Amount, AuctionKind, Instant, Vat } from "../../wire/messages";

export interface StockVehicle {
  id: number;
  ref: string;
  make: string;
  model: string;
  version: string;
  trim: string;
  plate: string | null;
  mileage_km: number | null;
  vat: Vat;
  market_value: Amount | null;
  sale_price: Amount | null;
  trade_price: Amount | null;
  purchase_price: Amount;
  costs_ht: Amount;
  entity: { id: number; name: string };
  site: { id: number; name: string };
  /** What keeps it out of an auction (§4.3); empty: it may be sold. */
  missing: string[];
}

export interface MailingList {
  id: number;
  title: string;
  entity: { id: number };
  traders: unknown[];
}

export interface NewAuction {
  entity: number;
  site: number;
  kind: AuctionKind;
  vehicles: { vehicle: number; starting_price?: Amount; reserve_price?: Amount }[];
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

export function useStock() {
  return useQuery({
    queryKey: ["vehicles"],
    queryFn: async ({ signal }) => (await http.get<Listed<StockVehicle>>("vehicles", {}, signal)).items,
  });
}

export function useMailingLists() {
  return useQuery({
    queryKey: ["mailing-lists"],
    queryFn: async ({ signal }) => (await http.get<Listed<MailingList>>("mailing-lists", {}, signal)).items,
  });
}

export interface ConnectedTrader {
  entity: { id: number };
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
