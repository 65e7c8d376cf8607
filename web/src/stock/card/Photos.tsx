/** The photos of a vehicle (§4.1): dropped several at once, put in order by hand or by keys, looked at large, taken away. */
import { Button } from "@mantine/core";
import { Dropzone, MIME_TYPES } from "@mantine/dropzone";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { FormProblem } from "../../desk/form/refusal";
import { Lost, lossOf, NotFresh } from "../../desk/fresh";
import type { VehiclePhoto, VehicleSheet } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { usePhotos, VEHICLES } from "../api";
import css from "./card.module.css";
import { useCard } from "./editing";
import { Gallery } from "./Gallery";
import { PhotoTile } from "./PhotoTile";
import style from "./photos.module.css";
import { Uploads } from "./Uploads";
import { moved, usePhotoUploads } from "./uploads";

export const PHOTO_TYPES = [MIME_TYPES.jpeg, MIME_TYPES.png, MIME_TYPES.webp];
/** §4.1: so many photos has a vehicle at most. */
const MOST = 60;

export function Photos({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const photos = usePhotos(sheet.id);
  const items = photos.data ?? [];
  return (
    <section className={desk.card} id="section-photos" aria-labelledby="title-photos">
      <div className={css.sectionHead}>
        <h2>
          <span id="title-photos">{t("card.photos.title")}</span>{" "}
          <span className={desk.muted}>{items.length || ""}</span>
        </h2>
      </div>
      {lossOf(photos) ? <Lost read={photos} /> : null}
      <NotFresh read={photos} />
      <Grid sheet={sheet} photos={items} />
    </section>
  );
}

function Grid({ sheet, photos }: { sheet: VehicleSheet; photos: VehiclePhoto[] }) {
  const { t } = useTranslation("stock");
  const { may } = useCard();
  const [shown, show] = useState<number | null>(null);
  const dragged = useRef<number | null>(null);
  const row = useRef<HTMLOListElement>(null);
  // Where a photo was taken away the next one can be, by keys too: once it has moved there.
  const gone = useRef<number | null>(null);
  useEffect(() => {
    if (gone.current === null) return;
    const left = row.current?.querySelectorAll<HTMLElement>("[data-removes]") ?? [];
    left[Math.min(gone.current, photos.length - 1)]?.focus();
    gone.current = null;
  }, [photos.length]);
  const arrange = useArranging(sheet.id);
  const remove = useAction(
    (photo: number) => ask("DELETE /api/vehicles/{id}/photos/{photo}", { ids: { id: sheet.id, photo } }),
    { refresh: [VEHICLES], said: t("card.photos.removed") },
  );
  const takeAway = async (photo: number, place: number) => {
    gone.current = place;
    try {
      await remove.mutateAsync(photo);
    } catch (refused) {
      gone.current = null;
      throw refused;
    }
  };
  const move = (from: number, to: number) => {
    if (to >= 0 && to < photos.length && from !== to) arrange.mutate(moved(photos, from, to));
  };
  return (
    <>
      {photos.length === 0 && !may ? <p className={desk.muted}>{t("card.photos.none")}</p> : null}
      <ol ref={row} className={style.photos} aria-label={t("card.photos.title")}>
        {photos.map((photo, place) => (
          <PhotoTile
            key={photo.id}
            photo={photo}
            place={place}
            count={photos.length}
            defect={sheet.defects.find(({ id }) => id === photo.defect)?.name}
            may={may}
            show={() => show(place)}
            move={(by) => move(place, place + by)}
            remove={() => takeAway(photo.id, place)}
            drag={() => {
              dragged.current = place;
            }}
            drop={() => {
              if (dragged.current !== null) move(dragged.current, place);
              dragged.current = null;
            }}
          />
        ))}
      </ol>
      <FormProblem error={arrange.error ?? remove.error} />
      {may && photos.length < MOST ? <Drop vehicle={sheet.id} /> : null}
      {may && photos.length >= MOST ? (
        <p className={desk.muted}>{t("card.photos.full", { count: MOST })}</p>
      ) : null}
      <Gallery photos={photos} shown={shown} show={show} arrange={may ? arrange.mutateAsync : undefined} />
    </>
  );
}

/** The new order stands at once, and goes back if the server refuses it. */
function useArranging(vehicle: number) {
  const client = useQueryClient();
  const key = [...VEHICLES, "photos", vehicle];
  const action = useAction(
    (photos: VehiclePhoto[]) =>
      ask("PUT /api/vehicles/{id}/photos", {
        ids: { id: vehicle },
        body: { photos: photos.map(({ id, caption }) => ({ id, caption })) },
      }),
    { refresh: [VEHICLES] },
  );
  const expect = (photos: VehiclePhoto[]) => client.setQueryData(key, photos);
  const back = { onError: () => void client.invalidateQueries({ queryKey: key }) };
  return {
    error: action.error,
    mutate: (photos: VehiclePhoto[]) => {
      expect(photos);
      action.mutate(photos, back);
    },
    mutateAsync: (photos: VehiclePhoto[]) => {
      expect(photos);
      return action.mutateAsync(photos, back);
    },
  };
}

export function Drop({
  vehicle,
  defect = null,
  compact = false,
}: {
  vehicle: number;
  defect?: number | null;
  compact?: boolean;
}) {
  const { t } = useTranslation("stock");
  const { uploads, send, dismiss } = usePhotoUploads(vehicle, defect);
  const open = useRef<() => void>(null);
  return (
    <div className={style.drop}>
      <Dropzone
        openRef={open}
        accept={PHOTO_TYPES}
        onDrop={(files) => void send(files)}
        onReject={(refused) => void send(refused.map(({ file }) => file))}
        activateOnClick={false}
        enablePointerEvents
        className={style.dropzone ?? ""}
        data-compact={compact}
        inputProps={{ "aria-label": t("card.photos.choose") }}
        acceptColor="blue"
        rejectColor="red"
      >
        <div className={style.dropWords}>
          {compact ? null : <span>{t("card.photos.drop")}</span>}
          <Button variant="default" size="compact-sm" onClick={() => open.current?.()}>
            {t("card.photos.choose")}
          </Button>
          {compact ? null : <span className={`${desk.muted} ${desk.small}`}>{t("card.photos.kinds")}</span>}
        </div>
      </Dropzone>
      <Uploads uploads={uploads} again={(one) => void send([one.file])} dismiss={dismiss} />
    </div>
  );
}
