/** A vehicle's photos as a gallery turns them over: each once, in order, those of a defect under its name. Pure. */
import type { Vehicle } from "../auctions/api";

export interface Shot {
  address: string;
  thumbnail: string;
  /** The defect that it shows. */
  defect: string | null;
}

export function shotsOf(vehicle: Vehicle): Shot[] {
  const defects = new Map(vehicle.defects.flatMap(({ name, photos }) => photos.map((at) => [at, name])));
  return vehicle.photos.map((address) => ({
    address,
    thumbnail: `${address}/thumbnail`,
    defect: defects.get(address) ?? null,
  }));
}

/** Where a step leads: round from the last to the first, and back. */
export function turned(at: number, by: number, count: number): number {
  return count === 0 ? 0 : (((at + by) % count) + count) % count;
}
