/** The dealer's part, loaded apart from the trader's. */
export default function DealerPages() {
  return null;
}
