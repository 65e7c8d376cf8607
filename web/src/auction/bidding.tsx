/**
 * How a bid is placed: at once for the minimum; asked once more when one leads already (§5.2.3) or when the amount is
 * surprising; never while the line is down. One dialog for all lots of a page, in which Enter pressed twice bids nothing:
 * the keyboard is on its way out.
 */
import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatCount, formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { amountOf, type Cents, centsOf, formatAmount, formatShort } from "../money";
import type { TraderLot, TraderView } from "../wire/messages";
import css from "./auction.module.css";
import { useLine } from "./follow";
import type { AuctionRoom } from "./live";
import { useLotNumber } from "./numbers";
import { isSurprising, obstacle, standing } from "./selectors";

export interface Bidding {
  /** Whether a bid can be sent on this lot now. */
  can: (lot: TraderLot) => boolean;
  /** `sent`: the bid is on its way; never called where the question is answered by no. */
  place: (lot: TraderLot, amount_cents: Cents, sent?: () => void) => void;
  decline: () => void;
  dialog: React.ReactNode;
}

type Question =
  | { about: "bid"; lot: number; amount_cents: Cents; sent: (() => void) | undefined }
  | { about: "decline" };

export function useBidding(room: AuctionRoom, view: TraderView): Bidding {
  const line = useLine();
  const read = useReading(view);
  const [question, setQuestion] = useState<Question>({ about: "decline" });
  const [opened, setOpened] = useState(false);
  const ask = (next: Question) => {
    setQuestion(next);
    setOpened(true);
  };
  const close = () => setOpened(false);
  const send = (lot: number, amount_cents: Cents, sent: (() => void) | undefined) => {
    room.bid(lot, amountOf(amount_cents));
    sent?.();
  };
  return {
    can: (lot) => line.state === "live" && obstacle(view, lot) === null,
    place: (lot, amount_cents, sent) => {
      if (read(lot, amount_cents).doubt === null) send(lot.number, amount_cents, sent);
      else ask({ about: "bid", lot: lot.number, amount_cents, sent });
    },
    decline: () => ask({ about: "decline" }),
    dialog: (
      <Dialog
        {...{ view, question, opened, close }}
        confirm={() => {
          if (question.about === "bid") send(question.lot, question.amount_cents, question.sent);
          else room.decline();
          close();
        }}
      />
    ),
  };
}

interface Reading {
  /** What to ask before this bid, or what to say of it; `null`: nothing. */
  doubt: string | null;
  /** Whether the bid can still be made. */
  stands: boolean;
}

/** A bid as the view is now: it moves on while the question stands. */
function useReading(view: TraderView): (lot: TraderLot, amount_cents: Cents) => Reading {
  const { t } = useTranslation();
  const language = useLanguage();
  return (lot, amount_cents) => {
    const amount = formatShort(amountOf(amount_cents), language);
    const minimum = lot.minimum_next_bid;
    const why = obstacle(view, lot);
    if (why !== null || minimum === null)
      return {
        doubt: t(`bid.${why ?? "over"}`, { at: formatTime(view.starts_at, "dayClock", language) }),
        stands: false,
      };
    if (amount_cents < centsOf(minimum))
      return { doubt: t("bid.too_low", { amount: formatAmount(minimum, language) }), stands: false };
    if (isSurprising(amount_cents, minimum)) {
      const percent = Math.floor((amount_cents * 100) / centsOf(minimum)) - 100;
      const doubt = t("bid.surprising", {
        amount,
        percent: formatCount(percent, language),
        minimum: formatShort(minimum, language),
      });
      return { doubt, stands: true };
    }
    if (standing(view, lot) !== "winning") return { doubt: null, stands: true };
    return { doubt: t(lot.reserve_reached ? "bid.raise_reached" : "bid.raise", { amount }), stands: true };
  };
}

interface DialogProps {
  view: TraderView;
  /** The last one asked: it is read until the dialog has gone. */
  question: Question;
  opened: boolean;
  close: () => void;
  confirm: () => void;
}

function Dialog({ view, question, opened, close, confirm }: DialogProps) {
  const { t } = useTranslation();
  const line = useLine();
  const { title, text, deed } = useAsked(view, question);
  return (
    <Modal
      opened={opened}
      onClose={close}
      centered
      lockScroll={false}
      title={<b>{title}</b>}
      closeButtonProps={{ "aria-label": t("notice.close") }}
    >
      <div className={css.dialog}>
        <p role="status">{text}</p>
        <div className={css.dialogButtons}>
          <Button variant="default" onClick={close} data-autofocus>
            {t(deed === null ? "notice.close" : "bid.cancel")}
          </Button>
          {deed === null ? null : (
            <Button
              color={question.about === "decline" ? "red" : "blue"}
              disabled={line.state !== "live"}
              onClick={confirm}
            >
              {deed}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

/** A question as the view answers it now; no deed: it can be done no more. Whoever takes long is told what has happened. */
function useAsked(
  view: TraderView,
  question: Question,
): { title: string; text: string; deed: string | null } {
  const { t } = useTranslation();
  const language = useLanguage();
  const numbered = useLotNumber();
  const read = useReading(view);
  const lot = question.about === "bid" && view.lots.find(({ number }) => number === question.lot);
  if (!lot) {
    const isOpen = view.status === "open";
    return {
      title: t("bid.decline_title"),
      text: t(isOpen ? "bid.decline_text" : "bid.over"),
      deed: isOpen ? t("bid.decline_confirm") : null,
    };
  }
  const amount = formatShort(amountOf(question.amount_cents), language);
  const { doubt, stands } = read(lot, question.amount_cents);
  const which = view.lots.length > 1 ? [t("auction.lot", { lot: numbered(lot.number) })] : [];
  return {
    title: [t("bid.sure"), ...which].join(" · "),
    text: doubt ?? t("bid.changed", { amount }),
    deed: stands ? t("bid.now", { amount }) : null,
  };
}
