/** One photo in the row: opens large, moves by hand or by buttons, goes after one more question. */
import { ActionIcon, Button, Popover } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PhotoImage } from "../../desk/PhotoImage";
import type { VehiclePhoto } from "../../wire/generated/http";
import { photoAddress } from "../photo-address";
import css from "./photos.module.css";

interface Props {
  photo: VehiclePhoto;
  place: number;
  count: number;
  /** The name of the defect that it shows. */
  defect?: string | undefined;
  may: boolean;
  show: () => void;
  move: (by: -1 | 1) => void;
  remove: () => Promise<unknown>;
  drag: () => void;
  drop: () => void;
}

export function PhotoTile(props: Props) {
  const { t } = useTranslation("stock");
  const { photo, place, may } = props;
  const name = photo.caption || props.defect || t("card.photos.nth", { n: place + 1 });
  return (
    <li
      className={css.photo}
      draggable={may}
      onDragStart={props.drag}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        props.drop();
      }}
    >
      <button type="button" className={css.photoFace} onClick={props.show}>
        <PhotoImage src={photoAddress(photo.thumbnail)} alt={name} loading="lazy" draggable={false} />
      </button>
      {place === 0 ? <span className={css.first}>{t("card.photos.first")}</span> : null}
      {props.defect ? <span className={css.ofDefect}>{props.defect}</span> : null}
      {may ? <Tools {...props} name={name} /> : null}
    </li>
  );
}

/** A button that leads nowhere now, and keeps the focus of whoever has just moved the photo there. */
const held = (end: boolean) => (end ? { "aria-disabled": true, "data-disabled": true } : {});

function Tools({ place, count, move, remove, name }: Props & { name: string }) {
  const { t } = useTranslation("stock");
  return (
    <span className={css.photoTools}>
      <ActionIcon
        variant="default"
        size="sm"
        aria-label={t("card.photos.earlier", { name })}
        {...held(place === 0)}
        onClick={() => move(-1)}
      >
        ←
      </ActionIcon>
      <ActionIcon
        variant="default"
        size="sm"
        aria-label={t("card.photos.later", { name })}
        {...held(place === count - 1)}
        onClick={() => move(1)}
      >
        →
      </ActionIcon>
      <Removing name={name} remove={remove} />
    </span>
  );
}

function Removing({ name, remove }: { name: string; remove: () => Promise<unknown> }) {
  const { t } = useTranslation("stock");
  const [asking, ask] = useState(false);
  const [pending, setPending] = useState(false);
  const sure = async () => {
    setPending(true);
    try {
      await remove();
    } catch {
      // The grid says why.
    } finally {
      setPending(false);
      ask(false);
    }
  };
  return (
    <Popover opened={asking} onChange={ask} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <ActionIcon
          variant="default"
          size="sm"
          aria-label={t("card.photos.remove", { name })}
          data-removes
          onClick={() => ask(!asking)}
        >
          ×
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("card.photos.remove", { name })}>
        <Button color="red" size="compact-sm" loading={pending} onClick={() => void sure()}>
          {t("card.photos.remove_sure")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
