/** The part "stock" of the pages, loaded apart: the list, a vehicle's card, a new vehicle, a file of them. */
import "./words";
import "../desk/mantine-forms";
import "@mantine/dropzone/styles.css";
import { Route, Switch } from "wouter";
import { NotFound } from "../desk/NotFound";
import { VehiclePage } from "./card/VehiclePage";
import { ImportPage } from "./enter/ImportPage";
import { NewVehicle } from "./enter/NewVehicle";
import { Stock } from "./list/Stock";

export default function Pages() {
  return (
    <Switch>
      <Route path="/vehicles">
        <Stock />
      </Route>
      <Route path="/vehicles/new">
        <NewVehicle />
      </Route>
      <Route path="/vehicles/import">
        <ImportPage />
      </Route>
      <Route path="/vehicles/:id">
        {({ id }) => (/^\d+$/.test(id) ? <VehiclePage key={id} id={Number(id)} /> : <NotFound />)}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
