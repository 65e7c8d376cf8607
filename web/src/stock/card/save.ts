/** Saves a change of a card: against the revision that was read, so that nobody's change is written over unseen (§4.1). */
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAction } from "../../desk/form/action";
import type { VehicleChangeForm, VehicleSheet } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { VEHICLES } from "../api";

export function useSaveCard(sheet: VehicleSheet, after: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useAction(
    (change: Partial<VehicleChangeForm>) =>
      ask("PATCH /api/vehicles/{id}", {
        ids: { id: sheet.id },
        body: { ...change, revision: sheet.revision },
      }),
    {
      refresh: [VEHICLES],
      said: t("form.saved"),
      after: (saved) => {
        client.setQueryData([...VEHICLES, "sheet", sheet.id], saved);
        after();
      },
    },
  );
}
