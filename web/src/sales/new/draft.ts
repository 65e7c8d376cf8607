/** What is typed into a new offer, kept in this browser's tab until the offer is made: leaving and coming back loses nothing. */
import { useEffect, useState } from "react";
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

const KEPT = "adjuge-new-offer";
const EMPTY: Draft = { entity: null, trader: null, vehicles: [], prices: {}, extras: [] };

function kept(): Draft {
  try {
    return { ...EMPTY, ...(JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") as Partial<Draft>) };
  } catch {
    return EMPTY;
  }
}

/** The draft with the vehicles that the address names besides. */
export function draftWith(draft: Draft, vehicles: string): Draft {
  const named = vehicles
    .split(",")
    .map(Number)
    .filter((id) => Number.isSafeInteger(id) && id > 0);
  return { ...draft, vehicles: [...new Set([...draft.vehicles, ...named])] };
}

/** `wasKept`: something was begun before this page was opened. */
export function useDraft(vehicles: string) {
  const [begun] = useState(kept);
  const [draft, setDraft] = useState(() => draftWith(begun, vehicles));
  const [cleared, setCleared] = useState(false);
  useEffect(() => sessionStorage.setItem(KEPT, JSON.stringify(draft)), [draft]);
  const clear = () => {
    setDraft(EMPTY);
    setCleared(true);
  };
  return {
    draft,
    change: (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed })),
    clear,
    wasKept: !cleared && (begun.trader !== null || begun.vehicles.length > 0),
  };
}

export function forgetDraft(): void {
  sessionStorage.removeItem(KEPT);
}
