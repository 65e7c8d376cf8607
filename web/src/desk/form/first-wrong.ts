/** Leads whoever sent a form to the first field that was refused, wherever it stands on the page. */
import { flushSync } from "react-dom";

/** Shows the refusals by `show`, then goes to the first of them. */
export function pointAtFirst(form: HTMLElement | null, show: () => void): void {
  flushSync(show);
  form?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}
