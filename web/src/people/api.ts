/** What the part "people" asks: colleagues, user groups, invitations, entities and sites. Keys begin with the noun. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { everyPage, FILE_PAGE } from "../desk/table/every-page";
import type { QueryOf } from "../wire/http";
import { ask } from "../wire/http";

export const USERS = ["users"] as const;
export const USER_GROUPS = ["user-groups"] as const;
export const ENTITIES = ["entities"] as const;
export const SITES = ["sites"] as const;
export const GROUPS = ["groups"] as const;
/** One's own rights, name and language are the session's too. */
export const COLLEAGUES = [USERS, USER_GROUPS, ["session"]] as const;
export const RECORDS = ["history"] as const;

export function useRights() {
  return useQuery({
    queryKey: ["rights"],
    queryFn: ({ signal }) => ask("GET /api/rights", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useUsers(query: NonNullable<QueryOf<"GET /api/users">>) {
  return useQuery({
    queryKey: [...USERS, "list", query],
    queryFn: ({ signal }) => ask("GET /api/users", { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useUser(id: number) {
  return useQuery({
    queryKey: [...USERS, id],
    queryFn: ({ signal }) => ask("GET /api/users/{id}", { ids: { id }, signal }),
  });
}

export function useUserInvitations(query: NonNullable<QueryOf<"GET /api/user-invitations">>) {
  return useQuery({
    queryKey: [...USERS, "invitations", query],
    queryFn: ({ signal }) => ask("GET /api/user-invitations", { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useUserGroupPage(page: number, entity: number | undefined) {
  return useQuery({
    queryKey: [...USER_GROUPS, "list", page, entity],
    queryFn: ({ signal }) => ask("GET /api/user-groups", { query: { page, entity }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** All user groups that somebody in that entity may be in. */
export function useUserGroups(entity: number | undefined) {
  return useQuery({
    queryKey: [...USER_GROUPS, "all", entity],
    queryFn: ({ signal }) =>
      everyPage((page) => ask("GET /api/user-groups", { query: { entity, page, limit: FILE_PAGE }, signal })),
  });
}

export function useUserGroup(id: number) {
  return useQuery({
    queryKey: [...USER_GROUPS, id],
    queryFn: ({ signal }) => ask("GET /api/user-groups/{id}", { ids: { id }, signal }),
  });
}

/** All sites of an entity, or of all. */
export function useSites(entity?: number) {
  return useQuery({
    queryKey: [...SITES, "all", entity],
    queryFn: ({ signal }) =>
      everyPage((page) => ask("GET /api/sites", { query: { entity, page, limit: FILE_PAGE }, signal })),
  });
}

export function useEntities() {
  return useQuery({
    queryKey: [...ENTITIES, "all"],
    queryFn: ({ signal }) =>
      everyPage((page) => ask("GET /api/entities", { query: { page, limit: FILE_PAGE }, signal })),
  });
}

export function useGroups() {
  return useQuery({
    queryKey: [...GROUPS, "all"],
    queryFn: ({ signal }) =>
      everyPage((page) => ask("GET /api/groups", { query: { page, limit: FILE_PAGE }, signal })),
  });
}
