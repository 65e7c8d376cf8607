/** What the pages of traders ask the server, and which of it grows old when something is done. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ListSearch } from "../desk/table/search";
import type { ConnectionOfTrader, SentInvitation, StandingWithTrader } from "../wire/generated/http";
import { ask, type QueryOf } from "../wire/http";

export type StandingState = StandingWithTrader["state"];
export type InvitationState = SentInvitation["state"];
export type TradersQuery = NonNullable<QueryOf<"GET /api/traders">>;
export type InvitationsQuery = NonNullable<QueryOf<"GET /api/invitations">>;

/** Everything that an invitation or a removal changes. */
export const CONNECTING = [
  ["traders"],
  ["invitations"],
  ["connections"],
  ["mailing-lists"],
  ["audiences"],
] as const;

const SORTS = ["name", "-name", "city", "-city", "since", "-since"] as const;
const KINDS = ["merchant", "bidder"] as const;
export const TRADER_STATES = ["active", "invited", "removed", "none"] as const;
export const INVITATION_STATES = ["pending", "expired", "accepted", "withdrawn"] as const;

/** The list as the address asks for it; what it asks badly is not asked. */
export function tradersAsked(search: ListSearch): TradersQuery {
  const among = <Word extends string>(words: readonly Word[], word: string) =>
    words.find((one) => one === word);
  const entity = Number(search.value("entity"));
  return {
    q: search.value("q") || undefined,
    kind: among(KINDS, search.value("kind")),
    state: among(TRADER_STATES, search.value("state")),
    entity: entity > 0 ? entity : undefined,
    sort: among(SORTS, search.sort ?? ""),
  } as TradersQuery;
}

export function useTraders(query: TradersQuery, page: number) {
  return useQuery({
    queryKey: ["traders", "list", query, page],
    queryFn: ({ signal }) => ask("GET /api/traders", { query: { ...query, page }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useTrader(id: number) {
  return useQuery({
    queryKey: ["traders", id],
    queryFn: ({ signal }) => ask("GET /api/traders/{id}", { ids: { id }, signal }),
  });
}

export function useInvitations(query: InvitationsQuery, enabled = true) {
  return useQuery({
    queryKey: ["invitations", query],
    queryFn: ({ signal }) => ask("GET /api/invitations", { query, signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useBidders(enabled: boolean) {
  return useQuery({
    queryKey: ["bidders"],
    queryFn: async ({ signal }) => (await ask("GET /api/bidders", { signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  });
}

/** Of each entity the connection that counts: the latest, which the card names first. */
export function latestByEntity(connections: readonly ConnectionOfTrader[]): Map<number, ConnectionOfTrader> {
  const latest = new Map<number, ConnectionOfTrader>();
  for (const connection of connections)
    if (!latest.has(connection.entity)) latest.set(connection.entity, connection);
  return latest;
}
