/** Where a photo or a file of a vehicle is read, behind any path prefix. */
import { rootAddress } from "../address";

/** `path` as the API gives it: from the root of the house. */
export function photoAddress(path: string): string {
  return new URL(path, rootAddress).href;
}
