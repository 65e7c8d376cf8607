/**
 * A button that shows what lies behind it, and hides it again on Escape, on a choice, on a click elsewhere: a plain
 * disclosure, which the first view can afford where a menu of the library would weigh a seventh of all its script.
 */
import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "wouter";
import css from "./frame.module.css";

interface Props {
  /** What the button shows. */
  face: ReactNode;
  /** Its name, where the face is not one. */
  label?: string;
  className: string | undefined;
  here?: boolean;
  children: ReactNode;
}

export function Dropdown({ face, label, className, here, children }: Props) {
  const details = useRef<HTMLDetailsElement>(null);
  const [location] = useLocation();
  const close = () => {
    if (details.current) details.current.open = false;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: going anywhere closes it
  useEffect(close, [location]);
  useEffect(() => {
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && !details.current?.contains(event.target)) close();
    };
    const escaping = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !details.current?.open) return;
      close();
      details.current.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", elsewhere);
    document.addEventListener("focusin", elsewhere);
    document.addEventListener("keydown", escaping);
    return () => {
      document.removeEventListener("pointerdown", elsewhere);
      document.removeEventListener("focusin", elsewhere);
      document.removeEventListener("keydown", escaping);
    };
  });
  return (
    <details ref={details} className={css.dropdown}>
      <summary className={className} aria-label={label} data-here={here}>
        {face}
      </summary>
      <div className={css.dropped}>{children}</div>
    </details>
  );
}
