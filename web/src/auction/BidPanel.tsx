/**
 * The bid panel of one lot: where one stands, the price, the time left, one click for the minimum, a field for another
 * amount. What it shows of a bid before the server's answer is "pending"; the price moves only with the server's word.
 */
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../desk/desk.module.css";
import { useKeptWords } from "../desk/form/kept";
import { Chip, Price } from "../desk/pieces";
import { formatLength, formatTime } from "../desk/times";
import { useLanguage } from "../language";
import {
  amountOf,
  centsOf,
  formatAmount,
  formatShort,
  LARGEST_BID_CENTS,
  parseAmount,
  readAmount,
} from "../money";
import type { RefusedMessage, TraderLot, TraderView } from "../wire/messages";
import css from "./auction.module.css";
import type { Bidding } from "./bidding";
import { type Left, useLeft } from "./Countdown";
import { useLine } from "./follow";
import { LotSwitch } from "./LotSwitch";
import type { BidProgress } from "./live";
import { useLotNumber } from "./numbers";
import { lastExtension, obstacle, ownOffer, standing, stillSaid, suggestion, windowLeft } from "./selectors";
import { ReserveChip, StandingChip } from "./standing";

interface OnLot {
  view: TraderView;
  lot: TraderLot;
  progress: BidProgress | undefined;
  bidding: Bidding;
}

export function BidPanel(props: OnLot & { choose: (lot: number) => void; declining: Declining }) {
  const { t } = useTranslation();
  const numbered = useLotNumber();
  const { view, lot, choose } = props;
  const left = useLeft(view, view.soft_close.window_seconds);
  const open = obstacle(view, lot) === null;
  return (
    <aside className={`${desk.card} ${css.panel}`} aria-label={t("bid.panel", { lot: numbered(lot.number) })}>
      {view.lots.length > 1 ? <LotSwitch view={view} lot={lot.number} choose={choose} /> : null}
      <div className={css.between}>
        <StandingChip of={standing(view, lot)} />
        <ReserveChip lot={lot} />
      </div>
      <div className={css.figures}>
        <div>
          <div className={`${desk.muted} ${desk.small}`}>
            {lot.last_offer === null ? t("auction.starting_price") : t("auction.last_offer")}
          </div>
          <div className={css.price}>
            <Price amount={lot.last_offer ?? lot.starting_price} />
          </div>
        </div>
        <Clock left={left} />
      </div>
      <Urgency view={view} left={left} />
      {open ? <Offers {...props} /> : <Obstacle view={view} lot={lot} />}
      <div className={css.wide}>
        <Facts {...props} />
      </div>
    </aside>
  );
}

function Clock({ left }: { left: Left }) {
  return (
    <div className={css.clockBox} data-urgent={left.urgent}>
      <div className={css.clockLabel}>{left.label}</div>
      <div className={css.clock} data-word={left.seconds === null} role="timer" aria-live="off">
        {left.text}
      </div>
    </div>
  );
}

/** In the last minutes: how much of them is left, and why the end has moved. */
function Urgency({ view, left }: { view: TraderView; left: Left }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = t("time", { returnObjects: true });
  const extension = lastExtension(view.recent);
  if (view.status !== "open" || (!left.urgent && !extension)) return null;
  const { window_seconds, extension_seconds } = view.soft_close;
  const share = windowLeft((left.seconds ?? 0) * 1000, window_seconds);
  return (
    <>
      {left.urgent ? (
        <div className={css.bar} aria-hidden="true">
          <i style={{ transform: `scaleX(${share})` }} />
        </div>
      ) : null}
      <p className={`${desk.muted} ${desk.small} ${extension ? "" : css.wide}`}>
        {extension
          ? `${t("auction.extended", {
              by: formatLength(Date.parse(extension.to) - Date.parse(extension.from), words),
              at: formatTime(extension.at, "clockSeconds", language),
              cause: t(`auction.cause.${extension.cause}`),
            })} `
          : null}
        {extension_seconds > 0 && window_seconds > 0 ? (
          <span className={css.wide}>
            {t("auction.extends", { window: formatLength(window_seconds * 1000, words) })}
          </span>
        ) : null}
      </p>
    </>
  );
}

function Obstacle({ view, lot }: { view: TraderView; lot: TraderLot }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const why = obstacle(view, lot);
  if (why === null) return null;
  return <p>{t(`bid.${why}`, { at: formatTime(view.starts_at, "dayClock", language) })}</p>;
}

/** One click for the minimum, another amount in the field; what became of the last bid, below. */
function Offers({ view, lot, progress, bidding }: OnLot) {
  const { t } = useTranslation();
  const language = useLanguage();
  const line = useLine();
  const minimum = lot.minimum_next_bid ?? lot.starting_price;
  const pending = progress?.state === "pending";
  const can = bidding.can(lot);
  const label = () => {
    if (!pending) return t("bid.now", { amount: formatShort(minimum, language) });
    const amount = formatShort(progress.amount, language);
    return line.state === "live" ? t("bid.pending", { amount }) : t("bid.waiting_line", { amount });
  };
  return (
    <>
      <Button
        size="lg"
        fullWidth
        classNames={{ label: css.bid ?? "" }}
        disabled={!can || pending}
        aria-busy={pending}
        onClick={() => bidding.place(lot, centsOf(minimum))}
      >
        {line.state === "live" || pending ? label() : t("line.lost")}
      </Button>
      <OtherAmount key={lot.number} {...{ view, lot, progress, bidding }} />
      <Outcome progress={stillSaid(progress, lot, line.state === "live")} />
    </>
  );
}

