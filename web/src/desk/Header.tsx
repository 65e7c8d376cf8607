/** The frame of every page: the brand, where one can go, the bell, the account; on a phone the places are a bar below. */
import { ActionIcon, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { useLine, useLive } from "../auction/follow";
import { useUnread } from "../notices/unread";
import { LanguageButton, ThemeButton } from "../session/choices";
import { useSignOut } from "../session/session";
import { Dropdown } from "./Dropdown";
import css from "./frame.module.css";
import { Icon } from "./Icon";
import { useMe } from "./me";
import { isIn, type Place, placesOf } from "./places";

const BELL = "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4";
const MORE = "M5 12h.01M12 12h.01M19 12h.01";
const PERSON = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c.7-4.500 3.500-6.500 8-6.500s7.300 2 8 6.500";
/** How many places the phone's bar shows beside "More". */
const BAR = 4;

export function Header() {
  const { t } = useTranslation();
  const places = placesOf(useMe());
  const aside = places.filter((place) => place.aside);
  return (
    <>
      <SkipLink />
      <header className={css.header}>
        <Link href="/" className={css.brand}>
          {t("brand")}
        </Link>
        <nav className={css.nav} aria-label={t("nav.main")}>
          {places
            .filter((place) => !place.aside)
            .map((place) => (
              <PlaceLink key={place.name} place={place} />
            ))}
          {aside.length > 0 ? <MoreMenu places={aside} label={t("nav.more")} /> : null}
        </nav>
        <div className={css.me}>
          <Bell />
          <LanguageButton />
          <ThemeButton />
          <AccountMenu />
        </div>
      </header>
    </>
  );
}

/** The phone's bar: the first places, and the rest behind "More". */
export function PhoneBar() {
  const { t } = useTranslation();
  const places = placesOf(useMe());
  const shown = places.length <= BAR + 1 ? places : places.slice(0, BAR);
  const rest = places.slice(shown.length);
  return (
    <nav className={css.bar} aria-label={t("nav.bar")}>
      {shown.map((place) => (
        <PlaceLink key={place.name} place={place} drawn />
      ))}
      {rest.length > 0 ? <MoreMenu places={rest} label={t("nav.more")} drawn /> : null}
    </nav>
  );
}

function PlaceLink({ place, drawn = false }: { place: Place; drawn?: boolean }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  return (
    <Link href={place.path} aria-current={isIn(place, location) ? "page" : undefined}>
      {drawn ? <Icon path={place.icon} size={20} /> : null}
      {t(`nav.${place.name}`)}
    </Link>
  );
}

function MoreMenu({ places, label, drawn = false }: { places: Place[]; label: string; drawn?: boolean }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const face = (
    <>
      {drawn ? <Icon path={MORE} size={20} /> : null}
      {label}
    </>
  );
  return (
    <Dropdown face={face} className={css.more} here={places.some((place) => isIn(place, location))}>
      {places.map((place) => (
        <Link
          key={place.name}
          href={place.path}
          className={css.choice}
          aria-current={isIn(place, location) ? "page" : undefined}
        >
          <Icon path={place.icon} />
          {t(`nav.${place.name}`)}
        </Link>
      ))}
    </Dropdown>
  );
}

function Bell() {
  const { t } = useTranslation();
  const unread = useUnread();
  const label = unread > 0 ? t("nav.unread", { count: unread }) : t("nav.notifications");
  return (
    <ActionIcon
      component={Link}
      href="/notifications"
      variant="default"
      size="md"
      title={label}
      aria-label={label}
      className={css.bell ?? ""}
    >
      <Icon path={BELL} />
      {unread > 0 ? (
        <span className={css.unread} aria-hidden="true">
          {unread > 99 ? "99+" : unread}
        </span>
      ) : null}
    </ActionIcon>
  );
}

function AccountMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const signOut = useSignOut();
  const face = (
    <>
      <Icon path={PERSON} />
      <span className={css.who}>{[me.company, me.name].filter(Boolean).join(" · ")}</span>
    </>
  );
  return (
    <Dropdown face={face} label={t("nav.account_of", { name: me.name })} className={css.account}>
      <p className={css.card}>
        <b>{me.name}</b>
        <br />
        {[me.company, me.email].filter(Boolean).join(" · ")}
      </p>
      <Link href="/account" className={css.choice}>
        {t("nav.account")}
      </Link>
      <button type="button" className={css.choice} onClick={() => signOut.mutate()}>
        {t("nav.sign_out")}
      </button>
      {signOut.isError ? (
        <p className={css.card} role="alert">
          {t("nav.not_signed_out")}
        </p>
      ) : null}
    </Dropdown>
  );
}

function SkipLink() {
  const { t } = useTranslation();
  return (
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
