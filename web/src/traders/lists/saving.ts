/** Saving a mailing list (§3.1), on its page or beside an auction: what is missing, what is sent, what a refusal names. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../desk/form/action";
import { isOutdated } from "../../desk/form/Outdated";
import { useFieldErrors } from "../../desk/form/refusal";
import type { MailingList } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { LISTS } from "./api";
import type { Choice } from "./choice";

/** The fields at which a refusal is shown; that of the version says what a colleague has changed. */
export const SHOWN = ["title", "traders", "version"] as const;

export function useListSaving(
  entity: number,
  stored: MailingList | null,
  after: (made: MailingList) => void,
) {
  const { t } = useTranslation("traders");
  const { t: tt } = useTranslation();
  const client = useQueryClient();
  const fieldErrors = useFieldErrors();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const saving = useAction(
    ({ title, traders, version }: Choice) => {
      const body = { title: title.trim(), traders };
      return stored
        ? ask("PUT /api/mailing-lists/{id}", {
            ids: { id: stored.id },
            body: { ...body, version: version ?? stored.version },
          })
        : ask("POST /api/mailing-lists", { body: { ...body, entity } });
    },
    { refresh: LISTS, said: ({ title }) => t("lists.saved", { title }), after },
  );
  /** `false`: something is missing, `errors` say what. */
  const save = (choice: Choice): Promise<unknown> | false => {
    const missing: Record<string, string> = {};
    if (!choice.title.trim()) missing.title = tt("form.required");
    if (choice.traders.length === 0) missing.traders = t("lists.at_least_one");
    setErrors(missing);
    if (Object.keys(missing).length > 0) return false;
    return saving.mutateAsync(choice).catch((error: unknown) => {
      setErrors(fieldErrors(error));
      // Somebody may have saved it meanwhile: going back leads to what stands now.
      void client.invalidateQueries({ queryKey: LISTS[0] });
      throw error;
    });
  };
  const clear = () => {
    setErrors({});
    saving.reset();
  };
  return {
    errors,
    clear,
    save,
    pending: saving.isPending,
    error: saving.error,
    outdated: isOutdated(saving.error),
  };
}
