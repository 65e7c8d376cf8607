/** One figure that leads to the list it counts; while it comes there is a dash, when it fails it says so. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { formatCount } from "../desk/times";
import { useLanguage } from "../language";
import css from "./home.module.css";

interface Props {
  label: string;
  /** None yet, or none to be had. */
  count: number | undefined;
  failed?: boolean;
  href: string;
  /** Whether something is to be done about it, unless it is none. */
  due?: boolean;
  /** Below the label: what comes next, or what to do. */
  children?: ReactNode;
}

export function Tile({ label, count, failed = false, href, due = false, children }: Props) {
  const { t } = useTranslation("home");
  const language = useLanguage();
  return (
    <li className={css.tile} data-due={due && count !== undefined && count > 0}>
      <Link href={href} className={css.link}>
        <span className={css.figure}>{count === undefined ? "–" : formatCount(count, language)}</span>{" "}
        <span className={css.label}>{label}</span>
      </Link>
      <p className={css.hint}>{failed ? t("failed") : children}</p>
    </li>
  );
}
