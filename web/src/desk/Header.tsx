/** The top of every page: the brand, where one can go, who is signed in, the language, the theme, the way out. */
import { ActionIcon, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { useLine, useLive } from "../auction/follow";
import { LanguageButton, ThemeButton } from "../session/choices";
import { type Me, useSignOut } from "../session/session";
import css from "./desk.module.css";

export function Header({ me }: { me: Me }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const home = me.role === "dealer" ? t("nav.stock_auctions") : t("nav.my_auctions");
  const here = location === "/" || location.startsWith("/auctions");
  return (
    <>
      <a
        className={css.skip}
        href={`${window.location.pathname}#main`}
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
      >
        {t("nav.skip")}
      </a>
      <header className={css.header}>
        <Link href="/" className={css.brand}>
          {t("brand")}
        </Link>
        <nav className={css.nav} aria-label={t("nav.main")}>
          <Link href="/" aria-current={here ? "page" : undefined}>
            {home}
          </Link>
        </nav>
        <div className={css.me}>
          <span className={css.who}>{[me.company, me.name].filter(Boolean).join(" · ")}</span>
          <LanguageButton />
          <ThemeButton />
          <SignOutButton />
        </div>
      </header>
    </>
  );
}

function SignOutButton() {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <ActionIcon
      variant="default"
      size="md"
      title={t("nav.sign_out")}
      aria-label={t("nav.sign_out")}
      onClick={() => signOut.mutate()}
    >
      <svg
        width="16"
        height="16"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d="M15 4h3a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-3M10 8l-4 4 4 4M6 12h10" />
      </svg>
    </ActionIcon>
  );
}

/** A lost connection says so at once, on every page. */
export function LostLine() {
  const { t } = useTranslation();
  const { connection } = useLive();
  const line = useLine();
  const lost = line.state === "lost" || line.state === "ended";
  return (
    <div role="status" aria-live="assertive">
      {lost ? (
        <div className={css.lost}>
          <span>{line.state === "ended" ? t("line.ended", { code: line.code }) : t("line.lost_long")}</span>
          <Button size="compact-sm" variant="default" onClick={() => connection.start()}>
            {t("line.retry")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
