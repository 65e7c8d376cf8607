/** Prices and extras typed into an offer and not saved yet: what the page holds its deeds back for, kept for the tab's visit. */
import { useState } from "react";
import { forgetTyped, typedBefore, useKeepTyped } from "../../desk/form/kept";
import { useMay, useMe } from "../../desk/me";
import type { Offer } from "../../wire/generated/http";
import type { Amount } from "../../wire/messages";
import type { ExtraLine } from "./Extras";

export type Typed = Record<number, Amount | "">;

interface Unsaved {
  prices: Typed;
  extras: ExtraLine[] | null;
  /** What the offer was at when typing began: whoever saves names it, and a colleague's prices are not written over. */
  version: number | null;
}

export interface Pricing extends Unsaved {
  /** Whether prices and extras may be typed at all: of a direct offer that is not ordered (§6.1). */
  editable: boolean;
  dirty: boolean;
  /** A colleague has saved other prices or extras since. */
  outdated: boolean;
  change: (changed: Partial<Unsaved>) => void;
  clear: () => void;
}

const NOTHING: Unsaved = { prices: {}, extras: null, version: null };

/** The typed prices of vehicles that the offer still holds, and that still differ from its own. */
export function pricesOf(
  typed: Typed,
  vehicles: Pick<Offer["vehicles"][number], "id" | "price" | "fixed">[],
) {
  return Object.fromEntries(
    vehicles.flatMap(({ id, price, fixed }) => {
      const now = typed[id];
      return now === undefined || now === price || fixed ? [] : [[id, now]];
    }),
  ) as Typed;
}

/** What is typed onto the offer as it was when that began; nothing, once all of it is what the offer says anyway. */
export function typedOnto(offer: Pick<Offer, "vehicles" | "version">, typed: Unsaved): Unsaved {
  const prices = pricesOf(typed.prices, offer.vehicles);
  if (typed.extras === null && Object.keys(prices).length === 0) return NOTHING;
  return { prices, extras: typed.extras, version: typed.version ?? offer.version };
}

export function usePricing(offer: Offer): Pricing {
  const may = useMay();
  const name = `offer-prices-${useMe().id}-${offer.id}`;
  const [unsaved, setUnsaved] = useState(() => typedBefore<Unsaved>(name) ?? NOTHING);
  const editable = offer.may.includes("change") && may("make_offers", offer.entity.id);
  const { prices, extras, version } = editable
    ? { ...unsaved, prices: pricesOf(unsaved.prices, offer.vehicles) }
    : NOTHING;
  const dirty = extras !== null || Object.keys(prices).length > 0;
  useKeepTyped(name, { prices, extras, version }, dirty);
  return {
    editable,
    prices,
    extras,
    version,
    dirty,
    outdated: dirty && version !== null && version !== offer.version,
    change: (changed) =>
      setUnsaved((before) => typedOnto(offer, { ...(dirty ? before : NOTHING), ...changed })),
    clear: () => {
      forgetTyped(name);
      setUnsaved(NOTHING);
    },
  };
}
