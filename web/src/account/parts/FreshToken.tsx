/** A token that was just made: shown this once, to be copied before the page is left. */
import { Alert, Button, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import css from "../../desk/form/form.module.css";
import type { NewToken } from "../../wire/generated/http";

export function FreshToken({ token, close }: { token: NewToken; close: () => void }) {
  const { t } = useTranslation("account");
  const clipboard = useClipboard({ timeout: 4000 });
  return (
    <Alert title={t("tokens.fresh", { name: token.name })} role="status">
      <div className={css.stack}>
        <p>{t("tokens.fresh_text")}</p>
        <TextInput
          aria-label={t("tokens.fresh", { name: token.name })}
          readOnly
          value={token.token}
          onFocus={(event) => event.currentTarget.select()}
          error={clipboard.error ? t("tokens.not_copied") : undefined}
        />
        <div className={css.actions}>
          <Button variant="default" onClick={close}>
            {t("tokens.noted")}
          </Button>
          <Button onClick={() => clipboard.copy(token.token)}>
            {clipboard.copied ? t("tokens.copied") : t("tokens.copy")}
          </Button>
        </div>
      </div>
    </Alert>
  );
}
