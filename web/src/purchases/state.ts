/** Where a vehicle that was bought is on its way, as its buyer reads it (§6.1, §6.4). Pure. */
import type { PurchaseDescription, PurchaseItem } from "../wire/generated/http";

export type PurchaseState = PurchaseItem["state"] | "scheduled";

/** An order whose delivery has a date is told so: that is when one comes. */
export function stateOf({ state, delivery_at }: Pick<PurchaseItem, "state" | "delivery_at">): PurchaseState {
  return state === "ordered" && delivery_at !== null ? "scheduled" : state;
}

/** The same of one vehicle of a whole purchase. */
export function stateIn({ order }: PurchaseDescription, vehicle: number): PurchaseState {
  if (!order) return "reserved";
  const its = order.deliveries.filter(({ vehicles }) => vehicles.includes(vehicle));
  if (its.some(({ status }) => status === "honoured")) return order.invoice ? "released" : "delivered";
  return its.some(({ status }) => status === "scheduled") ? "scheduled" : "ordered";
}
