/** The dealer's pages after the sale, loaded apart: offers, one offer, a new one, deliveries. */
import "./words";
import "../desk/mantine-forms";
import { Route, Switch } from "wouter";
import { NotFound } from "../desk/NotFound";
import { DeliveriesPage } from "./deliveries/DeliveriesPage";
import { NewOffer } from "./new/NewOffer";
import { OffersPage } from "./OffersPage";
import { OfferPage } from "./offer/OfferPage";

export default function Pages() {
  return (
    <Switch>
      <Route path="/offers">
        <OffersPage />
      </Route>
      <Route path="/offers/new">
        <NewOffer />
      </Route>
      <Route path="/offers/:id">
        {({ id }) => (/^\d+$/.test(id) ? <OfferPage key={id} offer={Number(id)} /> : <NotFound />)}
      </Route>
      <Route path="/deliveries">
        <DeliveriesPage />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
