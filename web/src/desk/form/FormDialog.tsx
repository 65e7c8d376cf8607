/** A button that opens a form in a dialog: what was typed stays when it is closed, and goes when it is done. */
import { Button, type ButtonProps, Modal } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { FormEnd } from "./FormEnd";
import css from "./form.module.css";
import { FormProblem } from "./refusal";

interface Props extends ButtonProps {
  /** What the button says, and the dialog's last button unless that has a word of its own. */
  deed: string;
  submit?: string;
  title: string;
  /** Resolves when it is done; `false`: something is missing, the form says what. What it rejects with is shown. */
  onSubmit: () => Promise<unknown> | false;
  onRefused?: (error: unknown) => void;
  /** The fields at which a refusal is shown already. */
  shown?: readonly string[];
  /** For what stands in columns. */
  wide?: boolean;
  children: ReactNode;
}

export function FormDialog(props: Props) {
  const { deed, submit: last = deed, title, onSubmit, onRefused, shown, wide, children, ...button } = props;
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (pending) return;
    const doing = onSubmit();
    if (doing === false) return;
    setPending(true);
    setError(null);
    try {
      await doing;
      setOpened(false);
    } catch (failure) {
      setError(failure);
      onRefused?.(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <Button variant="default" {...button} onClick={() => setOpened(true)}>
        {deed}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={title}
        size={wide ? "xl" : "lg"}
        centered
        lockScroll={false}
        closeButtonProps={{ "aria-label": t("form.close") }}
      >
        <form className={css.stack} onSubmit={(event) => void submit(event)} noValidate>
          {children}
          <FormProblem error={error} shown={shown ?? []} />
          <FormEnd cancel={() => setOpened(false)} pending={pending} deed={last} />
        </form>
      </Modal>
    </>
  );
}
