/** The defects of a vehicle, each with what its repair costs and photos of its own (§4.1). */
import { useState } from "react";
import { PhotoImage } from "../../desk/PhotoImage";
import type { VehicleSheet } from "../../wire/generated/http";
import { usePhotos } from "../api";
import { photoAddress } from "../photo-address";
import { useCard } from "./editing";
import { Gallery } from "./Gallery";
import { ListSection } from "./ListSection";
import { Drop } from "./Photos";
import css from "./photos.module.css";

export function Defects({ sheet }: { sheet: VehicleSheet }) {
  return (
    <ListSection
      name="defects"
      sheet={sheet}
      beside={({ id, name }) => <DefectPhotos vehicle={sheet.id} defect={Number(id)} name={name ?? ""} />}
    />
  );
}

function DefectPhotos({ vehicle, defect, name }: { vehicle: number; defect: number; name: string }) {
  const { may } = useCard();
  const photos = usePhotos(vehicle);
  const [shown, show] = useState<number | null>(null);
  const own = (photos.data ?? []).filter((photo) => photo.defect === defect);
  return (
    <div className={css.defectPhotos}>
      {own.map((photo, place) => (
        <button key={photo.id} type="button" className={css.small} onClick={() => show(place)}>
          <PhotoImage src={photoAddress(photo.thumbnail)} alt={photo.caption || name} loading="lazy" />
        </button>
      ))}
      {may ? <Drop vehicle={vehicle} defect={defect} compact /> : null}
      <Gallery photos={own} shown={shown} show={show} />
    </div>
  );
}
