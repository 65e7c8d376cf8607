/** The pages of the settings. */
import { useTranslation } from "react-i18next";
import { useMay } from "../../desk/me";
import { SubPages } from "../pieces";

export function SettingsTabs() {
  const { t } = useTranslation("people");
  const may = useMay();
  return (
    <SubPages
      label={t("settings.title")}
      pages={[
        { path: "/settings", name: t("settings.holding") },
        { path: "/settings/sites", name: t("sites.title") },
        { path: "/settings/stock", name: t("stock.title") },
        ...(may("manage_users") ? [{ path: "/settings/mails", name: t("mails.title") }] : []),
      ]}
    />
  );
}
