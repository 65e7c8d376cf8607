/** What is found as a file for a spreadsheet, with the columns shown (§4.8): the server writes it, the browser saves it. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { rootAddress } from "../../address";
import { useLanguage } from "../../language";
import { withQuery } from "../../wire/http";
import type { Asked } from "./filters";

export function Export({ query, columns }: { query: Asked; columns: string[] }) {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  const address = (format: string) => {
    const asked = { ...query, columns: exported(columns), format, language };
    return new URL(withQuery("api/vehicles/export", asked), rootAddress).href;
  };
  return (
    <Button.Group>
      {(["csv", "xlsx"] as const).map((format) => (
        <Button
          key={format}
          component="a"
          href={address(format)}
          download
          variant="default"
          size="compact-sm"
          aria-label={t(`list.export_${format}`)}
        >
          {format === "csv" ? t("list.export_csv") : "XLSX"}
        </Button>
      ))}
    </Button.Group>
  );
}

/** The list names the vehicle in a column of its own; the file in two. */
function exported(columns: string[]): string {
  return [...new Set(["make", "model", "version", ...columns])].join(",");
}
