/** A button that asks once more before it does what cannot be undone: what will happen, the deed, a way back. */
import { Button, type ButtonProps, Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./form.module.css";
import { FormProblem } from "./refusal";

interface Props extends ButtonProps {
  /** The deed, on both buttons. */
  deed: string;
  title: string;
  /** What will happen; a reason to give may stand here too. */
  children: ReactNode;
  /** Resolves when it is done; what it rejects with is shown in the dialog. */
  onConfirm: () => Promise<unknown>;
  /** Not before what stands in the dialog is filled in. */
  ready?: boolean;
  /** The way back, where "cancel" could mean the deed. */
  back?: string;
  /** Whether it takes something away, and is red. */
  grave?: boolean;
}

export function ConfirmButton({
  deed,
  title,
  children,
  onConfirm,
  ready = true,
  grave = true,
  back,
  ...button
}: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const close = () => {
    setAsking(false);
    setError(null);
  };
  const confirm = async () => {
    setPending(true);
    setError(null);
    try {
      await onConfirm();
      close();
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <Button variant="default" {...button} onClick={() => setAsking(true)}>
        {deed}
      </Button>
      <Modal
        opened={asking}
        onClose={close}
        title={title}
        centered
        lockScroll={false}
        closeButtonProps={{ "aria-label": t("form.cancel") }}
      >
        <div className={css.stack}>
          {children}
          <FormProblem error={error} />
          <div className={css.actions}>
            <Button variant="default" onClick={close}>
              {back ?? t("form.cancel")}
            </Button>
            <Button
              {...(grave ? { color: "red" } : {})}
              loading={pending}
              disabled={!ready}
              onClick={() => void confirm()}
            >
              {deed}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
