/** One notification in a list: when, what about, what happened, where it leads; not read is said by a sign and in words. */
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useMe } from "../desk/me";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import type { Notification } from "../wire/generated/http";
import css from "./notices.module.css";
import { detailOf, headingOf, isBad, leadOf, sentenceOf } from "./told";

interface Props {
  notice: Notification;
  /** Reads it: when it is followed, or by its own button. */
  onRead: () => void;
  /** In short, beside other things: says the day as well, and is read by following it. */
  dated?: boolean;
}

export function NoticeLine({ notice, onRead, dated = false }: Props) {
  const { t } = useTranslation("notices");
  const { t: common } = useTranslation();
  const language = useLanguage();
  const { role } = useMe();
  const lead = leadOf(notice, role);
  const heading = headingOf(notice);
  const sentence = sentenceOf(notice, language, (at) => formatTime(at, "dayClock", language));
  const follow = notice.read ? undefined : onRead;
  return (
    <li className={css.line} data-dated={dated} data-unread={!notice.read} data-bad={isBad(notice)}>
      <span className={css.dot} aria-hidden="true" />
      <time dateTime={notice.at}>{formatTime(notice.at, dated ? "dayClock" : "clock", language)}</time>
      <div className={css.said}>
        <p>
          {notice.read ? null : <span className={css.hidden}>{t("unread_word")}</span>}
          {lead ? (
            <Link href={lead.path} className={css.heading} onClick={follow}>
              {heading || common(`notice.see.${lead.to}`)}
            </Link>
          ) : (
            <b>{heading}</b>
          )}{" "}
          <span>{sentence}</span>
        </p>
        <p className={css.detail}>{detailOf(notice)}</p>
      </div>
      {notice.read || dated ? null : (
        <button type="button" className={css.read} onClick={onRead} aria-label={t("read_one", { heading })}>
          {t("read")}
        </button>
      )}
    </li>
  );
}
