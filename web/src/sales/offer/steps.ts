/** What an offer and its order cannot do now, and why (§6.1): the page says it beside what they can. */
import type { DeliveryAnswer, Offer, OrderAnswer } from "../../wire/generated/http";

export type Step = "change" | "add_vehicles" | "validate" | "send" | "order" | "abandon" | "duplicate";
export type Why = "price_fixed" | "not_validated" | "ordered" | "offer_over" | "own_vehicles";

/** Why the offer may not take the step now; nothing: it may, or it is done already. */
export function whyNot(step: Step, offer: Pick<Offer, "status" | "auction" | "may">): Why | null {
  const over = offer.status === "abandoned" || offer.status === "cancelled";
  // A copy holds vehicles that are free: those of an offer that stands are not, it keeps them itself.
  if (step === "duplicate") return over ? null : "own_vehicles";
  if (offer.may.includes(step)) return null;
  if (step === "validate") return null;
  if (over) return step === "abandon" ? null : "offer_over";
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
