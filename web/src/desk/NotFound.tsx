/** A page that is not there, or not the reader's to see, and the way back. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Empty } from "./pieces";

export function NotFound() {
  const { t } = useTranslation();
  const home = (
    <Button component={Link} href="/" variant="default">
      {t("problem.home")}
    </Button>
  );
  return <Empty action={home}>{t("problem.not_found")}</Empty>;
}
