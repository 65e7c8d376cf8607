/** A countdown in a list: what it counts to, and how long is left. */
import type { Left as LeftWords } from "../auction/Countdown";
import css from "./list.module.css";

export function Left({ left }: { left: LeftWords }) {
  return (
    <>
      <span className={css.small}>{left.label}</span>
      <span className={css.left} data-urgent={left.urgent}>
        {left.text}
      </span>
    </>
  );
}
