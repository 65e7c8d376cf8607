/** What the pages after the sale ask of the server, and which answers a step of theirs makes old. */
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { everyPage, FILE_PAGE } from "../desk/table/every-page";
import type { RecordedChange } from "../wire/generated/http";
import { ask, type QueryOf } from "../wire/http";

/** A step after the sale moves papers, deliveries, vehicles and what was bought. */
export const MOVED = [
  ["offers"],
  ["deliveries"],
  ["vehicles"],
  ["traders"],
  ["auctions"],
  ["notifications"],
] as const;

export type OffersQuery = NonNullable<QueryOf<"GET /api/offers">>;
export type DeliveriesQuery = NonNullable<QueryOf<"GET /api/deliveries">>;
export type DueQuery = NonNullable<QueryOf<"GET /api/deliveries/due">>;

export function useOffers(query: OffersQuery, enabled = true) {
  return useQuery({
    queryKey: ["offers", "list", query],
    queryFn: ({ signal }) => ask("GET /api/offers", { query, signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useOffer(id: number) {
  return useQuery({
    queryKey: ["offers", "one", id],
    queryFn: ({ signal }) => ask("GET /api/offers/{id}", { ids: { id }, signal }),
  });
}

export function useOrders(offer: number) {
  return useQuery({
    queryKey: ["offers", "one", offer, "orders"],
    queryFn: async ({ signal }) =>
      (await ask("GET /api/offers/{id}/orders", { ids: { id: offer }, signal })).items,
  });
}

export function useDeliveries(query: DeliveriesQuery, enabled = true) {
  return useQuery({
    queryKey: ["deliveries", "list", query],
    queryFn: ({ signal }) => ask("GET /api/deliveries", { query, signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** All deliveries of some orders, the first agreed first. */
export function useDeliveriesOf(orders: number[]) {
  return useQueries({
    queries: orders.map((order) => ({
      queryKey: ["deliveries", "of", order],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await ask("GET /api/deliveries", { query: { order, limit: 200, sort: "scheduled_at" }, signal }))
          .items,
    })),
    combine: (answers) => ({
      items: answers.flatMap(({ data }) => data ?? []),
      isPending: answers.some((answer) => answer.isPending),
    }),
  });
}

export function useDue(query: DueQuery, enabled = true) {
  return useQuery({
    queryKey: ["deliveries", "due", query],
    queryFn: ({ signal }) => ask("GET /api/deliveries/due", { query, signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useSites(entity: number | undefined) {
  return useQuery({
    queryKey: ["sites", entity ?? "all"],
    queryFn: ({ signal }) =>
      everyPage((page) => ask("GET /api/sites", { query: { entity, page, limit: FILE_PAGE }, signal })),
    staleTime: 60_000,
  });
}

export function useTrader(id: number) {
  return useQuery({
    queryKey: ["traders", "one", id],
    queryFn: ({ signal }) => ask("GET /api/traders/{id}", { ids: { id }, signal }),
  });
}

export interface Subject {
  subject: "offer" | "order" | "delivery";
  id: number;
}

/** What is on record of these, the newest first. */
export function useRecords(subjects: Subject[]) {
  return useQueries({
    queries: subjects.map(({ subject, id }) => ({
      queryKey: ["offers", "records", subject, id],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await ask("GET /api/history", { query: { subject, id, limit: 200 }, signal })).items,
    })),
    combine: (answers): { items: RecordedChange[]; isPending: boolean } => ({
      items: answers.flatMap(({ data }) => data ?? []).sort((a, b) => b.id - a.id),
      isPending: answers.some((answer) => answer.isPending),
    }),
  });
}