function OtherAmount({ view, lot, progress, bidding }: OnLot) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [typed, setTyped] = useKeptWords(`bid-${view.auction}-${lot.number}`);
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  const minimum = lot.minimum_next_bid ?? lot.starting_price;
  const example = formatShort(suggestion(minimum, view.minimum_increment), language);
  const cents = parseAmount(typed);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === "") return;
    const read = readAmount(typed);
    if (read === null) setProblem(t("bid.invalid", { example }));
    else if (read < centsOf(minimum))
      setProblem(t("bid.too_low", { amount: formatAmount(minimum, language) }));
    else if (cents === null)
      setProblem(t("bid.too_high", { amount: formatShort(amountOf(LARGEST_BID_CENTS), language) }));
    else bidding.place(lot, cents, () => setTyped(""));
  };
  const amount = cents === null ? null : formatShort(amountOf(cents), language);
  return (
    <form className={css.other} onSubmit={submit} noValidate>
      <TextInput
        id={id}
        aria-label={t("bid.other")}
        placeholder={t("bid.other")}
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        error={problem}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Button
        type="submit"
        variant="default"
        disabled={!bidding.can(lot) || progress?.state === "pending" || typed.trim() === ""}
      >
        {amount === null ? t("bid.plain") : t("bid.now", { amount })}
      </Button>
    </form>
  );
}

/** What the server answered to the last bid on this lot. */
function Outcome({ progress }: { progress: BidProgress | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const refusal = useRefusal();
  const tone = progress?.state === "refused" ? "lose" : "win";
  const text = () => {
    if (progress?.state === "accepted")
      return t("bid.accepted", { amount: formatShort(progress.amount, language) });
    return progress?.state === "refused" ? refusal(progress.refusal) : "";
  };
  return (
    <p
      className={`${css.said} ${progress?.state === "refused" ? "" : css.wide}`}
      data-tone={tone}
      role="status"
    >
      {text()}
    </p>
  );
}

const REFUSALS = [
  "not_started",
  "closed",
  "unknown_lot",
  "not_invited",
  "invalid_amount",
  "below_minimum",
  "busy",
  "unavailable",
  "unknown_auction",
  "not_allowed",
] as const;
/** What only a page older than the server can cause: a message that it does not read. */
const NOT_READ = ["malformed", "unknown_type", "too_large", "too_deep"];

/** A refusal in the reader's words; what we have no words for, in the server's. */
export function useRefusal(): (refusal: RefusedMessage) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return ({ code, message, minimum }) => {
    const known = REFUSALS.find((one) => one === code);
    if (NOT_READ.includes(code)) return t("refusal.not_read");
    if (!known) return t("refusal.other", { message });
    return t(`refusal.${known}`, { minimum: minimum ? formatAmount(minimum, language) : "" });
  };
}

type Declining = "pending" | RefusedMessage | null;

/** The figures that do not move, one's own offer, and declining; on a phone they stand apart from the panel. */
export function Facts({
  view,
  lot,
  bidding,
  declining,
}: {
  view: TraderView;
  lot: TraderLot;
  bidding: Bidding;
  declining: Declining;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const own = ownOffer(view, lot.number);
  return (
    <div className={`${css.facts} ${desk.small} ${desk.muted}`}>
      <dl>
        <dt>{t("auction.starting_price")}</dt>
        <dd>{formatAmount(lot.starting_price, language)}</dd>
        <dt>{t("auction.increment")}</dt>
        <dd>{formatAmount(view.minimum_increment, language)}</dd>
        <dt>{t("auction.bids")}</dt>
        <dd>{lot.bids}</dd>
        {own ? (
          <>
            <dt>{t("auction.your_offer")}</dt>
            <dd>{formatAmount(own, language)}</dd>
          </>
        ) : null}
      </dl>
      {obstacle(view, lot) === null ? <DeclineRow {...{ view, bidding, declining }} /> : null}
    </div>
  );
}

function DeclineRow({
  view,
  bidding,
  declining,
}: {
  view: TraderView;
  bidding: Bidding;
  declining: Declining;
}) {
  const { t } = useTranslation();
  const refusal = useRefusal();
  const line = useLine();
  return (
    <div className={css.between}>
      {view.you.declined ? (
        <span>
          <Chip tone="plain">{t("standing.declined")}</Chip>{" "}
          <span className={desk.muted}>{t("bid.declined")}</span>
        </span>
      ) : (
        <Button
          variant="default"
          size="compact-sm"
          loading={declining === "pending"}
          disabled={line.state !== "live"}
          onClick={bidding.decline}
        >
          {t("bid.decline")}
        </Button>
      )}
      {declining && declining !== "pending" ? <span role="status">{refusal(declining)}</span> : null}
    </div>
  );
}
