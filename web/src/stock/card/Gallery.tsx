/** The photos large, one after the other: by arrow keys, by buttons; the caption is written here. */
import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { PhotoImage } from "../../desk/PhotoImage";
import type { VehiclePhoto } from "../../wire/generated/http";
import { photoAddress } from "../photo-address";
import css from "./photos.module.css";

interface Props {
  photos: VehiclePhoto[];
  shown: number | null;
  show: (place: number | null) => void;
  /** All photos as they shall be; without it they are only looked at. */
  arrange?: ((photos: VehiclePhoto[]) => Promise<unknown>) | undefined;
}

export function Gallery({ photos, shown, show, arrange }: Props) {
  const { t } = useTranslation("stock");
  const { t: tt } = useTranslation();
  const photo = shown === null ? undefined : photos[shown];
  const turn = (by: number) => {
    if (shown !== null && photos.length > 0) show((shown + by + photos.length) % photos.length);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return;
    if (event.key === "ArrowLeft") turn(-1);
    if (event.key === "ArrowRight") turn(1);
  };
  return (
    <Modal
      opened={photo !== undefined}
      onClose={() => show(null)}
      size="xl"
      title={shown === null ? "" : t("card.photos.of", { n: shown + 1, count: photos.length })}
      lockScroll={false}
      closeButtonProps={{ "aria-label": tt("form.close") }}
      onKeyDown={keys}
    >
      {photo ? (
        <div className={css.gallery}>
          <PhotoImage
            src={photoAddress(photo.address)}
            alt={photo.caption || t("card.photos.nth", { n: (shown ?? 0) + 1 })}
            width={photo.width}
            height={photo.height}
          />
          <div className={css.galleryTools}>
            <Button variant="default" onClick={() => turn(-1)}>
              ← {t("card.photos.previous")}
            </Button>
            <Button variant="default" onClick={() => turn(1)} data-autofocus>
              {t("card.photos.next")} →
            </Button>
          </div>
          {arrange ? (
            <Caption key={photo.id} photo={photo} photos={photos} arrange={arrange} />
          ) : (
            <p>{photo.caption}</p>
          )}
        </div>
      ) : null}
    </Modal>
  );
}

function Caption(props: {
  photo: VehiclePhoto;
  photos: VehiclePhoto[];
  arrange: NonNullable<Props["arrange"]>;
}) {
  const { t } = useTranslation("stock");
  const { t: tt } = useTranslation();
  const { photo, photos, arrange } = props;
  const [caption, setCaption] = useState(photo.caption);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // What is refused is said where the photos are.
    arrange(photos.map((one) => (one.id === photo.id ? { ...one, caption: caption.trim() } : one))).catch(
      () => null,
    );
  };
  return (
    <form className={css.caption} onSubmit={submit}>
      <TextInput
        aria-label={t("card.photos.caption")}
        placeholder={t("card.photos.caption")}
        maxLength={200}
        value={caption}
        onChange={(event) => setCaption(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={caption.trim() === photo.caption}>
        {tt("form.save")}
      </Button>
    </form>
  );
}
