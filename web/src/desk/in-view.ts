/** A row of names that is longer than a phone's screen shows the one that is chosen; the page itself stays where it is. */
export function bringIntoView(chosen: HTMLElement | null | undefined): void {
  const row = chosen?.parentElement;
  if (chosen && row)
    row.scrollLeft = chosen.offsetLeft - row.offsetLeft - (row.clientWidth - chosen.offsetWidth) / 2;
}
