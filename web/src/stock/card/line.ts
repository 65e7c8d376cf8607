/** The steps of a vehicle's life line, as its entity has set them for its destination (§4.2). */
import type { StockSettings, VehicleSheet } from "../../wire/generated/http";
import { CODES } from "../values";

const STANDARD = CODES.status ?? [];

/** The codes in order; a vehicle neither private nor trade takes the standard line. */
export function lineOf(settings: StockSettings, destination: VehicleSheet["destination"]): string[] {
  const line = destination === "private" || destination === "trade" ? settings[destination] : undefined;
  return STANDARD.flatMap((status) => {
    const added = (line?.added ?? []).filter(({ after }) => after === status).map(({ code }) => code);
    return status === "price_destination" && line?.price_destination === false ? added : [status, ...added];
  });
}
