/** What is asked of mailing lists, and of the traders that they choose among. */
import { useQuery } from "@tanstack/react-query";
import { everyPage, FILE_PAGE } from "../../desk/table/every-page";
import { type AnswerOf, ask } from "../../wire/http";

export const LISTS = [["mailing-lists"], ["audiences"], ["history"]] as const;

export type MailingListLine = AnswerOf<"GET /api/mailing-lists">["items"][number];

/** Those of an entity, or of all of the reader's. */
export function useMailingLists(entity?: number) {
  return useQuery({
    queryKey: ["mailing-lists", "all", entity],
    queryFn: ({ signal }) =>
      everyPage((page) =>
        ask("GET /api/mailing-lists", { query: { entity, page, limit: FILE_PAGE }, signal }),
      ),
  });
}

export function useMailingList(id: number | null) {
  return useQuery({
    queryKey: ["mailing-lists", id],
    queryFn: ({ signal }) => ask("GET /api/mailing-lists/{id}", { ids: { id: id ?? 0 }, signal }),
    enabled: id !== null,
  });
}

export interface ConnectedTrader {
  id: number;
  name: string;
  city: string;
}

/** Every trader that the entity is connected with, by name (§3.3). */
export function useConnected(entity: number) {
  return useQuery({
    queryKey: ["connections", "of", entity],
    queryFn: async ({ signal }): Promise<ConnectedTrader[]> => {
      const lines = await everyPage((page) =>
        ask("GET /api/connections", { query: { entity, state: "active", page, limit: FILE_PAGE }, signal }),
      );
      return lines.flatMap(({ trader, name, city }) => (trader === null ? [] : [{ id: trader, name, city }]));
    },
  });
}
