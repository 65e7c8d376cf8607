/** Cancelling: an auction while it has no bid (§5.1.4), and the sale of a won lot, with a reason (§5.4.5). */
import { Alert, Button, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useReason } from "../desk/pieces";
import { http } from "../wire/http";
import type { DealerView } from "../wire/messages";
import css from "./synthesis.module.css";

export function CancelAuction({ view }: { view: DealerView }) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const [asking, setAsking] = useState(false);
  const cancel = useMutation({
    mutationFn: () => http.post(`auctions/${view.auction}/cancellation`, {}),
    onSuccess: () => setAsking(false),
  });
  const untouched = view.lots.every(({ bids }) => bids === 0);
  if (view.status !== "scheduled" && !(view.status === "open" && untouched)) return null;
  return (
    <div>
      <Button variant="default" size="compact-sm" onClick={() => setAsking(true)}>
        {t("synthesis.cancel")}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        centered
        lockScroll={false}
        title={<b>{t("synthesis.cancel_title")}</b>}
        closeButtonProps={{ "aria-label": tt("notice.close") }}
      >
        <div className={css.dialog}>
          <p>{t("synthesis.cancel_text")}</p>
          <Failure error={cancel.error} />
          <Buttons
            keep={() => setAsking(false)}
            label={t("synthesis.cancel")}
            busy={cancel.isPending}
            confirm={() => cancel.mutate()}
          />
        </div>
      </Modal>
    </div>
  );
}

export function CancelSale({ auction, lot }: { auction: number; lot: number }) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const cancel = useMutation({
    mutationFn: () =>
      http.post(`auctions/${auction}/lots/${lot}/sale-cancellation`, { reason: reason.trim() }),
    onSuccess: () => setAsking(false),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(reason.trim() === "");
    if (reason.trim() !== "") cancel.mutate();
  };
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setAsking(true)}>
        {t("synthesis.cancel_sale")}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        centered
        lockScroll={false}
        title={<b>{t("synthesis.cancel_sale_title", { lot })}</b>}
        closeButtonProps={{ "aria-label": tt("notice.close") }}
      >
        <form className={css.dialog} onSubmit={submit} noValidate>
          <p>{t("synthesis.cancel_sale_text")}</p>
          <TextInput
            label={t("synthesis.reason")}
            value={reason}
            data-autofocus
            error={missing ? t("synthesis.reason_needed") : null}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Failure error={cancel.error} />
          <Buttons keep={() => setAsking(false)} label={t("synthesis.cancel_sale")} busy={cancel.isPending} />
        </form>
      </Modal>
    </>
  );
}

function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation("dealer");
  const reason = useReason();
  if (!error) return null;
  return (
    <Alert color="red" role="alert">
      {t("synthesis.failed", { reason: reason(error) })}
    </Alert>
  );
}

function Buttons({
  keep,
  label,
  busy,
  confirm,
}: {
  keep: () => void;
  label: string;
  busy: boolean;
  confirm?: () => void;
}) {
  const { t } = useTranslation("dealer");
  return (
    <div className={css.dialogButtons}>
      <Button variant="default" onClick={keep}>
        {t("synthesis.keep")}
      </Button>
      <Button color="red" type={confirm ? "button" : "submit"} loading={busy} onClick={confirm}>
        {label}
      </Button>
    </div>
  );
}
