/**
 * What the server tells this user wherever it is: one toast per notice, once by its id, also across reloads. A storm of
 * them does not bury the page: a few stand, on a small screen one, the others are counted; and what they make old is read
 * anew once for all.
 */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useLive } from "../auction/follow";
import { useMe } from "../desk/me";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import css from "./notices.module.css";
import { PLACES, place, SMALL_PLACES, type Standing } from "./shelf";
import { headingOf, heard, isBad, leadOf, madeOld, sentenceOf, type Told } from "./told";
import { NOTIFICATIONS, readByKey } from "./unread";

const REMEMBERED = 200;
const SHOWN_MS = 9_000;
const BAD_SHOWN_MS = 20_000;
/** What comes within it is read anew at once. */
const TOGETHER_MS = 250;
/** An auction tells before its notice is in the list: the bell counts again after that. */
const LISTED_MS = 2_000;
const OTHERS = "notice-others";
/** A phone, upright or on its side. */
const SMALL = "(max-width: 760px), (max-height: 480px)";

/** Whether this notice is new to that user in this browser; remembers it. */
function firstSeen(user: number, id: string): boolean {
  const kept = `adjuge-notices-${user}`;
  const seen = (localStorage.getItem(kept) ?? "").split(" ");
  if (seen.includes(id)) return false;
  localStorage.setItem(kept, [...seen, id].slice(-REMEMBERED).join(" "));
  return true;
}

/** Reads anew what notices made old: together, once per round. */
class Refresher {
  private old = new Map<string, QueryKey>();
  private soon: number | undefined;
  private later: number | undefined;

  constructor(private readonly client: QueryClient) {}

  add(keys: readonly QueryKey[]): void {
    for (const key of keys) this.old.set(key.join(), key);
    this.soon ??= window.setTimeout(() => {
      this.soon = undefined;
      for (const queryKey of this.old.values()) void this.client.invalidateQueries({ queryKey });
      this.old.clear();
    }, TOGETHER_MS);
    window.clearTimeout(this.later);
    this.later = window.setTimeout(
      () => void this.client.invalidateQueries({ queryKey: NOTIFICATIONS }),
      LISTED_MS,
    );
  }

  stop(): void {
    window.clearTimeout(this.soon);
    window.clearTimeout(this.later);
    this.soon = undefined;
  }
}

/** How a notice is drawn, and the line that counts those without a place. */
interface Drawing {
  /** `others`: how many it counts itself. */
  notice: (told: Told, id: string, others: number) => { title: string; message: ReactNode };
  others: (count: number) => ReactNode;
  close: string;
}

interface Shown extends Standing {
  told: Told;
}

/** The corner: what stands there, and how many found no place. */
class Corner {
  private standing: Shown[] = [];
  private others = 0;

  constructor(private readonly drawing: Drawing) {}

  show(told: Told): void {
    // Whoever is outbid again on a lot reads the newest price, in the same place.
    const outbid = told.kind === "outbid" ? `${told.params.auction}-${told.params.lot}` : told.key;
    const next = { id: `notice-${outbid}`, bad: isBad(told), told };
    const small = window.matchMedia(SMALL).matches;
    const placed = place(this.standing, next, small ? SMALL_PLACES : PLACES);
    const already = this.standing.some(({ id }) => id === next.id);
    const known = [...this.standing.filter(({ id }) => id !== next.id), next];
    this.standing = placed.standing.flatMap(({ id }) => known.filter((one) => one.id === id));
    if (placed.gone) notifications.hide(placed.gone);
    const counted = placed.gone !== undefined || !placed.shown;
    if (counted) this.others += 1;
    if (placed.shown) this.draw(next, already, small ? this.others : 0);
    else if (small) for (const one of this.standing) this.draw(one, true, this.others);
    if (counted && !small) this.count();
  }

  private draw({ id, bad, told }: Shown, already: boolean, others: number): void {
    const { title, message } = this.drawing.notice(told, id, others);
    (already ? notifications.update : notifications.show)({
      id,
      color: bad ? "red" : "blue",
      autoClose: bad ? BAD_SHOWN_MS : SHOWN_MS,
      title: title || undefined,
      message,
      closeButtonProps: { "aria-label": this.drawing.close },
      onClose: () => {
        this.standing = this.standing.filter((one) => one.id !== id);
        if (others > 0 && this.standing.length === 0) this.others = 0;
      },
    });
  }

  private count(): void {
    (this.others > 1 ? notifications.update : notifications.show)({
      id: OTHERS,
      color: "blue",
      autoClose: SHOWN_MS,
      message: this.drawing.others(this.others),
      closeButtonProps: { "aria-label": this.drawing.close },
      onClose: () => {
        this.others = 0;
      },
    });
  }
}

export function Toasts() {
  const { t } = useTranslation();
  const { connection } = useLive();
  const language = useLanguage();
  const client = useQueryClient();
  const { id: user, role } = useMe();
  const [, go] = useLocation();

  useEffect(() => {
    const refresher = new Refresher(client);
    const open = (id: string, path: string, key?: string) => {
      notifications.hide(id);
      if (key !== undefined) void readByKey(client, key);
      go(path);
    };
    const all = (words: string, id: string) => (
      <Button variant="subtle" size="compact-sm" onClick={() => open(id, "/notifications")}>
        {words}
      </Button>
    );
    const corner = new Corner({
      notice: (told, id, others) => {
        const lead = leadOf(told, role);
        const button = lead ? (
          <Button variant="subtle" size="compact-sm" onClick={() => open(id, lead.path, told.key)}>
            {t(`notice.see.${lead.to}`)}
          </Button>
        ) : null;
        const sentence = sentenceOf(told, language, (at) => formatTime(at, "dayClock", language));
        const more = others > 0 ? all(t("notice.more", { count: others }), id) : null;
        const message = (
          <>
            {sentence}{" "}
            {button || more ? (
              <span className={css.ways}>
                {button}
                {more}
              </span>
            ) : null}
          </>
        );
        return { title: headingOf(told), message };
      },
      others: (count) => all(t("notice.others", { count }), OTHERS),
      close: t("notice.close"),
    });
    const leave = connection.onNotice((notice) => {
      const told = heard(notice);
      refresher.add(madeOld(told));
      if (firstSeen(user, told.key)) corner.show(told);
    });
    return () => {
      leave();
      refresher.stop();
    };
  }, [connection, client, go, language, role, t, user]);
  return null;
}
