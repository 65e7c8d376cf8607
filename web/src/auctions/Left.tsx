/** A countdown in a list: what it counts to, how long is left, and why it has moved. */
import type { Left as LeftWords } from "../auction/Countdown";
import css from "./list.module.css";

export function Left({ left, moved }: { left: LeftWords; moved: string | null }) {
  return (
    <>
      <span className={css.small}>{left.label}</span>
      <span className={css.left} data-urgent={left.urgent}>
        {left.text}
      </span>
      {moved === null ? null : <span className={css.moved}>{moved}</span>}
    </>
  );
}
