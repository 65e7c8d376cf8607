/** A mailing list being edited: its title and who is ticked (§3.1). Pure. */
import type { MailingList } from "../../wire/generated/http";
import type { ConnectedTrader } from "./api";

export interface Choice {
  title: string;
  traders: number[];
  /** Of the list that it began from: a list changed meanwhile is not overwritten. */
  version: number | null;
}

/** As it is stored; a new list is empty. */
export function choiceOf(stored: MailingList | null): Choice {
  return {
    title: stored?.title ?? "",
    traders: stored?.traders ?? [],
    version: stored?.version ?? null,
  };
}

/** Letters as they are searched: without accents and capitals. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

/** Those whose name or city holds every word. */
export function found(traders: readonly ConnectedTrader[], words: string): ConnectedTrader[] {
  const sought = plain(words).split(/\s+/).filter(Boolean);
  return traders.filter(({ name, city }) => {
    const text = plain(`${name} ${city}`);
    return sought.every((word) => text.includes(word));
  });
}

export function tick(choice: Choice, ids: readonly number[]): Choice {
  return { ...choice, traders: [...new Set([...choice.traders, ...ids])] };
}

export function untick(choice: Choice, ids: readonly number[]): Choice {
  const gone = new Set(ids);
  return { ...choice, traders: choice.traders.filter((id) => !gone.has(id)) };
}

/** Who would receive by the stored list alone, and who by the choice alone. */
export function differenceOf(
  stored: Pick<MailingList, "traders">,
  choice: Pick<Choice, "traders">,
): { theirs: number[]; mine: number[] } {
  return {
    theirs: stored.traders.filter((id) => !choice.traders.includes(id)),
    mine: choice.traders.filter((id) => !stored.traders.includes(id)),
  };
}

/** Whether both would be saved the same, in whatever order they were ticked. */
export function isSame(one: Choice, other: Choice): boolean {
  const ids = new Set(one.traders);
  return (
    one.title.trim() === other.title.trim() &&
    ids.size === other.traders.length &&
    other.traders.every((id) => ids.has(id))
  );
}
