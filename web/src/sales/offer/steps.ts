/** What an offer and its order cannot do now, and why (§6.1): the page says it beside what they can. */
import type { DeliveryAnswer, Offer, OrderAnswer } from "../../wire/generated/http";

export type Step = "change" | "add_vehicles" | "validate" | "send" | "order" | "abandon" | "duplicate";
export type Why = "price_fixed" | "not_validated" | "ordered" | "offer_over" | "own_vehicles" | "no_vehicles";

type Known = Pick<Offer, "status" | "auction" | "may" | "vehicles">;

/** Nothing to be done for an offer that has lent all of its vehicles (§6.2). */
const OF_VEHICLES: ReadonlySet<Step> = new Set<Step>(["validate", "send", "order"]);

/** Why the offer may not take the step now; nothing: it may, or it is done already. */
export function whyNot(step: Step, offer: Known): Why | null {
  const over = offer.status === "abandoned" || offer.status === "cancelled";
  // A copy holds vehicles that are free: those of an offer that stands are not, it keeps them itself.
  if (step === "duplicate") return over ? null : "own_vehicles";
  if (offer.may.includes(step)) return null;
  if (over) return step === "validate" || step === "abandon" ? null : "offer_over";
  return whyNotStanding(step, offer);
}

/** The same of an offer that is neither abandoned nor cancelled. */
function whyNotStanding(step: Step, offer: Known): Why | null {
  if (offer.vehicles.length === 0 && OF_VEHICLES.has(step)) return "no_vehicles";
  if (step === "validate") return null;
  if (offer.status === "ordered") return step === "order" ? null : "ordered";
  if (step === "order") return "not_validated";
  return step === "change" && offer.auction ? "price_fixed" : null;
}

/** Why the order cannot be cancelled. */
export function whyNotCancelled(
  order: Pick<OrderAnswer, "invoice">,
  deliveries: Pick<DeliveryAnswer, "status">[],
): "delivered" | "invoiced" | null {
  if (order.invoice !== null) return "invoiced";
  return deliveries.some(({ status }) => status === "honoured") ? "delivered" : null;
}

/** The order's vehicles for which no delivery stands: none was scheduled, or it was not honoured. */
export function undelivered(
  order: Pick<OrderAnswer, "vehicles">,
  deliveries: Pick<DeliveryAnswer, "status" | "vehicles">[],
): number[] {
  const standing = new Set(
    deliveries
      .filter(({ status }) => status === "scheduled" || status === "honoured")
      .flatMap(({ vehicles }) => vehicles.map(({ id }) => id)),
  );
  return order.vehicles.filter((vehicle) => !standing.has(vehicle));
}

/** Which vehicles an entry of an offer's history is about: those added, or the one whose price changed. */
export function vehiclesOf(field: string, values: unknown): number[] {
  const priced = /^price of vehicle (\d+)$/.exec(field)?.[1];
  if (priced) return [Number(priced)];
  const added: unknown = field === "vehicles" && Array.isArray(values) ? values[1] : null;
  return Array.isArray(added) ? added.filter((id) => typeof id === "number") : [];
}
