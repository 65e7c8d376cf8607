/** The figures of the home page, asked at the doors of their lists; notices move them, and once a minute they are asked again. */
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMay, useMe } from "../desk/me";
import { ask } from "../wire/http";
import { LONG, longStock, NOT_READY, weekOf } from "./tiles";

const AGAIN_MS = 60_000;
/** How many running auctions the page shows. */
export const SHOWN = 6;

/** Auctions in that state, those that end (or start) first on top. */
export function useAuctionsIn(state: "open" | "scheduled", entity: number | undefined) {
  return useQuery({
    queryKey: ["auctions", "home", state, entity],
    queryFn: ({ signal }) => ask("GET /api/auctions", { query: { state, entity, limit: SHOWN }, signal }),
    refetchInterval: AGAIN_MS,
  });
}

/** Offers of won lots that nobody has ordered yet. */
export function useOffersToOrder(entity: number | undefined) {
  return useQuery({
    queryKey: ["offers", "home", entity],
    queryFn: ({ signal }) =>
      ask("GET /api/offers", {
        query: { origin: "auction", status: "validated", entity, limit: 1 },
        signal,
      }),
    select: ({ total }) => total,
    refetchInterval: AGAIN_MS,
  });
}

export function useDeliveriesDue(entity: number | undefined) {
  return useQuery({
    queryKey: ["deliveries", "home", "due", entity],
    queryFn: ({ signal }) => ask("GET /api/deliveries/due", { query: { entity, limit: 1 }, signal }),
    select: ({ total }) => total,
    refetchInterval: AGAIN_MS,
  });
}

export function useDeliveriesThisWeek(entity: number | undefined) {
  const week = weekOf(new Date()).instants;
  return useQuery({
    queryKey: ["deliveries", "home", "week", entity, week.from],
    queryFn: ({ signal }) =>
      ask("GET /api/deliveries", { query: { status: "scheduled", ...week, entity, limit: 1 }, signal }),
    select: ({ total }) => total,
    refetchInterval: AGAIN_MS,
  });
}

export function useVehiclesNotReady(entity: number | undefined) {
  return useQuery({
    queryKey: ["vehicles", "home", "not ready", entity],
    queryFn: ({ signal }) =>
      ask("GET /api/vehicles", { query: { status: NOT_READY, entity, limit: 1 }, signal }),
    select: ({ total }) => total,
    refetchInterval: AGAIN_MS,
  });
}

/** Vehicles beyond the targets of their entities (§4.2), but for those that somebody muted: how many, and behind which question. */
export function useLongStock(entity: number | undefined) {
  const entities = useMe().entities.filter(({ id }) => entity === undefined || id === entity);
  const targets = useQueries({
    queries: entities.map(({ id }) => ({
      queryKey: ["entities", id, "stock-settings"],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        ask("GET /api/entities/{id}/stock-settings", { ids: { id }, signal }),
      staleTime: 5 * AGAIN_MS,
    })),
    combine: (all) =>
      all.every(({ data }) => data !== undefined)
        ? all.map(({ data }, at) => ({ entity: entities[at]?.id ?? 0, days: data?.days_target ?? null }))
        : [],
  });
  const asked = longStock(targets);
  return useQueries({
    queries: asked.map((one) => ({
      queryKey: ["vehicles", "home", "long", one.entity, one.days],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        ask("GET /api/vehicles", {
          query: { ...LONG, days_in_stock_min: one.days, entity: one.entity, limit: 1 },
          signal,
        }),
      refetchInterval: AGAIN_MS,
    })),
    combine: (all) => all.map(({ data }, at) => ({ ...asked[at], total: data?.total })),
  });
}

export function usePendingInvitations(entity: number | undefined) {
  const may = useMay();
  return useQuery({
    queryKey: ["invitations", "home", entity],
    queryFn: ({ signal }) =>
      ask("GET /api/invitations", { query: { state: "pending", entity, limit: 1 }, signal }),
    select: ({ total }) => total,
    enabled: may("manage_connections", entity),
    refetchInterval: AGAIN_MS,
  });
}

/** What a new holding still lacks: vehicles, connected traders, a first auction. */
export function useBeginnings() {
  const vehicles = useQuery({
    queryKey: ["vehicles", "home", "any"],
    queryFn: ({ signal }) => ask("GET /api/vehicles", { query: { limit: 1 }, signal }),
    select: ({ total }) => total > 0,
  });
  const traders = useQuery({
    queryKey: ["connections", "home", "any"],
    queryFn: ({ signal }) => ask("GET /api/connections", { query: { limit: 1 }, signal }),
    select: ({ items }) => items.length > 0,
  });
  const auctions = useQuery({
    queryKey: ["auctions", "home", "any"],
    queryFn: ({ signal }) => ask("GET /api/auctions", { query: { limit: 1 }, signal }),
    select: ({ total }) => total > 0,
  });
  return { vehicles: vehicles.data, traders: traders.data, auctions: auctions.data };
}
