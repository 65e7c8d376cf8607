/** Cancelling: an auction while it has no bid (§5.1.4), and the sale of a won lot, with a reason (§5.4.5). */
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../desk/form/action";
import { ConfirmButton } from "../desk/form/Confirm";
import { ask } from "../wire/http";
import type { DealerView } from "../wire/messages";

/** What a cancellation makes old. */
const REFRESH = [["offers"], ["auctions"], ["auction"], ["vehicles"]] as const;
const LONGEST_REASON = 500;

export function CancelAuction({ view }: { view: DealerView }) {
  const { t } = useTranslation("dealer");
  const cancel = useAction(() => ask("POST /api/auctions/{id}/cancellation", { ids: { id: view.auction } }), {
    refresh: REFRESH,
  });
  const untouched = view.lots.every(({ bids }) => bids === 0);
  if (view.status !== "scheduled" && !(view.status === "open" && untouched)) return null;
  return (
    <ConfirmButton
      size="compact-sm"
      deed={t("synthesis.cancel")}
      back={t("synthesis.keep")}
      title={t("synthesis.cancel_title")}
      onConfirm={() => cancel.mutateAsync()}
    >
      <p>{t("synthesis.cancel_text")}</p>
    </ConfirmButton>
  );
}

export function CancelSale({ auction, lot }: { auction: number; lot: number }) {
  const { t } = useTranslation("dealer");
  const [reason, setReason] = useState("");
  const cancel = useAction(
    () =>
      ask("POST /api/auctions/{id}/lots/{number}/sale-cancellation", {
        ids: { id: auction, number: lot },
        body: { reason: reason.trim() },
      }),
    { refresh: REFRESH },
  );
  return (
    <ConfirmButton
      size="compact-sm"
      deed={t("synthesis.cancel_sale")}
      back={t("synthesis.keep")}
      title={t("synthesis.cancel_sale_title", { lot })}
      ready={reason.trim() !== ""}
      onConfirm={() => cancel.mutateAsync()}
    >
      <p>{t("synthesis.cancel_sale_text")}</p>
      <TextInput
        label={t("synthesis.reason")}
        description={t("synthesis.reason_needed")}
        maxLength={LONGEST_REASON}
        required
        value={reason}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmButton>
  );
}
