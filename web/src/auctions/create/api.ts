/** What the creation form reads and sends: stock vehicles, connected traders, mailing lists, the new auction (§5.1). */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AuctionForm, StockVehicle } from "../../wire/generated/http";
import { ask } from "../../wire/http";

export type { AuctionForm as NewAuction, StockVehicle } from "../../wire/generated/http";

/** What keeps a vehicle out of an auction, or a form from being accepted, as the server names it (§4.3). */
export type Obstacle = StockVehicle["missing"][number] | "nobody_invited" | "invalid_amount";

const VEHICLES_PER_PAGE = 500;
/** A form with more vehicles to choose from would help nobody. */
const MOST_FREE_PAGES = 6;

/** Every vehicle that can be sold, and the first of those that cannot, with what they lack (§4.3). */
async function stockOf(signal: AbortSignal): Promise<StockVehicle[]> {
  const page = (free: boolean, number: number) =>
    ask("GET /api/vehicles", { query: { free, limit: VEHICLES_PER_PAGE, page: number }, signal });
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
    queryFn: async ({ signal }) => (await ask("GET /api/mailing-lists", { signal })).items,
  });
}

export function useConnectedTraders() {
  return useQuery({
    queryKey: ["connections"],
    queryFn: async ({ signal }) => (await ask("GET /api/connections", { signal })).items,
  });
}

export function usePublish() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (auction: AuctionForm) => ask("POST /api/auctions", { body: auction }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["auctions"] });
      void client.invalidateQueries({ queryKey: ["vehicles"] });
    },
  });
}
