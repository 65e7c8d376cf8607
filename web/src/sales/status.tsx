/** Where a vehicle stands on its life line, in words; an entity's own statuses by the name that it gave them (§4.2). */
import { useTranslation } from "react-i18next";
import { useStockSettings } from "../stock/api";

const STANDARD = [
  "pre_arrival",
  "physical_entry",
  "price_destination",
  "sales_stock",
  "delivery",
  "released",
] as const;

export function Status({ status, entity }: { status: string; entity: number }) {
  const { t } = useTranslation("sales");
  const standard = STANDARD.find((one) => one === status);
  const settings = useStockSettings(entity, standard === undefined);
  if (standard) return <>{t(`status.${standard}`)}</>;
  const added = [settings.data?.private, settings.data?.trade].flatMap((line) => line?.added ?? []);
  return <>{added.find(({ code }) => code === status)?.label ?? t("status.other")}</>;
}
