/** Creating an auction (§5.1). */
export function CreateAuction() {
  return null;
}
