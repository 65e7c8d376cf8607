/** What is typed into a new offer, kept in this browser's tab until the offer is made: leaving and coming back loses nothing. */
import { useState } from "react";
import { forgetTyped, typedBefore, useKeepTyped } from "../../desk/form/kept";
import { useMe } from "../../desk/me";
import type { Amount } from "../../wire/messages";
import type { ExtraLine } from "../offer/Extras";

export interface Draft {
  entity: number | null;
  trader: { id: number; name: string } | null;
  vehicles: number[];
  /** Typed prices; a vehicle without one goes at its trade price. */
  prices: Record<number, Amount | "">;
  extras: ExtraLine[];
}

const EMPTY: Draft = { entity: null, trader: null, vehicles: [], prices: {}, extras: [] };

/** The draft with the vehicles that the address names besides. */
export function draftWith(draft: Draft, vehicles: string): Draft {
  const named = vehicles
    .split(",")
    .map(Number)
    .filter((id) => Number.isSafeInteger(id) && id > 0);
  return { ...draft, vehicles: [...new Set([...draft.vehicles, ...named])] };
}

/** Whether it says more than the address does. */
export function isBegun(draft: Draft, vehicles: string): boolean {
  const { vehicles: named } = draftWith(EMPTY, vehicles);
  return (
    draft.trader !== null ||
    draft.extras.length > 0 ||
    Object.keys(draft.prices).length > 0 ||
    draft.vehicles.some((id) => !named.includes(id))
  );
}

/** `wasKept`: something was begun before this page was opened. */
export function useDraft(vehicles: string) {
  const name = `offer-${useMe().id}`;
  const [begun] = useState<Draft>(() => ({ ...EMPTY, ...typedBefore<Partial<Draft>>(name) }));
  const [draft, setDraft] = useState(() => draftWith(begun, vehicles));
  const [cleared, setCleared] = useState(false);
  useKeepTyped(name, draft, isBegun(draft, vehicles));
  const clear = () => {
    setDraft(EMPTY);
    setCleared(true);
  };
  return {
    draft,
    change: (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed })),
    clear,
    forget: () => forgetTyped(name),
    wasKept: !cleared && isBegun(begun, ""),
  };
}
