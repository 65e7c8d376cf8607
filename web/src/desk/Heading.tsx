/** How a page begins that one comes to from a list: the way back to it, the page's name, and what can be done at once. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import desk from "./desk.module.css";

interface Props {
  href: string;
  /** Where that leads back to. */
  back: string;
  title: ReactNode;
  /** Below the title: what the page is for. */
  lead?: ReactNode;
  /** Beside it. */
  children?: ReactNode;
}

export function Heading({ href, back, title, lead, children }: Props) {
  return (
    <div className={desk.heading}>
      <div>
        <Link href={href} className={desk.back}>
          ← {back}
        </Link>
        <h1>{title}</h1>
        {lead ? <p className={desk.muted}>{lead}</p> : null}
      </div>
      {children}
    </div>
  );
}
