/** What the pages after the sale ask of the server, and which answers a step of theirs makes old. */
import { keepPreviousData, queryOptions, useQueries, useQuery } from "@tanstack/react-query";
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

/**
 * An offer, its orders and all of their deliveries, the first agreed first: read together, so that a page over them
 * changes once and moves nothing under the pointer by what comes later.
 */
export function useWholeOffer(id: number) {
  return useQuery({
    queryKey: ["offers", "one", id],
    queryFn: async ({ client, signal }) => {
      const [offer, { items: orders }] = await Promise.all([
        ask("GET /api/offers/{id}", { ids: { id }, signal }),
        ask("GET /api/offers/{id}/orders", { ids: { id }, signal }),
      ]);
      const [deliveries] = await Promise.all([
        Promise.all(orders.map((order) => deliveriesOf(order.id, signal))),
        orders.length > 0 ? client.prefetchQuery(sitesOf(offer.entity.id)) : null,
      ]);
      return { offer, orders, deliveries: deliveries.flat() };
    },
  });
}

async function deliveriesOf(order: number, signal: AbortSignal) {
  const query = { order, limit: 200, sort: "scheduled_at" } as const;
  return (await ask("GET /api/deliveries", { query, signal })).items;
}

export function useDeliveries(query: DeliveriesQuery, enabled = true) {
  return useQuery({
    queryKey: ["deliveries", "list", query],
    queryFn: ({ signal }) => ask("GET /api/deliveries", { query, signal }),
    placeholderData: keepPreviousData,
    enabled,
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

function sitesOf(entity: number | undefined) {
  return queryOptions({
    queryKey: ["sites", entity ?? "all"],
    queryFn: ({ signal }) =>
      everyPage((page) => ask("GET /api/sites", { query: { entity, page, limit: FILE_PAGE }, signal })),
    staleTime: 60_000,
  });
}

export function useSites(entity: number | undefined) {
  return useQuery(sitesOf(entity));
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
