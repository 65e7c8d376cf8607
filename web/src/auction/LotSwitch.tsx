/** In the panel of many lots: which one it bids on, its neighbours, and the next one where somebody has outbid the trader. */
import { ActionIcon, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "../desk/Icon";
import type { TraderView } from "../wire/messages";
import css from "./auction.module.css";
import { countOf, neighbour, nextLosing } from "./lot-list";
import { useLotNumber } from "./numbers";

const BACK = "M15 5l-7 7 7 7";
const ON = "M9 5l7 7-7 7";

interface Props {
  view: TraderView;
  lot: number;
  choose: (lot: number) => void;
}

export function LotSwitch({ view, lot, choose }: Props) {
  const { t } = useTranslation();
  const numbered = useLotNumber();
  const place = view.lots.findIndex(({ number }) => number === lot) + 1;
  const losing = nextLosing(view, lot);
  const said = t("auction.next_losing", { count: countOf(view, "losing") });
  return (
    <div className={css.switch}>
      <Step path={BACK} says={t("auction.previous_lot")} to={neighbour(view, lot, -1)} choose={choose} />
      <b>
        {t("auction.lot", { lot: numbered(lot) })}
        <span className={css.place}>
          {place}/{view.lots.length}
        </span>
      </b>
      <Step path={ON} says={t("auction.next_lot")} to={neighbour(view, lot, 1)} choose={choose} />
      {losing === null ? null : (
        <Button
          size="compact-sm"
          variant="light"
          color="red"
          title={t("auction.to_next_losing", { losing: said })}
          aria-label={t("auction.to_next_losing", { losing: said })}
          onClick={() => choose(losing)}
        >
          {said} <Icon path={ON} size={14} />
        </Button>
      )}
    </div>
  );
}

function Step(props: { path: string; says: string; to: number | null; choose: (lot: number) => void }) {
  const { path, says, to, choose } = props;
  return (
    <ActionIcon
      variant="default"
      size="md"
      title={says}
      aria-label={says}
      disabled={to === null}
      onClick={() => (to === null ? undefined : choose(to))}
    >
      <Icon path={path} />
    </ActionIcon>
  );
}
