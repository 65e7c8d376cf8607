/** A vehicle's photos as a gallery turns them over: each once, in order, those of a defect under its name. Pure. */
import type { Vehicle } from "../auctions/api";
import type { Shot } from "../desk/gallery/shots";

export function shotsOf(vehicle: Vehicle): Shot[] {
  const defects = new Map(vehicle.defects.flatMap(({ name, photos }) => photos.map((at) => [at, name])));
  return vehicle.photos.map((address) => ({
    address,
    thumbnail: `${address}/thumbnail`,
    what: defects.get(address) ?? null,
  }));
}
