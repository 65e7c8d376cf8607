/** Lot numbers as both sides read them, with the group's prefix (§5.1.3): `45-702`. The wire knows the bare number. */
import { createContext, type ReactNode, useCallback, useContext } from "react";
import type { AuctionDescription } from "../auctions/api";

const Prefix = createContext("");

/** What the group's numbers begin with: what stands before the auction's own. */
function prefixOf(description: AuctionDescription | undefined): string {
  if (!description) return "";
  return description.display_number.slice(0, -String(description.number).length);
}

export function LotNumbers(props: { description: AuctionDescription | undefined; children: ReactNode }) {
  return <Prefix value={prefixOf(props.description)}>{props.children}</Prefix>;
}

export function useLotNumber(): (lot: number) => string {
  const prefix = useContext(Prefix);
  return useCallback((lot) => `${prefix}${lot}`, [prefix]);
}
