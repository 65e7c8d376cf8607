/** The gallery of a vehicle in an auction: every photo that a buyer may see, those of a defect by its name. */
import { type Vehicle, vehicleName } from "../../auctions/api";
import { Gallery } from "../../desk/gallery/Gallery";
import { shotsOf } from "../photos";

interface Props {
  vehicle: Vehicle;
  from: number;
  close: () => void;
}

export default function VehicleGallery({ vehicle, from, close }: Props) {
  return <Gallery name={vehicleName(vehicle)} shots={shotsOf(vehicle)} from={from} close={close} />;
}
