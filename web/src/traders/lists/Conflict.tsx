/** A list that a colleague has saved meanwhile (§3.1): in what theirs differs from what is typed, and which of both is to stay. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Outdated } from "../../desk/form/Outdated";
import type { MailingList } from "../../wire/generated/http";
import { useConnected } from "./api";
import { type Choice, differenceOf } from "./choice";
import css from "./lists.module.css";

/** More names than these are counted. */
const MOST_NAMED = 5;

interface Props {
  stored: MailingList;
  choice: Choice;
  /** The colleague's in place of what is typed; or what is typed, from here on against the colleague's. */
  resolve: (choice: Choice | null) => void;
}

export function Conflict({ stored, choice, resolve }: Props) {
  const { t } = useTranslation("traders");
  const connected = useConnected(stored.entity);
  const theirsIsHere = stored.version !== choice.version;
  const { theirs, mine } = differenceOf(stored, choice);
  const named = (ids: number[]) => {
    const names = (connected.data ?? []).filter(({ id }) => ids.includes(id)).map(({ name }) => name);
    const others = ids.length - Math.min(names.length, MOST_NAMED);
    const shown = names.slice(0, MOST_NAMED).join(", ");
    return others === 0 ? shown : t("lists.conflict.named", { names: shown, count: others });
  };
  return (
    <Outdated
      // Grown by what differs, it comes into view once more.
      key={String(theirsIsHere)}
      ways={
        <>
          <Button variant="default" disabled={!theirsIsHere} onClick={() => resolve(null)}>
            {t("lists.conflict.take")}
          </Button>
          <Button
            variant="default"
            disabled={!theirsIsHere}
            onClick={() => resolve({ ...choice, version: stored.version })}
          >
            {t("lists.conflict.keep")}
          </Button>
        </>
      }
    >
      <p>{t("lists.conflict.said")}</p>
      {theirsIsHere ? (
        <ul className={css.differences}>
          {stored.title === choice.title.trim() ? null : (
            <li>{t("lists.conflict.title", { title: stored.title })}</li>
          )}
          {theirs.length > 0 ? <li>{t("lists.conflict.theirs", { names: named(theirs) })}</li> : null}
          {mine.length > 0 ? <li>{t("lists.conflict.mine", { names: named(mine) })}</li> : null}
        </ul>
      ) : null}
    </Outdated>
  );
}
