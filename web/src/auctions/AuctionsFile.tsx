/** All the auctions that a list finds, as a file for a spreadsheet. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useReason } from "../desk/pieces";
import { everyPage, FILE_PAGE } from "../desk/table/every-page";
import { saveTable } from "../desk/table-file";
import { useLanguage } from "../language";
import { ask } from "../wire/http";
import type { AuctionItem, AuctionsAsked } from "./api";

type Cell = string | number | null | undefined;

/** What stands in the file: the heads, and of each auction its cells. */
export interface FileOf {
  heads: string[];
  cells: (item: AuctionItem) => Cell[];
}

export function AuctionsFile({ name, asked, file }: { name: string; asked: AuctionsAsked; file: FileOf }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const reason = useReason();
  const [doing, setDoing] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const save = async () => {
    setDoing(true);
    setFailure(null);
    try {
      const items = await everyPage((page) =>
        ask("GET /api/auctions", { query: { ...asked, page, limit: FILE_PAGE } }),
      );
      saveTable(`adjuge-${name}`, [file.heads, ...items.map(file.cells)], language);
    } catch (problem) {
      setFailure(problem);
    }
    setDoing(false);
  };
  return (
    <>
      {failure === null ? null : <span role="alert">{reason(failure)}</span>}
      <Button variant="default" size="compact-sm" loading={doing} onClick={() => void save()}>
        {t("auctions.export")}
      </Button>
    </>
  );
}
