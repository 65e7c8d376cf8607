/**
 * How a bid is placed: at once for the minimum; asked once more when one leads already (§5.2.3) or when the amount is
 * surprising; never while the line is down. One dialog for all lots of a page.
 */
import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../language";
import { amountOf, type Cents, centsOf, formatShort } from "../money";
import type { TraderLot, TraderView } from "../wire/messages";
import css from "./auction.module.css";
import { useLine } from "./follow";
import type { AuctionRoom } from "./live";
import { isSurprising, obstacle, standing } from "./selectors";

export interface Bidding {
  /** Whether a bid can be sent on this lot now. */
  can: (lot: TraderLot) => boolean;
  /** `sent`: the bid is on its way; never called where the question is answered by no. */
  place: (lot: TraderLot, amount_cents: Cents, sent?: () => void) => void;
  decline: () => void;
  dialog: React.ReactNode;
}

type Question = { about: "bid"; amount_cents: Cents; text: string; send: () => void } | { about: "decline" };

export function useBidding(room: AuctionRoom, view: TraderView): Bidding {
  const line = useLine();
  const questionOf = useQuestion(view);
  const [question, setQuestion] = useState<Question | null>(null);

  return {
    can: (lot) => line.state === "live" && obstacle(view, lot) === null,
    place: (lot, amount_cents, sent) => {
      const text = questionOf(lot, amount_cents);
      const send = () => {
        room.bid(lot.number, amountOf(amount_cents));
        sent?.();
      };
      if (text === null) send();
      else setQuestion({ about: "bid", amount_cents, text, send });
    },
    decline: () => setQuestion({ about: "decline" }),
    dialog: (
      <Dialog
        question={question}
        close={() => setQuestion(null)}
        confirm={() => {
          if (question?.about === "bid") question.send();
          else room.decline();
          setQuestion(null);
        }}
      />
    ),
  };
}

/** What to ask before this bid, or `null`: nothing. */
function useQuestion(view: TraderView): (lot: TraderLot, amount_cents: Cents) => string | null {
  const { t } = useTranslation();
  const language = useLanguage();
  return (lot, amount_cents) => {
    const amount = formatShort(amountOf(amount_cents), language);
    const minimum = lot.minimum_next_bid;
    if (minimum !== null && isSurprising(amount_cents, minimum)) {
      const percent = Math.floor((amount_cents * 100) / centsOf(minimum)) - 100;
      return t("bid.surprising", { amount, percent, minimum: formatShort(minimum, language) });
    }
    if (standing(view, lot) !== "winning") return null;
    return lot.reserve_reached ? t("bid.raise_reached", { amount }) : t("bid.raise", { amount });
  };
}

function Dialog({
  question,
  close,
  confirm,
}: {
  question: Question | null;
  close: () => void;
  confirm: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const declining = question?.about === "decline";
  const amount = question?.about === "bid" ? formatShort(amountOf(question.amount_cents), language) : "";
  return (
    <Modal
      opened={question !== null}
      onClose={close}
      centered
      lockScroll={false}
      title={<b>{declining ? t("bid.decline_title") : t("bid.sure")}</b>}
      closeButtonProps={{ "aria-label": t("notice.close") }}
    >
      <div className={css.dialog}>
        <p>{question?.about === "bid" ? question.text : t("bid.decline_text")}</p>
        <div className={css.dialogButtons}>
          <Button variant="default" onClick={close}>
            {t("bid.cancel")}
          </Button>
          <Button color={declining ? "red" : "blue"} onClick={confirm} data-autofocus>
            {declining ? t("bid.decline_confirm") : t("bid.now", { amount })}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
