/** What the form of an auction reads and sends: vehicles of the stock, who will be told, the auction (§5.1). */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useAction } from "../../desk/form/action";
import { FILE_PAGE } from "../../desk/table/every-page";
import type { Asked } from "../../stock/list/filters";
import type {
  AuctionChangeForm,
  AuctionDescription,
  AuctionForm,
  StockVehicle,
} from "../../wire/generated/http";
import { ask, http } from "../../wire/http";

export type { AuctionForm as NewAuction, StockVehicle } from "../../wire/generated/http";

const PER_PAGE = 15;
const CHOSEN_AT_ONCE = 500;
/** What the picker shows beside the vehicle and its situation; `retail_offer` marks it (§4.3). */
export const PICKED = [
  "mileage_km",
  "first_registration",
  "site_name",
  "days_in_stock",
  "trade_price",
] as const;
/** What margins are reckoned from while one types (§5.1.2). */
const COSTS = ["purchase_price", "planned_costs_ht", "actual_costs_ht"];
const COLUMNS = [...PICKED, "retail_offer", ...COSTS].join(",");
/** What an auction that is made or changed makes old. */
const REFRESH = [["auctions"], ["auction"], ["vehicles"]] as const;

type VehiclePage = { items: StockVehicle[]; page: number; pages: number; total: number };

/** A page of the stock to choose from. */
export function pickablePage(query: Asked, page: number, limit: number, signal?: AbortSignal) {
  return http.get<VehiclePage>("vehicles", { ...query, columns: COLUMNS, page, limit }, signal);
}

export function usePickable(query: Asked, page: number) {
  return useQuery({
    queryKey: ["vehicles", "pickable", query, page],
    queryFn: ({ signal }) => pickablePage(query, page, PER_PAGE, signal),
    placeholderData: keepPreviousData,
  });
}

/** These vehicles as they stand in the stock; those that have left it are missing. */
export function useVehiclesById(ids: number[]) {
  return useQuery({
    queryKey: ["vehicles", "by-id", ids],
    queryFn: async ({ signal }) =>
      (
        await ask("GET /api/vehicles", {
          query: { ids: ids.join(","), columns: COLUMNS, limit: CHOSEN_AT_ONCE },
          signal,
        })
      ).items,
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
  });
}

/** Who would be told (§3.2): how many, and the first of them by name. */
export function useAudience(entity: number | undefined, mailing_list: number | null, wanted: boolean) {
  return useQuery({
    queryKey: ["audiences", entity, mailing_list],
    queryFn: ({ signal }) =>
      ask("GET /api/audiences", { query: { entity: entity ?? 0, mailing_list, limit: FILE_PAGE }, signal }),
    enabled: wanted && entity !== undefined,
  });
}

interface Afterwards {
  said: string;
  after: (made: AuctionDescription) => void;
}

export function usePublish(afterwards: Afterwards) {
  return useAction((auction: AuctionForm) => ask("POST /api/auctions", { body: auction }), {
    refresh: REFRESH,
    ...afterwards,
  });
}

export function useChange(id: number, afterwards: Afterwards) {
  return useAction(
    (change: AuctionChangeForm) => ask("PATCH /api/auctions/{id}", { ids: { id }, body: change }),
    { refresh: REFRESH, ...afterwards },
  );
}
