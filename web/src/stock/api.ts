/** What the stock's pages read: lists, cards, photos, files, settings, catalogue, kept searches. Keys begin with the area's noun. */
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../desk/me";
import { everyPage, FILE_PAGE } from "../desk/table/every-page";
import type { StockSettings, Vehicles } from "../wire/generated/http";
import { ask, http } from "../wire/http";
import type { Asked } from "./list/filters";

export const VEHICLES = ["vehicles"] as const;
export const SEARCHES = ["saved-searches"] as const;
const PER_PAGE = 50;
/** What hardly ever changes is not asked for anew within a visit. */
const LASTING_MS = 10 * 60_000;

/** A page of the stock, with the values of these columns. */
export function useVehicles(query: Asked, columns: string[], page: number, ready: boolean) {
  const asked = { ...query, columns: columns.join(","), page, limit: PER_PAGE };
  return useQuery({
    queryKey: [...VEHICLES, "list", asked],
    queryFn: ({ signal }) => http.get<Vehicles>("vehicles", asked, signal),
    placeholderData: keepPreviousData,
    enabled: ready,
  });
}

export function useColumns() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: [...VEHICLES, "columns", i18n.language],
    queryFn: async ({ signal }) => (await ask("GET /api/vehicles/columns", { signal })).items,
    staleTime: LASTING_MS,
  });
}

/** What a field of a choice says in the stock as it is, the most frequent first. */
export function useChoices(field: string, wanted = true) {
  return useQuery({
    queryKey: [...VEHICLES, "choices", field],
    queryFn: async ({ signal }) =>
      (await ask("GET /api/vehicles/choices", { query: { field }, signal })).items,
    staleTime: LASTING_MS,
    enabled: wanted,
  });
}

export function useSearches() {
  return useQuery({
    queryKey: SEARCHES,
    queryFn: async ({ signal }) => (await ask("GET /api/saved-searches", { signal })).items,
  });
}

export function useSites() {
  return useQuery({
    queryKey: ["sites"],
    queryFn: ({ signal }) =>
      everyPage((page) => ask("GET /api/sites", { query: { page, limit: FILE_PAGE }, signal })),
    staleTime: LASTING_MS,
  });
}

export function useSheet(id: number) {
  return useQuery({
    queryKey: [...VEHICLES, "sheet", id],
    queryFn: ({ signal }) => ask("GET /api/vehicles/{id}", { ids: { id }, signal }),
  });
}

export function usePhotos(id: number) {
  return useQuery({
    queryKey: [...VEHICLES, "photos", id],
    queryFn: async ({ signal }) =>
      (await ask("GET /api/vehicles/{id}/photos", { ids: { id }, signal })).items,
  });
}

export function useFiles(id: number) {
  return useQuery({
    queryKey: [...VEHICLES, "files", id],
    queryFn: async ({ signal }) => (await ask("GET /api/vehicles/{id}/files", { ids: { id }, signal })).items,
  });
}

export function useMakes() {
  return useQuery({
    queryKey: ["catalogue", "makes"],
    queryFn: async ({ signal }) => (await ask("GET /api/catalogue/makes", { signal })).items,
    staleTime: LASTING_MS,
  });
}

export function useModels(make: string, known: boolean) {
  return useQuery({
    queryKey: ["catalogue", "models", make],
    queryFn: async ({ signal }) =>
      (await ask("GET /api/catalogue/models", { query: { make }, signal })).items,
    staleTime: LASTING_MS,
    enabled: known,
  });
}

const settingsOf = (id: number) => ({
  queryKey: ["entities", id, "stock-settings"],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    ask("GET /api/entities/{id}/stock-settings", { ids: { id }, signal }),
  staleTime: LASTING_MS,
});

export function useStockSettings(entity: number) {
  return useQuery(settingsOf(entity));
}

/** A status in words, those that the reader's entities have added too. */
export function useStatusName(): (status: string) => string {
  const { t } = useTranslation("stock");
  const { entities } = useMe();
  const labels = useQueries({
    queries: entities.map(({ id }) => settingsOf(id)),
    combine: (answers) => labelsOf(answers.flatMap(({ data }) => data ?? [])),
  });
  return useCallback((status) => labels[status] ?? t(`status.${status as "released"}`, status), [labels, t]);
}

/** The added statuses' own names. */
function labelsOf(settings: StockSettings[]): Record<string, string> {
  return Object.fromEntries(
    settings
      .flatMap(({ private: first, trade }) => [...(first?.added ?? []), ...(trade?.added ?? [])])
      .map(({ code, label }) => [code, label]),
  );
}
