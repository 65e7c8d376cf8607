/** The photos of a vehicle large, for whoever works on its card: the caption is written below each. */
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FormProblem } from "../../desk/form/refusal";
import { Gallery as Shown } from "../../desk/gallery/Gallery";
import type { Shot } from "../../desk/gallery/shots";
import type { VehiclePhoto } from "../../wire/generated/http";
import { photoAddress } from "../photo-address";
import { sheetName } from "../values";
import { useCard } from "./editing";
import css from "./photos.module.css";

interface Props {
  photos: VehiclePhoto[];
  shown: number | null;
  show: (place: number | null) => void;
  /** All photos as they shall be; without it they are only looked at. */
  arrange?: ((photos: VehiclePhoto[]) => Promise<unknown>) | undefined;
}

export function Gallery({ photos, shown, show, arrange }: Props) {
  const { sheet } = useCard();
  if (shown === null || photos.length === 0) return null;
  const shots = photos.map(
    ({ address, thumbnail, caption, defect }): Shot => ({
      address: photoAddress(address),
      thumbnail: photoAddress(thumbnail),
      what: caption || (sheet.defects.find(({ id }) => id === defect)?.name ?? null),
    }),
  );
  const caption = (at: number) => {
    const photo = photos[at];
    return photo && arrange ? (
      <Caption key={photo.id} photo={photo} photos={photos} arrange={arrange} />
    ) : null;
  };
  return (
    <Shown
      name={sheetName(sheet)}
      shots={shots}
      from={shown}
      close={() => show(null)}
      {...(arrange ? { below: caption } : {})}
    />
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
  const [error, setError] = useState<unknown>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    const captioned = photos.map((one) => (one.id === photo.id ? { ...one, caption: caption.trim() } : one));
    arrange(captioned).catch(setError);
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
      <FormProblem error={error} />
    </form>
  );
}
