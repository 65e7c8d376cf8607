/**
 * Written by `make wire` from the server's own types (scripts/wire.py): never by hand.
 */

/**
 * §1.3: a right in an entity; the validation of trade-ins is a level beside them.
 */
export type Right =
  | "cancel_sale"
  | "declare_deliveries"
  | "make_offers"
  | "manage_connections"
  | "manage_mailing_lists"
  | "manage_pricing_rules"
  | "manage_stock"
  | "manage_users"
  | "run_remarketing"
  | "run_stock_auctions";
/**
 * §1.3: whose trade-ins somebody may validate; each level holds the one before it.
 */
export type TradeIns = "any" | "none" | "own";
/**
 * §1.3: rights that go together, under the name of a job.
 */
export type Preset = "administrator" | "autonomous_seller" | "fleet_manager" | "sales_manager" | "seller";
/**
 * §5.3.1 and §5.3.4.
 */
export type ExtensionCause = "late_bid" | "outage";
/**
 * What became of a lot (§5.4.1), of a cancelled auction's lots, of a cancelled sale.
 */
export type Outcome = "cancelled" | "no_bids" | "reserve_not_reached" | "sale_cancelled" | "won";
/**
 * The VAT regime of a vehicle; `unknown` is reckoned as `margin`.
 */
export type Vat = "margin" | "recoverable" | "unknown";
/**
 * How the buyer pays.
 */
export type PaymentMethod = "bank_cheque" | "card" | "cash" | "financing" | "transfer";
/**
 * What goes to the buyer with the vehicles.
 */
export type Document =
  | "administrative_status"
  | "inspection_report"
  | "invoice"
  | "registration_certificate"
  | "second_key"
  | "service_book"
  | "transfer_certificate";

/**
 * Every HTTP route: what it is asked with and what it answers.
 */
export interface Doors {
  /**
   * Sign in with e-mail and password; the session comes as a cookie.
   */
  "POST /api/sessions": {
    body: Credentials;
    answer: SignedIn;
  };
  /**
   * The user's open sessions.
   */
  "GET /api/sessions": {
    answer: Sessions;
  };
  /**
   * Sign out everywhere else: every session but the one that asks ends.
   */
  "DELETE /api/sessions": {
    answer: undefined;
  };
  /**
   * Who is signed in, or nobody; and whether this is a demonstration.
   */
  "GET /api/sessions/current": {
    answer: CurrentSession;
  };
  /**
   * Sign out: end the session and close its live sockets.
   */
  "DELETE /api/sessions/current": {
    answer: undefined;
  };
  /**
   * Who is signed in.
   */
  "GET /api/me": {
    answer: Me;
  };
  /**
   * Change one's own name or language.
   */
  "PATCH /api/me": {
    body: MyChange;
    answer: Me;
  };
  /**
   * Change one's own password, knowing the current one; every other session ends.
   */
  "PUT /api/me/password": {
    body: PasswordChange;
    answer: undefined;
  };
  /**
   * End one of the user's sessions and close its live sockets.
   */
  "DELETE /api/sessions/{id}": {
    ids: {
      id: number;
    };
    answer: undefined;
  };
  /**
   * Have a link sent to an account's address, to choose a new password; the answer tells nothing of it.
   */
  "POST /api/password-resets": {
    body: ForgottenPassword;
    answer: ResetAsked;
  };
  /**
   * Choose a new password with the secret of a link; every session of the account ends.
   */
  "POST /api/password-resets/completion": {
    body: PasswordReset;
    answer: undefined;
  };
  /**
   * The user's API tokens.
   */
  "GET /api/tokens": {
    answer: Tokens;
  };
  /**
   * Make an API token; it is shown this once.
   */
  "POST /api/tokens": {
    body: TokenName;
    answer: NewToken;
  };
  /**
   * Revoke a token and close its live sockets.
   */
  "DELETE /api/tokens/{id}": {
    ids: {
      id: number;
    };
    answer: undefined;
  };
  /**
   * The holdings of the dealer's entities.
   */
  "GET /api/groups": {
    query?: {
      page?: number;
      limit?: number;
    };
    answer: Groups;
  };
  /**
   * Change the name, the prefix or the modules of a holding.
   */
  "PATCH /api/groups/{id}": {
    ids: {
      id: number;
    };
    body: GroupChange;
    answer: GroupSettings;
  };
  /**
   * The entities that the dealer works for.
   */
  "GET /api/entities": {
    query?: {
      page?: number;
      limit?: number;
    };
    answer: Entities;
  };
  /**
   * Make an entity beside one where the dealer manages users; it works there with the same rights.
   */
  "POST /api/entities": {
    body: NewEntity;
    answer: EntitySettings;
  };
  /**
   * An entity.
   */
  "GET /api/entities/{id}": {
    ids: {
      id: number;
    };
    answer: EntitySettings;
  };
  /**
   * Change an entity.
   */
  "PATCH /api/entities/{id}": {
    ids: {
      id: number;
    };
    body: EntityChange;
    answer: EntitySettings;
  };
  /**
   * Every right, every level of trade-in validation, and the presets.
   */
  "GET /api/rights": {
    answer: Rights;
  };
  /**
   * The people of the dealer's entities, a page at a time.
   */
  "GET /api/users": {
    query?: {
      page?: number;
      limit?: number;
      entity?: number | null;
      q?: string;
      disabled?: boolean | null;
    };
    answer: Users;
  };
  /**
   * A colleague: entities, sites, user groups, rights.
   */
  "GET /api/users/{id}": {
    ids: {
      id: number;
    };
    answer: User;
  };
  /**
   * Change a colleague's name or language.
   */
  "PATCH /api/users/{id}": {
    ids: {
      id: number;
    };
    body: UserChange;
    answer: User;
  };
  /**
   * Let a colleague work for an entity, or do other things there.
   */
  "PUT /api/users/{id}/entities/{entity}": {
    ids: {
      id: number;
      entity: number;
    };
    body: EmploymentForm;
    answer: User;
  };
  /**
   * Let a colleague work for an entity no more.
   */
  "DELETE /api/users/{id}/entities/{entity}": {
    ids: {
      id: number;
      entity: number;
    };
    answer: undefined;
  };
  /**
   * Disable an account: its sessions and tokens end at once.
   */
  "POST /api/users/{id}/deactivation": {
    ids: {
      id: number;
    };
    answer: undefined;
  };
  /**
   * Let a disabled account sign in again.
   */
  "POST /api/users/{id}/reactivation": {
    ids: {
      id: number;
    };
    answer: undefined;
  };
  /**
   * The user groups of the dealer's entities, and the shared ones of their holdings.
   */
  "GET /api/user-groups": {
    query?: {
      page?: number;
      limit?: number;
      entity?: number | null;
    };
    answer: UserGroups;
  };
  /**
   * Make a user group of an entity, or a shared one of its holding.
   */
  "POST /api/user-groups": {
    body: NewUserGroup;
    answer: UserGroupCard;
  };
  /**
   * A user group and who is in it.
   */
  "GET /api/user-groups/{id}": {
    ids: {
      id: number;
    };
    answer: UserGroupCard;
  };
  /**
   * Change a user group's name or rights, for everybody who is in it.
   */
  "PATCH /api/user-groups/{id}": {
    ids: {
      id: number;
    };
    body: UserGroupChange;
    answer: UserGroupCard;
  };
  /**
   * Remove a user group, and with it what it gave.
   */
  "DELETE /api/user-groups/{id}": {
    ids: {
      id: number;
    };
    answer: undefined;
  };
  /**
   * Put a user into a user group, in one entity or in every entity of the holding.
   */
  "POST /api/user-groups/{id}/members": {
    ids: {
      id: number;
    };
    body: NewMember;
    answer: UserGroupCard;
  };
  /**
   * Take a user out of a user group, in the entity named or in all.
   */
  "DELETE /api/user-groups/{id}/members/{user}": {
    ids: {
      id: number;
      user: number;
    };
    query?: {
      entity?: number | null;
    };
    answer: undefined;
  };
  /**
   * Invite a colleague to an entity by e-mail, with what it may do there.
   */
  "POST /api/user-invitations": {
    body: ColleagueForm;
    answer: InvitedColleague;
  };
  /**
   * The pending invitations to entities whose users the dealer manages.
   */
  "GET /api/user-invitations": {
    query?: {
      page?: number;
      limit?: number;
      entity?: number | null;
    };
    answer: ColleagueInvitations;
  };
  /**
   * What the link of an invitation leads to.
   */
  "POST /api/user-invitations/reading": {
    body: ColleagueLink;
    answer: OpenedInvitation;
  };
  /**
   * Accept an invitation: with a new account, signed in at once, or as the account that is signed in.
   */
  "POST /api/user-invitations/acceptance": {
    body: Acceptance;
    answer: SignedIn;
  };
  /**
   * Withdraw an invitation: its link is dead.
   */
  "DELETE /api/user-invitations/{id}": {
    ids: {
      id: number;
    };
    answer: undefined;
  };
  /**
   * The reader's auctions, a page at a time: a dealer's entities', or those that invited the trader.
   */
  "GET /api/auctions": {
    query?: {
      entity?: number | null;
      state?: string;
      q?: string;
      number?: number | null;
      dealer?: string;
      make?: string;
      model?: string;
      trim?: string;
      kind?: ("lot" | "unit") | null;
      page?: number;
      limit?: number;
    };
    answer: AuctionList;
  };
  /**
   * Make and publish an auction from stored vehicles and connected traders.
   */
  "POST /api/auctions": {
    body: AuctionForm;
    answer: AuctionDescription;
  };
  /**
   * What does not move of an auction: its lots and vehicles, who sells, where.
   */
  "GET /api/auctions/{id}": {
    ids: {
      id: number;
    };
    answer: AuctionDescription;
  };
  /**
   * Change an auction that has not started: schedule, increment, vehicles, prices, audience, soft close.
   */
  "PATCH /api/auctions/{id}": {
    ids: {
      id: number;
    };
    body: AuctionChangeForm;
    answer: AuctionDescription;
  };
  /**
   * Cancel an auction that has no bid yet.
   */
  "POST /api/auctions/{id}/cancellation": {
    ids: {
      id: number;
    };
    answer: Done;
  };
  /**
   * Cancel the sale of a won lot, with the reason.
   */
  "POST /api/auctions/{id}/lots/{number}/sale-cancellation": {
    ids: {
      id: number;
      number: number;
    };
    body: SaleCancellation;
    answer: Done;
  };
  /**
   * What happened, in order, a page at a time.
   */
  "GET /api/auctions/{id}/history": {
    ids: {
      id: number;
    };
    query?: {
      after?: number;
      limit?: number;
    };
    answer: History;
  };
  /**
   * The dealer's sheet: totals, lots with reserves and leaders, the audience.
   */
  "GET /api/auctions/{id}/synthesis": {
    ids: {
      id: number;
    };
    answer: AuctionSynthesis;
  };
  /**
   * The vehicles of the dealer's entities: found by any field, sorted by any, a page at a time.
   */
  "GET /api/vehicles": {
    query?: {
      entity?: number | null;
      q?: string;
      site?: string;
      known?: string;
      unknown?: string;
      /**
       * A field; `-` before it: descending
       */
      sort?: string;
      /**
       * Fields, separated by commas
       */
      columns?: string;
      make?: string;
      model?: string;
      custom_make?: boolean | null;
      version?: string;
      trim?: string;
      kind?: string;
      body?: string;
      energy?: string;
      fiscal_power_cv_min?: number | null;
      fiscal_power_cv_max?: number | null;
      power_ch_min?: number | null;
      power_ch_max?: number | null;
      doors_min?: number | null;
      doors_max?: number | null;
      gearbox?: string;
      co2_g_per_km_min?: number | null;
      co2_g_per_km_max?: number | null;
      crit_air?: string;
      colour?: string;
      interior_colour?: string;
      plate?: string;
      vin?: string;
      internal_number?: string;
      police_book_number?: string;
      first_registration_from?: string | null;
      first_registration_to?: string | null;
      year_min?: number | null;
      year_max?: number | null;
      mileage_km_min?: number | null;
      mileage_km_max?: number | null;
      mileage_guaranteed?: boolean | null;
      origin?: string;
      entered_at_from?: string | null;
      entered_at_to?: string | null;
      days_in_stock_min?: number | null;
      days_in_stock_max?: number | null;
      status?: string;
      destination?: string;
      vat?: string;
      market_value_min?: string | null;
      market_value_max?: string | null;
      sale_price_min?: string | null;
      sale_price_max?: string | null;
      trade_price_min?: string | null;
      trade_price_max?: string | null;
      proposed_market_value_min?: string | null;
      proposed_market_value_max?: string | null;
      proposed_sale_price_min?: string | null;
      proposed_sale_price_max?: string | null;
      proposed_trade_price_min?: string | null;
      proposed_trade_price_max?: string | null;
      staff_price_min?: string | null;
      staff_price_max?: string | null;
      purchase_price_min?: string | null;
      purchase_price_max?: string | null;
      planned_costs_ht_min?: string | null;
      planned_costs_ht_max?: string | null;
      actual_costs_ht_min?: string | null;
      actual_costs_ht_max?: string | null;
      amount_owed_min?: string | null;
      amount_owed_max?: string | null;
      trade_sale_authorised?: boolean | null;
      matched?: boolean | null;
      accident_damaged?: boolean | null;
      running?: boolean | null;
      imported?: boolean | null;
      first_owner?: boolean | null;
      service_book?: boolean | null;
      warranty?: string;
      warranty_months_min?: number | null;
      warranty_months_max?: number | null;
      retail_offer?: boolean | null;
      reserved_for_client?: string;
      stock_reason?: string;
      stock_muted?: boolean | null;
      battery_health_percent_min?: number | null;
      battery_health_percent_max?: number | null;
      battery_tested_on_from?: string | null;
      battery_tested_on_to?: string | null;
      battery_expires_on_from?: string | null;
      battery_expires_on_to?: string | null;
      last_inspection_on_from?: string | null;
      last_inspection_on_to?: string | null;
      next_inspection_on_from?: string | null;
      next_inspection_on_to?: string | null;
      comments?: string;
      entity_name?: string;
      site_name?: string;
      physical_site_name?: string;
      photos_min?: number | null;
      photos_max?: number | null;
      reserved?: boolean | null;
      reserved_for_trader?: string;
      in_auction?: boolean | null;
      free?: boolean | null;
      limit?: number;
      page?: number;
      /**
       * These alone, separated by commas
       */
      ids?: string;
    };
    answer: Vehicles;
  };
  /**
   * Enter a vehicle; it begins its life line at pre_arrival.
   */
  "POST /api/vehicles": {
    body: NewVehicleForm;
    answer: VehicleSheet;
  };
  /**
   * The fields that lists of vehicles show, filter and sort.
   */
  "GET /api/vehicles/columns": {
    answer: Columns;
  };
  /**
   * What a field says in the stock of the dealer's entities, and of how many vehicles.
   */
  "GET /api/vehicles/choices": {
    query: {
      entity?: number | null;
      field: string;
    };
    answer: FieldChoices;
  };
  /**
   * Enter the vehicles of a CSV file of at most 5 MiB and 10,000 lines; with a report of the lines refused.
   */
  "POST /api/vehicles/imports": {
    query: {
      site: number;
      accept_partial?: boolean;
      dry_run?: boolean;
    };
    body: Blob;
    answer: ImportReport;
  };
  /**
   * The dealer's kept searches of the stock; a pinned one tells how many vehicles it finds.
   */
  "GET /api/saved-searches": {
    answer: KeptSearches;
  };
  /**
   * Keep a search of the stock.
   */
  "POST /api/saved-searches": {
    body: SearchForm;
    answer: KeptSearch;
  };
  /**
   * Change a kept search.
   */
  "PUT /api/saved-searches/{id}": {
    ids: {
      id: number;
    };
    body: SearchForm;
    answer: KeptSearch;
  };
  /**
   * Forget a kept search.
   */
  "DELETE /api/saved-searches/{id}": {
    ids: {
      id: number;
    };
    answer: undefined;
  };
  /**
   * The vehicles found, as a file for a spreadsheet: CSV (UTF-8, `;`) or XLSX; in the reader's language or the one named.
   */
  "GET /api/vehicles/export": {
    query?: {
      entity?: number | null;
      q?: string;
      site?: string;
      known?: string;
      unknown?: string;
      /**
       * A field; `-` before it: descending
       */
      sort?: string;
      /**
       * Fields, separated by commas
       */
      columns?: string;
      make?: string;
      model?: string;
      custom_make?: boolean | null;
      version?: string;
      trim?: string;
      kind?: string;
      body?: string;
      energy?: string;
      fiscal_power_cv_min?: number | null;
      fiscal_power_cv_max?: number | null;
      power_ch_min?: number | null;
      power_ch_max?: number | null;
      doors_min?: number | null;
      doors_max?: number | null;
      gearbox?: string;
      co2_g_per_km_min?: number | null;
      co2_g_per_km_max?: number | null;
      crit_air?: string;
      colour?: string;
      interior_colour?: string;
      plate?: string;
      vin?: string;
      internal_number?: string;
      police_book_number?: string;
      first_registration_from?: string | null;
      first_registration_to?: string | null;
      year_min?: number | null;
      year_max?: number | null;
      mileage_km_min?: number | null;
      mileage_km_max?: number | null;
      mileage_guaranteed?: boolean | null;
      origin?: string;
      entered_at_from?: string | null;
      entered_at_to?: string | null;
      days_in_stock_min?: number | null;
      days_in_stock_max?: number | null;
      status?: string;
      destination?: string;
      vat?: string;
      market_value_min?: string | null;
      market_value_max?: string | null;
      sale_price_min?: string | null;
      sale_price_max?: string | null;
      trade_price_min?: string | null;
      trade_price_max?: string | null;
      proposed_market_value_min?: string | null;
      proposed_market_value_max?: string | null;
      proposed_sale_price_min?: string | null;
      proposed_sale_price_max?: string | null;
      proposed_trade_price_min?: string | null;
      proposed_trade_price_max?: string | null;
      staff_price_min?: string | null;
      staff_price_max?: string | null;
      purchase_price_min?: string | null;
      purchase_price_max?: string | null;
      planned_costs_ht_min?: string | null;
      planned_costs_ht_max?: string | null;
      actual_costs_ht_min?: string | null;
      actual_costs_ht_max?: string | null;
      amount_owed_min?: string | null;
      amount_owed_max?: string | null;
      trade_sale_authorised?: boolean | null;
      matched?: boolean | null;
      accident_damaged?: boolean | null;
      running?: boolean | null;
      imported?: boolean | null;
      first_owner?: boolean | null;
      service_book?: boolean | null;
      warranty?: string;
      warranty_months_min?: number | null;
      warranty_months_max?: number | null;
      retail_offer?: boolean | null;
      reserved_for_client?: string;
      stock_reason?: string;
      stock_muted?: boolean | null;
      battery_health_percent_min?: number | null;
      battery_health_percent_max?: number | null;
      battery_tested_on_from?: string | null;
      battery_tested_on_to?: string | null;
      battery_expires_on_from?: string | null;
      battery_expires_on_to?: string | null;
      last_inspection_on_from?: string | null;
      last_inspection_on_to?: string | null;
      next_inspection_on_from?: string | null;
      next_inspection_on_to?: string | null;
      comments?: string;
      entity_name?: string;
      site_name?: string;
      physical_site_name?: string;
      photos_min?: number | null;
      photos_max?: number | null;
      reserved?: boolean | null;
      reserved_for_trader?: string;
      in_auction?: boolean | null;
      free?: boolean | null;
      format?: "csv" | "xlsx";
      language?: ("en" | "fr") | null;
    };
    answer: Blob;
  };
  /**
   * The photos of a vehicle, in their order.
   */
  "GET /api/vehicles/{id}/photos": {
    ids: {
      id: number;
    };
    answer: VehiclePhotos;
  };
  /**
   * Add a photo: JPEG, PNG or WebP of at most 5 MiB and 40 megapixels.
   */
  "POST /api/vehicles/{id}/photos": {
    ids: {
      id: number;
    };
    query?: {
      caption?: string;
      defect?: number | null;
    };
    body: Blob;
    answer: VehiclePhoto;
  };
  /**
   * Give the photos of a vehicle their order and captions.
   */
  "PUT /api/vehicles/{id}/photos": {
    ids: {
      id: number;
    };
    body: PhotoOrder;
    answer: VehiclePhotos;
  };
  /**
   * A photo, for the entity's dealers and the traders invited to an auction of the vehicle.
   */
  "GET /api/vehicles/{id}/photos/{photo}": {
    ids: {
      id: number;
      photo: number;
    };
    answer: Blob;
  };
  /**
   * Delete a photo.
   */
  "DELETE /api/vehicles/{id}/photos/{photo}": {
    ids: {
      id: number;
      photo: number;
    };
    answer: undefined;
  };
  /**
   * A photo, small.
   */
  "GET /api/vehicles/{id}/photos/{photo}/thumbnail": {
    ids: {
      id: number;
      photo: number;
    };
    answer: Blob;
  };
  /**
   * The files of a vehicle that are no photos.
   */
  "GET /api/vehicles/{id}/files": {
    ids: {
      id: number;
    };
    answer: VehicleFiles;
  };
  /**
   * Add a PDF of at most 5 MiB: a document, or the certificate of the battery in place of the one before.
   */
  "POST /api/vehicles/{id}/files": {
    ids: {
      id: number;
    };
    query?: {
      kind?: "battery_certificate" | "document";
      /**
       * How lists call it
       */
      title?: string;
    };
    body: Blob;
    answer: VehicleFile;
  };
  /**
   * A file; the certificate of the battery also for traders invited to an auction of the vehicle.
   */
  "GET /api/vehicles/{id}/files/{file}": {
    ids: {
      id: number;
      file: number;
    };
    answer: Blob;
  };
  /**
   * Delete a file.
   */
  "DELETE /api/vehicles/{id}/files/{file}": {
    ids: {
      id: number;
      file: number;
    };
    answer: undefined;
  };
  /**
   * The whole card of a vehicle of the dealer's entities.
   */
  "GET /api/vehicles/{id}": {
    ids: {
      id: number;
    };
    answer: VehicleSheet;
  };
  /**
   * Change a card: what is absent stays, null empties, lists are written whole.
   */
  "PATCH /api/vehicles/{id}": {
    ids: {
      id: number;
    };
    body: VehicleChangeForm;
    answer: VehicleSheet;
  };
  /**
   * Move a vehicle on its life line.
   */
  "POST /api/vehicles/{id}/status": {
    ids: {
      id: number;
    };
    body: StatusForm;
    answer: VehicleSheet;
  };
  /**
   * Remove the reservation of a vehicle, unless an offer stands behind it.
   */
  "DELETE /api/vehicles/{id}/reservation": {
    ids: {
      id: number;
    };
    answer: VehicleSheet;
  };
  /**
   * Say why a vehicle is in stock for so long.
   */
  "POST /api/vehicles/{id}/stock-reason": {
    ids: {
      id: number;
    };
    body: StockReasonForm;
    answer: VehicleSheet;
  };
  /**
   * Let a vehicle that is in stock for long ask for no reason any more, or again.
   */
  "POST /api/vehicles/{id}/mute": {
    ids: {
      id: number;
    };
    body: MuteForm;
    answer: VehicleSheet;
  };
  /**
   * What an entity has decided about its stock.
   */
  "GET /api/entities/{id}/stock-settings": {
    ids: {
      id: number;
    };
    answer: StockSettings;
  };
  /**
   * Decide about the stock of an entity, whole.
   */
  "PUT /api/entities/{id}/stock-settings": {
    ids: {
      id: number;
    };
    body: StockSettings;
    answer: StockSettings;
  };
  /**
   * The makes of the reference catalogue.
   */
  "GET /api/catalogue/makes": {
    answer: CatalogueMakes;
  };
  /**
   * The models of a make, each with its kind.
   */
  "GET /api/catalogue/models": {
    query: {
      make: string;
    };
    answer: CatalogueModels;
  };
  /**
   * The traders that the dealer's group knows.
   */
  "GET /api/traders": {
    query?: {
      page?: number;
      limit?: number;
      q?: string;
      kind?: ("bidder" | "merchant") | null;
      entity?: number | null;
      state?: string;
      sort?: "-city" | "-name" | "-since" | "city" | "name" | "since";
    };
    answer: TraderLines;
  };
  /**
   * Make a trader's card.
   */
  "POST /api/traders": {
    body: NewTrader;
    answer: TraderCard;
  };
  /**
   * A trader's card, and its connections with the dealer's entities.
   */
  "GET /api/traders/{id}": {
    ids: {
      id: number;
    };
    answer: TraderCard;
  };
  /**
   * Change the card that one's group made, or fill in what is empty on a connected trader's.
   */
  "PATCH /api/traders/{id}": {
    ids: {
      id: number;
    };
    body: CompanyChange;
    answer: TraderCard;
  };
  /**
   * What the public register says of a SIRET, to fill a form in.
   */
  "GET /api/companies": {
    query: {
      siret: string;
    };
    answer: CompanyFound;
  };
  /**
   * The known bidders and where their invitations go.
   */
  "GET /api/bidders": {
    answer: KnownBidders;
  };
  /**
   * The trader's own card.
   */
  "GET /api/company": {
    answer: CompanyCard;
  };
  /**
   * Change the trader's contact data and legal representative.
   */
  "PATCH /api/company": {
    body: CompanyChange;
    answer: CompanyCard;
  };
  /**
   * The invitations that the dealer's entities have sent.
   */
  "GET /api/invitations": {
    query?: {
      page?: number;
      limit?: number;
      entity?: number | null;
      trader?: number | null;
      state?: string;
      q?: string;
    };
    answer: SentInvitations;
  };
  /**
   * Invite a trader to connect with entities of the group: one mail, with a link that works once.
   */
  "POST /api/invitations": {
    body: InvitationForm;
    answer: SentInvitation;
  };
  /**
   * Send an invitation again; the link sent before is dead.
   */
  "POST /api/invitations/{id}/sending": {
    ids: {
      id: number;
    };
    answer: SentInvitation;
  };
  /**
   * Withdraw an invitation; its link is dead.
   */
  "DELETE /api/invitations/{id}": {
    ids: {
      id: number;
    };
    answer: undefined;
  };
  /**
   * Who invites, to whoever holds the link of an invitation.
   */
  "POST /api/invitation-links": {
    body: InvitationLink;
    answer: FollowedLink;
  };
  /**
   * Accept an invitation, with a new account or as the trader that is signed in.
   */
  "POST /api/invitation-links/acceptance": {
    body: LinkAcceptance;
    answer: Connected;
  };
  /**
   * The traders that the dealer's entities may invite, may no longer, or have asked to connect.
   */
  "GET /api/connections": {
    query?: {
      page?: number;
      limit?: number;
      entity?: number | null;
      state?: string;
      q?: string;
    };
    answer: Connections;
  };
  /**
   * Remove a connection: the trader is invited no more, and bids no more on what runs.
   */
  "DELETE /api/connections/{id}": {
    ids: {
      id: number;
    };
    answer: undefined;
  };
  /**
   * The dealers that may invite the trader, with their sites.
   */
  "GET /api/dealers": {
    query?: {
      page?: number;
      limit?: number;
    };
    answer: ConnectedEntities;
  };
  /**
   * The mailing lists of the dealer's entities, and how many would be told by each.
   */
  "GET /api/mailing-lists": {
    query?: {
      page?: number;
      limit?: number;
      entity?: number | null;
    };
    answer: MailingLists;
  };
  /**
   * Make a mailing list of connected traders.
   */
  "POST /api/mailing-lists": {
    body: NewMailingList;
    answer: MailingList;
  };
  /**
   * A mailing list as it is stored.
   */
  "GET /api/mailing-lists/{id}": {
    ids: {
      id: number;
    };
    answer: MailingList;
  };
  /**
   * Save a mailing list: its title and its connected members.
   */
  "PUT /api/mailing-lists/{id}": {
    ids: {
      id: number;
    };
    body: MailingListForm;
    answer: MailingList;
  };
  /**
   * Delete a mailing list; auctions keep whom they invited.
   */
  "DELETE /api/mailing-lists/{id}": {
    ids: {
      id: number;
    };
    answer: undefined;
  };
  /**
   * How many traders an auction of the entity would be told to, and who they are.
   */
  "GET /api/audiences": {
    query: {
      page?: number;
      limit?: number;
      entity: number;
      mailing_list?: number | null;
    };
    answer: AudienceChoice;
  };
  /**
   * The sites of the dealer's entities.
   */
  "GET /api/sites": {
    query?: {
      page?: number;
      limit?: number;
      entity?: number | null;
    };
    answer: Sites;
  };
  /**
   * Make a site of an entity.
   */
  "POST /api/sites": {
    body: NewSite;
    answer: EntitySite;
  };
  /**
   * A site.
   */
  "GET /api/sites/{id}": {
    ids: {
      id: number;
    };
    answer: EntitySite;
  };
  /**
   * Change a site.
   */
  "PATCH /api/sites/{id}": {
    ids: {
      id: number;
    };
    body: SiteChange;
    answer: EntitySite;
  };
  /**
   * The offers of the dealer's entities, a page at a time, the latest first.
   */
  "GET /api/offers": {
    query?: {
      page?: number;
      limit?: number;
      entity?: number | null;
      status?: ("abandoned" | "cancelled" | "in_progress" | "ordered" | "validated") | null;
      trader?: number | null;
      auction?: number | null;
      origin?: ("auction" | "direct") | null;
      sent?: boolean | null;
      q?: string;
    };
    answer: Offers;
  };
  /**
   * Make a direct offer on free vehicles to a connected trader.
   */
  "POST /api/offers": {
    body: OfferForm;
    answer: Offer;
  };
  /**
   * An offer: its vehicles, extras, totals HT and TTC, and what may be done with it.
   */
  "GET /api/offers/{id}": {
    ids: {
      id: number;
    };
    answer: Offer;
  };
  /**
   * Change the prices and extras of an offer that no auction made.
   */
  "PATCH /api/offers/{id}": {
    ids: {
      id: number;
    };
    body: OfferChange;
    answer: Offer;
  };
  /**
   * Validate an offer, so that it can be ordered.
   */
  "POST /api/offers/{id}/validation": {
    ids: {
      id: number;
    };
    answer: Offer;
  };
  /**
   * Send the offer to the trader, who may read it from now on.
   */
  "POST /api/offers/{id}/sending": {
    ids: {
      id: number;
    };
    answer: Offer;
  };
  /**
   * Abandon an offer with a reason; of an auction's offer this cancels the sale.
   */
  "POST /api/offers/{id}/abandonment": {
    ids: {
      id: number;
    };
    body: ReasonForm;
    answer: Offer;
  };
  /**
   * Make a new offer in progress with the same content, for the vehicles that are free.
   */
  "POST /api/offers/{id}/duplicate": {
    ids: {
      id: number;
    };
    answer: Offer;
  };
  /**
   * Add vehicles that are reserved for the same buyer, before the offer is ordered.
   */
  "POST /api/offers/{id}/vehicles": {
    ids: {
      id: number;
    };
    body: MoreVehicles;
    answer: Offer;
  };
  /**
   * Take a vehicle out of an offer that is not ordered: it goes back to where it came from.
   */
  "DELETE /api/offers/{id}/vehicles/{vehicle}": {
    ids: {
      id: number;
      vehicle: number;
    };
    answer: Offer;
  };
  /**
   * Place the order on a validated offer; its vehicles go to delivery and the buyer is told where.
   */
  "POST /api/offers/{id}/order": {
    ids: {
      id: number;
    };
    body: PlaceOrder;
    answer: OrderAnswer;
  };
  /**
   * Every order that was placed on an offer, cancelled ones included.
   */
  "GET /api/offers/{id}/orders": {
    ids: {
      id: number;
    };
    answer: OrderList;
  };
  /**
   * An order.
   */
  "GET /api/orders/{id}": {
    ids: {
      id: number;
    };
    answer: OrderAnswer;
  };
  /**
   * Cancel an order of which nothing is delivered or invoiced; its offer is validated again.
   */
  "POST /api/orders/{id}/cancellation": {
    ids: {
      id: number;
    };
    body: ReasonForm;
    answer: OrderAnswer;
  };
  /**
   * The deliveries of the dealer's entities, a page at a time.
   */
  "GET /api/deliveries": {
    query?: {
      page?: number;
      limit?: number;
      entity?: number | null;
      status?: ("cancelled" | "honoured" | "not_honoured" | "scheduled") | null;
      order?: number | null;
      site?: number | null;
      invoiced?: boolean | null;
      from?: string | null;
      to?: string | null;
      q?: string;
      sort?: "-scheduled_at" | "scheduled_at";
    };
    answer: DeliveryList;
  };
  /**
   * The orders with vehicles for which no delivery is scheduled, the soonest date first.
   */
  "GET /api/deliveries/due": {
    query?: {
      page?: number;
      limit?: number;
      entity?: number | null;
      site?: number | null;
      q?: string;
    };
    answer: DueDeliveries;
  };
  /**
   * Schedule a delivery of an order's vehicles; the buyer is told when and where.
   */
  "POST /api/orders/{id}/deliveries": {
    ids: {
      id: number;
    };
    body: ScheduleForm;
    answer: DeliveryAnswer;
  };
  /**
   * Declare a delivery honoured or not, with a written report.
   */
  "POST /api/deliveries/{id}/declaration": {
    ids: {
      id: number;
    };
    body: DeclarationForm;
    answer: DeliveryAnswer;
  };
  /**
   * Declare a reserved vehicle of the sales stock to delivery by hand, where the entity allows it.
   */
  "POST /api/vehicles/{id}/manual-delivery": {
    ids: {
      id: number;
    };
    body: ManualDeliveryForm;
    answer: DeliveryAnswer;
  };
  /**
   * Declare an invoice, once per Idempotency-Key; vehicles that are delivered are released.
   */
  "POST /api/invoices": {
    body: InvoiceForm;
    answer: InvoiceAnswer;
  };
  /**
   * Every vehicle that the trader has bought, with dates, price, state and papers.
   */
  "GET /api/purchases": {
    query?: {
      page?: number;
      limit?: number;
      state?: ("delivered" | "offered" | "ordered" | "released" | "reserved") | null;
      q?: string;
    };
    answer: Purchases;
  };
  /**
   * An offer that the trader has got, and what was agreed once it is ordered.
   */
  "GET /api/purchases/{offer}": {
    ids: {
      offer: number;
    };
    answer: PurchaseDescription;
  };
  /**
   * Every vehicle that a trader has bought from the dealer's group.
   */
  "GET /api/traders/{id}/purchases": {
    ids: {
      id: number;
    };
    query?: {
      page?: number;
      limit?: number;
      state?: ("delivered" | "offered" | "ordered" | "released" | "reserved") | null;
      q?: string;
    };
    answer: Purchases;
  };
  /**
   * An offer as a paper, in the reader's language or the one named.
   */
  "GET /api/offers/{id}/paper.pdf": {
    ids: {
      id: number;
    };
    query?: {
      language?: ("en" | "fr") | null;
    };
    answer: Blob;
  };
  /**
   * An order form as it was agreed, in the reader's language or the one named.
   */
  "GET /api/orders/{id}/paper.pdf": {
    ids: {
      id: number;
    };
    query?: {
      language?: ("en" | "fr") | null;
    };
    answer: Blob;
  };
  /**
   * A delivery note, in the reader's language or the one named.
   */
  "GET /api/deliveries/{id}/note.pdf": {
    ids: {
      id: number;
    };
    query?: {
      language?: ("en" | "fr") | null;
    };
    answer: Blob;
  };
  /**
   * Who did what and when in the reader's own records, newest first, a page at a time.
   */
  "GET /api/history": {
    query?: {
      subject?: string | null;
      id?: number | null;
      entity?: number | null;
      from?: string | null;
      to?: string | null;
      user?: number | null;
      before?: number | null;
      limit?: number;
    };
    answer: Records;
  };
  /**
   * What the user was told, newest first, a page at a time, and how much of it is unread.
   */
  "GET /api/notifications": {
    query?: {
      page?: number;
      limit?: number;
      unread?: boolean;
    };
    answer: NotificationList;
  };
  /**
   * Mark notifications of the user as read: some, or all.
   */
  "POST /api/notifications/read": {
    body: ReadForm;
    answer: Unread;
  };
  /**
   * Mail that could not be delivered, of the entities whose users the caller manages.
   */
  "GET /api/dead-letters": {
    query?: {
      page?: number;
      limit?: number;
    };
    answer: DeadLetterList;
  };
  /**
   * Send a mail again that was given up.
   */
  "POST /api/dead-letters/{id}/retry": {
    ids: {
      id: number;
    };
    answer: Nothing;
  };
  /**
   * The accounts of the demonstration; 404 in any other mode.
   */
  "GET /api/demo": {
    answer: Demo;
  };
  /**
   * The mails that the demonstration caught, newest first; 404 in any other mode.
   */
  "GET /api/demo/mails": {
    answer: MailList;
  };
  /**
   * A mail that the demonstration caught, as HTML and as text.
   */
  "GET /api/demo/mails/{id}": {
    ids: {
      id: number;
    };
    answer: Mail;
  };
  /**
   * The demonstration's mails, as a page.
   */
  "GET /demo/mails": {
    answer: Blob;
  };
  /**
   * A mail of the demonstration, as a page that can do nothing.
   */
  "GET /demo/mails/{id}": {
    ids: {
      id: number;
    };
    answer: Blob;
  };
  /**
   * The process answers.
   */
  "GET /healthz": {
    answer: Health;
  };
  /**
   * The book can be written and the auctions are loaded: send traffic.
   */
  "GET /readyz": {
    answer: Health;
  };
  /**
   * Figures for Prometheus, as text.
   */
  "GET /metrics": {
    answer: string;
  };
}
/**
 * Who signs in. An e-mail is read without regard to case.
 */
export interface Credentials {
  email: string;
  password: string;
}
/**
 * Who has signed in; the session is in the cookie.
 */
export interface SignedIn {
  user: Me;
}
/**
 * The user. `entities` are a dealer's; `company` a trader's, or the dealer's home entity.
 */
export interface Me {
  id: number;
  name: string;
  email: string;
  role: "dealer" | "trader";
  language: "fr" | "en";
  company: string;
  entities: WorkPlace[];
}
/**
 * An entity that a dealer works for, and its rights there (§1.3).
 */
export interface WorkPlace {
  id: number;
  name: string;
  rights: (
    | "manage_users"
    | "manage_connections"
    | "manage_mailing_lists"
    | "manage_stock"
    | "run_stock_auctions"
    | "cancel_sale"
    | "make_offers"
    | "declare_deliveries"
    | "manage_pricing_rules"
    | "run_remarketing"
  )[];
  validate_trade_ins: "none" | "own" | "any";
}
/**
 * The one seen last first.
 */
export interface Sessions {
  items: SessionItem[];
}
/**
 * A session of a page: what opened it, when, and when it was last seen. `current`: the one that asks.
 */
export interface SessionItem {
  id: number;
  device: string;
  created_at: string;
  seen_at: string;
  expires_at: string;
  current: boolean;
}
/**
 * Who is signed in, if anybody, and whether this is a demonstration (then `/api/demo` lists accounts).
 */
export interface CurrentSession {
  user: Me | null;
  demonstration: boolean;
}
/**
 * What to change of one's own account.
 */
export interface MyChange {
  name?: string | null;
  language?: ("en" | "fr") | null;
}
/**
 * The password as it is, and as it is to be.
 */
export interface PasswordChange {
  current: string;
  new: string;
}
/**
 * Whose password is forgotten.
 */
export interface ForgottenPassword {
  email: string;
}
/**
 * If there is such an account, a mail is on its way to it.
 */
export interface ResetAsked {
  expires_after_seconds: number;
}
/**
 * What stands behind the `#` of the link, and the new password.
 */
export interface PasswordReset {
  secret: string;
  password: string;
}
/**
 * The user's tokens that are not revoked.
 */
export interface Tokens {
  items: Token[];
}
/**
 * A token without its secret.
 */
export interface Token {
  id: number;
  name: string;
  created_at: string;
}
/**
 * What its owner calls a token.
 */
export interface TokenName {
  name: string;
}
/**
 * A token, this once.
 */
export interface NewToken {
  id: number;
  name: string;
  token: string;
}
/**
 * One page, by name.
 */
export interface Groups {
  items: GroupSettings[];
  page: number;
  pages: number;
  total: number;
}
/**
 * A holding. Traders see its numbers with the prefix; `stock_auctions` switches the module (§5.1.3, §5.1.5).
 */
export interface GroupSettings {
  id: number;
  name: string;
  prefix: string;
  stock_auctions: boolean;
}
/**
 * What to change of a holding.
 */
export interface GroupChange {
  name?: string | null;
  prefix?: string | null;
  stock_auctions?: boolean | null;
}
/**
 * One page, by name.
 */
export interface Entities {
  items: EntitySettings[];
  page: number;
  pages: number;
  total: number;
}
/**
 * An entity: whether its vehicles must be matched, and from which status they are saleable (§4.2, §4.3).
 *
 * `siret` and `vat_number` stand on its papers, once they are known (§6.1).
 */
export interface EntitySettings {
  id: number;
  group: number;
  name: string;
  matching_required: boolean;
  saleable_from:
    "pre_arrival" | "physical_entry" | "price_destination" | "sales_stock" | "delivery" | "released";
  siret: string | null;
  vat_number: string | null;
}
/**
 * A new entity in the holding of the entity `beside`, where who asks manages users.
 */
export interface NewEntity {
  beside: number;
  name: string;
  matching_required?: boolean;
  saleable_from?: "physical_entry" | "pre_arrival" | "price_destination" | "sales_stock";
  siret?: string | null;
  vat_number?: string | null;
}
/**
 * What to change of an entity; null takes a number away.
 */
export interface EntityChange {
  name?: string | null;
  matching_required?: boolean | null;
  saleable_from?: ("physical_entry" | "pre_arrival" | "price_destination" | "sales_stock") | null;
  siret?: string | null;
  vat_number?: string | null;
}
/**
 * Every right, every level of trade-ins, and the presets (§1.3).
 */
export interface Rights {
  rights: Right[];
  validate_trade_ins: TradeIns[];
  presets: PresetRights[];
}
/**
 * A preset and what it gives.
 */
export interface PresetRights {
  preset: Preset;
  rights: Right[];
  validate_trade_ins: TradeIns;
}
/**
 * One page, by name.
 */
export interface Users {
  items: User[];
  page: number;
  pages: number;
  total: number;
}
/**
 * A person that works for an entity, as colleagues see it.
 */
export interface User {
  id: number;
  name: string;
  email: string;
  language: "fr" | "en";
  created_at: string;
  disabled_at: string | null;
  entities: Employment[];
}
/**
 * An entity that somebody works for: what its membership gives (`own`), and what it may do in all.
 */
export interface Employment {
  entity: number;
  name: string;
  own: Granted;
  effective: Granted;
  user_groups: UserGroupName[];
  sites: SiteName[];
}
/**
 * Rights; `preset` names them if a job has exactly these.
 */
export interface Granted {
  rights: Right[];
  validate_trade_ins: TradeIns;
  preset: Preset | null;
}
/**
 * A user group that somebody is in; `shared`: the holding's (§1.2).
 */
export interface UserGroupName {
  id: number;
  name: string;
  shared: boolean;
}
/**
 * A site at which somebody works.
 */
export interface SiteName {
  id: number;
  name: string;
  city: string;
}
/**
 * What to change of a user's account.
 */
export interface UserChange {
  name?: string | null;
  language?: ("en" | "fr") | null;
}
/**
 * What a user is to do in an entity; what is not named stays. Sites and user groups: all of them, by id.
 */
export interface EmploymentForm {
  preset?: Preset | null;
  rights?: Right[] | null;
  validate_trade_ins?: TradeIns | null;
  user_groups?: number[] | null;
  sites?: number[] | null;
}
/**
 * One page, shared ones first, by name.
 */
export interface UserGroups {
  items: UserGroupItem[];
  page: number;
  pages: number;
  total: number;
}
/**
 * A user group. `entity` is none of a shared one; `members` counts people.
 */
export interface UserGroupItem {
  id: number;
  name: string;
  group: number;
  entity: number | null;
  shared: boolean;
  grant: Granted;
  members: number;
}
/**
 * A new user group of the entity; `shared`: of its whole holding.
 */
export interface NewUserGroup {
  preset?: Preset | null;
  rights?: Right[] | null;
  validate_trade_ins?: TradeIns | null;
  entity: number;
  name: string;
  shared?: boolean;
}
/**
 * A user group and who is in it, by name.
 */
export interface UserGroupCard {
  user_group: UserGroupItem;
  members: UserGroupMember[];
}
/**
 * Who is in a user group, in which entity.
 */
export interface UserGroupMember {
  user: number;
  name: string;
  entity: number;
  entity_name: string;
}
/**
 * What to change of a user group; what is not named stays.
 */
export interface UserGroupChange {
  preset?: Preset | null;
  rights?: Right[] | null;
  validate_trade_ins?: TradeIns | null;
  name?: string | null;
}
/**
 * Whom to put into the group in which entity; of a shared group, whether in every entity (§1.2).
 */
export interface NewMember {
  user: number;
  entity: number;
  every_entity?: boolean | null;
}
/**
 * Whom to invite to which entity, in which language, and what it may do there.
 */
export interface ColleagueForm {
  preset?: Preset | null;
  rights?: Right[] | null;
  validate_trade_ins?: TradeIns | null;
  email: string;
  entity: number;
  language?: "en" | "fr";
  /**
   * @maxItems 200
   */
  user_groups?: number[];
  /**
   * @maxItems 500
   */
  sites?: number[];
}
/**
 * An invitation is on its way.
 */
export interface InvitedColleague {
  id: number;
  expires_at: string;
}
/**
 * One page, the latest first.
 */
export interface ColleagueInvitations {
  items: ColleagueInvitation[];
  page: number;
  pages: number;
  total: number;
}
/**
 * An invitation that is pending; it may have expired.
 */
export interface ColleagueInvitation {
  id: number;
  entity: number;
  entity_name: string;
  email: string;
  language: "fr" | "en";
  grant: Granted;
  invited_by: string;
  invited_at: string;
  expires_at: string;
}
/**
 * What stands behind the `#` of the link.
 */
export interface ColleagueLink {
  secret: string;
}
/**
 * What the link leads to. `has_account`: sign in with this address, then accept; else choose a password.
 */
export interface OpenedInvitation {
  email: string;
  entity_name: string;
  invited_by: string;
  language: "fr" | "en";
  expires_at: string;
  has_account: boolean;
}
/**
 * The link, and for a new account a name and a password.
 */
export interface Acceptance {
  secret: string;
  name?: string | null;
  password?: string | null;
  language?: ("en" | "fr") | null;
}
/**
 * One page.
 */
export interface AuctionList {
  items: AuctionItem[];
  page: number;
  pages: number;
  total: number;
}
/**
 * An auction on a list. `state` is the reader's: a dealer's or a trader's word for it; `photo` is the address of a
 * small photo of its first vehicle.
 */
export interface AuctionItem {
  id: number;
  number: number;
  display_number: string;
  kind: "unit" | "lot";
  status: "scheduled" | "open" | "ended" | "cancelled";
  state:
    | "scheduled"
    | "open"
    | "won"
    | "partly_won"
    | "not_won"
    | "cancelled"
    | "sale_cancelled"
    | "upcoming"
    | "lost"
    | "declined";
  starts_at: string;
  ends_at: string;
  entity: NamedEntity;
  site: Site;
  title: string;
  photo: string | null;
  lots_count: number;
  vehicles_count: number;
  starting_total: string;
  last_offers_total: string | null;
  standing?: "winning" | "losing" | "none";
  outcome?: ("won" | "lost" | "declined") | null;
  won_total?: string | null;
  won_lots?: number;
  audience_count?: number;
  gain?: string;
}
/**
 * Who sells.
 */
export interface NamedEntity {
  name: string;
}
/**
 * Where the vehicles are.
 */
export interface Site {
  name: string;
  city: string;
  postcode: string;
}
/**
 * A new auction. Without a list and without traders, every connected trader is invited (§3.2).
 */
export interface AuctionForm {
  kind: "lot" | "unit";
  /**
   * @minItems 1
   * @maxItems 500
   */
  vehicles: ChosenForm[];
  duration_seconds: number;
  /**
   * EUR, at most two decimals
   */
  minimum_increment: string;
  starts_at?: string | null;
  starting_price?: string | null;
  reserve_price?: string | null;
  soft_close?: SoftCloseForm;
  mailing_list?: number | null;
  traders?: number[] | null;
  entity?: number | null;
  site?: number | null;
}
/**
 * A vehicle of the sale; the prices default as §5.1.1 says, a reserve here is a unit auction's.
 */
export interface ChosenForm {
  id: number;
  starting_price?: string | null;
  reserve_price?: string | null;
}
/**
 * §5.3.3.
 */
export interface SoftCloseForm {
  window_seconds?: number;
  extension_seconds?: number;
  mode?: "add" | "reset";
}
/**
 * What does not move of an auction; what moves comes over the live wire. `state` is the reader's word, as in lists.
 * The list's name is the dealer's alone, and `version`, which a change before the start must name (§5.1.4).
 */
export interface AuctionDescription {
  id: number;
  number: number;
  display_number: string;
  kind: "unit" | "lot";
  status: "scheduled" | "open" | "ended" | "cancelled";
  state:
    | "scheduled"
    | "open"
    | "won"
    | "partly_won"
    | "not_won"
    | "cancelled"
    | "sale_cancelled"
    | "upcoming"
    | "lost"
    | "declined";
  starts_at: string;
  ends_at: string;
  role: "dealer" | "trader";
  entity: NamedEntity;
  site: Site;
  lots: Lot[];
  list_name: string | null;
  audience_count: number | null;
  version: number | null;
}
/**
 * A lot and what is in it. Its offer is shown to the dealer and to the trader in whose name it is; its reserve to
 * the dealer alone.
 */
export interface Lot {
  number: number;
  display_number: string;
  vehicles: Vehicle[];
  starting_price: string;
  outcome: ("won" | "reserve_not_reached" | "no_bids" | "cancelled" | "sale_cancelled") | null;
  offer: LotOffer | null;
  reserve_price?: string | null;
}
/**
 * What both sides see. What is empty or `null` is unknown. `photos` are addresses, from the root of the house; with
 * `/thumbnail` they are small.
 */
export interface Vehicle {
  ref: string;
  make: string;
  model: string;
  version: string;
  trim: string;
  kind: "passenger" | "van" | "4x4" | "motorcycle" | "scooter" | "quad" | "other";
  body: string;
  energy: string;
  gearbox: string;
  fiscal_power_cv: number | null;
  power_ch: number | null;
  doors: number | null;
  co2_g_km: number | null;
  crit_air: string;
  colour: string;
  plate: string | null;
  first_registration: string | null;
  mileage_km: number | null;
  mileage_guaranteed: boolean;
  vat: "margin" | "recoverable" | "unknown";
  accident_damaged: boolean;
  running: boolean;
  imported: boolean;
  first_owner: boolean;
  service_book: boolean;
  last_inspection_on: string | null;
  next_inspection_on: string | null;
  battery: Battery | null;
  interior_colour: string;
  warranty: string;
  warranty_months: number | null;
  equipment: string[];
  defects: SeenDefect[];
  repairs: SeenRepair[];
  photos: string[];
  id?: number;
  market_value?: string | null;
  sale_price?: string | null;
  trade_price?: string | null;
}
/**
 * §4.5: state of health, when it was certified, until when; `certificate` is the address of the file.
 */
export interface Battery {
  score_percent: number;
  certified_on: string | null;
  expires_on: string | null;
  certificate: string | null;
}
/**
 * A defect, what its repair costs HT, and which of the vehicle's photos show it.
 */
export interface SeenDefect {
  name: string;
  repair_cost_ht: string | null;
  photos: string[];
}
/**
 * A repair that was done; what it cost is the dealer's.
 */
export interface SeenRepair {
  label: string;
  done_on: string;
}
/**
 * The offer that a sale made (§5.4.3).
 */
export interface LotOffer {
  id: number;
  number: number;
  display_number: string;
}
/**
 * What changes. `version` is that of the auction as it was read; `vehicles` are all there shall be; `starts_at`
 * `null` means now; `mailing_list` and `traders`, either of them said, choose the audience anew (§3.2).
 */
export interface AuctionChangeForm {
  version: number;
  starts_at?: string | null;
  duration_seconds?: number;
  /**
   * EUR, at most two decimals
   */
  minimum_increment?: string;
  /**
   * @minItems 1
   * @maxItems 500
   */
  vehicles?: ChangedVehicleForm[];
  /**
   * EUR, at most two decimals
   */
  starting_price?: string;
  reserve_price?: string | null;
  soft_close?: SoftCloseForm;
  mailing_list?: number | null;
  traders?: number[] | null;
}
/**
 * A vehicle that stays or comes. A price that is not said stays as it was; `null`: the trade price, no reserve.
 */
export interface ChangedVehicleForm {
  id: number;
  starting_price?: string | null;
  reserve_price?: string | null;
}
/**
 * It is done; `seq` is its entry of the history.
 */
export interface Done {
  auction: number;
  seq: number | null;
}
/**
 * Why a sale is cancelled; both sides are told.
 */
export interface SaleCancellation {
  reason: string;
}
/**
 * Entries in their order; `next` is what `after` must be for the next page, `null` at the end.
 */
export interface History {
  auction: number;
  items: (
    | StartedView
    | BidView
    | ReserveReachedView
    | ExtendedView
    | DeclinedView
    | ConnectionRemovedView
    | NotedView
    | RecoveredView
    | EndedView
    | LotDecidedView
    | CancelledView
    | SaleCancelledView
  )[];
  next: number | null;
}
/**
 * The auction opened.
 */
export interface StartedView {
  event: "started";
  seq: number;
  at: string;
}
/**
 * A bid: `bidder` is the trader's number; the dealer also reads `trader`, the name.
 *
 * As it is streamed it says where the lot stands after it (`bids`, `minimum`,
 * `reserve_reached`) and when the auction ends; as an entry of the past it does not. The dealer
 * also reads the lot's figures and the vehicles' `prices`, its shares, in the lot's order.
 */
export interface BidView {
  event: "bid";
  seq: number;
  at: string;
  lot: number;
  amount: string;
  bidder: number;
  trader?: string;
  bids?: number;
  minimum?: string;
  reserve_reached?: boolean;
  ends_at?: string;
  gain?: string;
  gain_ht?: string;
  margin?: string;
  prices?: string[];
}
/**
 * The lot's reserve is reached; the figure is nobody's but the dealer's.
 */
export interface ReserveReachedView {
  event: "reserve_reached";
  seq: number;
  at: string;
  lot: number;
}
/**
 * The end moved, because of a `late_bid` or an `outage`; `ends_at` is `to`.
 */
export interface ExtendedView {
  event: "extended";
  seq: number;
  at: string;
  cause: ExtensionCause;
  from: string;
  to: string;
  ends_at: string;
}
/**
 * A trader declined: for the dealer alone.
 */
export interface DeclinedView {
  event: "declined";
  seq: number;
  at: string;
  trader: string;
}
/**
 * A trader's connection ended: for the dealer alone.
 */
export interface ConnectionRemovedView {
  event: "connection_removed";
  seq: number;
  at: string;
  trader: string;
}
/**
 * For traders: something that is not theirs to know; it keeps `seq` without gaps.
 */
export interface NotedView {
  event: "noted";
  seq: number;
  at: string;
}
/**
 * The service was down while the auction was open (§5.3.4).
 */
export interface RecoveredView {
  event: "recovered";
  seq: number;
  at: string;
  down_from: string;
  down_until: string;
}
/**
 * The end.
 */
export interface EndedView {
  event: "ended";
  seq: number;
  at: string;
}
/**
 * A lot's outcome; if it is won: `price`, the winner's number, the name for the dealer.
 *
 * What shows a price says when the auction ended: `ends_at`.
 */
export interface LotDecidedView {
  event: "lot_decided";
  seq: number;
  at: string;
  lot: number;
  outcome: Outcome;
  price?: string;
  bidder?: number;
  ends_at?: string;
  winner?: string;
}
/**
 * The auction was cancelled.
 */
export interface CancelledView {
  event: "cancelled";
  seq: number;
  at: string;
}
/**
 * A sale was cancelled; the reason is for the dealer (the buyer reads it in a notice).
 */
export interface SaleCancelledView {
  event: "sale_cancelled";
  seq: number;
  at: string;
  lot: number;
  reason?: string;
}
/**
 * The dealer's sheet of an auction, as of `seq` (§5.5.1). `state` is the dealer's word, as in lists; who has bid or
 * declined has answered. `offers`: of each lot that was sold, its number and the offer.
 */
export interface AuctionSynthesis {
  auction: number;
  number: number;
  status: "scheduled" | "open" | "ended" | "cancelled";
  starts_at: string;
  ends_at: string;
  seq: number;
  synthesis: SynthesisView;
  lots: DealerLot[];
  audience: Invitee[];
  state: "scheduled" | "open" | "won" | "partly_won" | "not_won" | "cancelled" | "sale_cancelled";
  kind: "unit" | "lot";
  entity: NamedEntity;
  site: Site;
  list_name: string | null;
  audience_count: number;
  answered_count: number;
  declined_count: number;
  vehicles_count: number;
  offers: {
    [k: string]: LotOffer;
  };
}
/**
 * The totals of an auction, in the words of `Synthesis`.
 */
export interface SynthesisView {
  starting_total: string;
  initial_margin: string;
  last_offers_total: string;
  reserve_total: string | null;
  gain: string;
  gain_ht: string;
  margin: string;
  lots_with_offer: number;
  lots_with_reserve_reached: number;
}
/**
 * A lot with its reserve, its leader by name and its figures (§5.5.1).
 */
export interface DealerLot {
  number: number;
  starting_price: string;
  reserve_price: string | null;
  last_offer: string | null;
  leader: string | null;
  bidder: number | null;
  bids: number;
  minimum_next_bid: string | null;
  reserve_reached: boolean | null;
  initial_margin: string;
  gain: string;
  gain_ht: string;
  margin: string;
  outcome: Outcome | null;
  winner: string | null;
  vehicles: DealerVehicle[];
}
/**
 * A vehicle with its share of the last offer (§5.4.3).
 */
export interface DealerVehicle {
  ref: string;
  vat: Vat;
  starting_price: string;
  initial_margin: string;
  price: string | null;
}
/**
 * A trader of the audience as the dealer follows it (§5.5.1).
 */
export interface Invitee {
  trader: string;
  bidder: number | null;
  declined: boolean;
  removed: boolean;
}
/**
 * One page; by make and model, unless sorted otherwise. `total_is_bound`: more than `total` are found, and nobody
 * has counted how many; `pages` are then those that are known of, and each that is read knows of the next.
 */
export interface Vehicles {
  items: StockVehicle[];
  page: number;
  pages: number;
  total: number;
  total_is_bound: boolean;
}
/**
 * A vehicle of the stock: where it is, whether it is free, the margin at its trade price (§5.1.2),
 * and what keeps it out of an auction (§4.3, §4.4): nothing, and it may be sold. `values` are the columns asked for.
 */
export interface StockVehicle {
  id: number;
  entity: number;
  site: number;
  site_name: string;
  status: string;
  destination: ("private" | "trade" | "scrap" | "moved") | null;
  trade_sale_authorised: boolean;
  matched: boolean;
  reserved: boolean;
  auction: number | null;
  missing: (
    | "wrong_destination"
    | "not_saleable"
    | "not_authorised"
    | "no_trade_price"
    | "not_matched"
    | "reserved"
    | "in_another_auction"
  )[];
  margin_at_trade_price: string | null;
  card: Vehicle;
  values?: {
    [k: string]: string | number | boolean | null;
  };
}
/**
 * A vehicle that enters at `pre_arrival`; the owning site says whose it is.
 */
export interface NewVehicleForm {
  make: string;
  model: string;
  site: number;
  custom_make?: boolean;
  version?: string | null;
  trim?: string | null;
  kind?: "4x4" | "motorcycle" | "other" | "passenger" | "quad" | "scooter" | "van";
  body?: string | null;
  energy?: string | null;
  fiscal_power_cv?: number | null;
  power_ch?: number | null;
  doors?: number | null;
  gearbox?: string | null;
  co2_g_km?: number | null;
  crit_air?: string | null;
  colour?: string | null;
  interior_colour?: string | null;
  plate?: string | null;
  vin?: string | null;
  internal_number?: string | null;
  police_book_number?: string | null;
  first_registration?: string | null;
  mileage_km?: number | null;
  mileage_guaranteed?: boolean;
  origin?: string | null;
  entered_at?: string | null;
  destination?: ("moved" | "private" | "scrap" | "trade") | null;
  physical_site?: number | null;
  moved_to_site?: number | null;
  vat?: "margin" | "recoverable" | "unknown";
  market_value?: string | null;
  sale_price?: string | null;
  trade_price?: string | null;
  proposed_market_value?: string | null;
  proposed_sale_price?: string | null;
  proposed_trade_price?: string | null;
  staff_price?: string | null;
  purchase_price?: string | null;
  planned_costs_ht?: string | null;
  actual_costs_ht?: string | null;
  amount_owed?: string | null;
  trade_sale_authorised?: boolean;
  accident_damaged?: boolean;
  running?: boolean;
  imported?: boolean;
  first_owner?: boolean;
  service_book?: boolean;
  warranty?: string | null;
  warranty_months?: number | null;
  retail_offer?: boolean;
  reserved_for_client?: string | null;
  last_inspection_on?: string | null;
  next_inspection_on?: string | null;
  comments?: string | null;
  battery?: BatteryForm | null;
  /**
   * @maxItems 200
   */
  equipment?: EquipmentForm[];
  /**
   * @maxItems 200
   */
  repairs?: RepairForm[];
  /**
   * @maxItems 200
   */
  service_contracts?: ContractForm[];
  /**
   * @maxItems 200
   */
  defects?: DefectForm[];
}
/**
 * §4.5, whole: what is not named is empty.
 */
export interface BatteryForm {
  score_percent?: number | null;
  certified_on?: string | null;
  expires_on?: string | null;
}
/**
 * §4.7: one of the two prices is enough, the other follows from it.
 */
export interface EquipmentForm {
  label: string;
  category?: string;
  vat_rate?: "0" | "10" | "2.1" | "20" | "5.5";
  price_ht?: string | null;
  price_ttc?: string | null;
}
/**
 * A repair.
 */
export interface RepairForm {
  label: string;
  cost_ht?: string | null;
  done_on?: string | null;
}
/**
 * A service contract.
 */
export interface ContractForm {
  label: string;
  price?: string | null;
  ends_on?: string | null;
}
/**
 * A defect; with its id it is the one that stands there already, and keeps its photos.
 */
export interface DefectForm {
  name: string;
  repair_cost_ht?: string | null;
  id?: number | null;
}
/**
 * A whole card. `status` may be one that the entity has added; `may_move_to` are those that a hand may choose, and
 * `entry_lacks` the members that physical entry and all that follows it still ask for.
 *
 * `over_target`: in stock for longer than the entity wants; it `asks_reason` unless one is given or it is muted.
 */
export interface VehicleSheet {
  id: number;
  revision: number;
  ref: string;
  entity: number;
  entity_name: string;
  site: number;
  site_name: string;
  physical_site_name: string | null;
  moved_to_site_name: string | null;
  status: string;
  may_move_to: string[];
  entry_lacks: string[];
  saleable: boolean;
  publishable: boolean;
  missing: (
    | "wrong_destination"
    | "not_saleable"
    | "not_authorised"
    | "no_trade_price"
    | "not_matched"
    | "reserved"
    | "in_another_auction"
  )[];
  auction: number | null;
  reserved: boolean;
  reserved_for: string | null;
  reserved_for_trader: number | null;
  days_in_stock: number | null;
  over_target: boolean;
  asks_reason: boolean;
  stock_reason: string;
  muted: boolean;
  sale_price_changed_at: string | null;
  matched: boolean;
  make: string;
  model: string;
  custom_make: boolean;
  version: string;
  trim: string;
  kind: "passenger" | "van" | "4x4" | "motorcycle" | "scooter" | "quad" | "other";
  body: string;
  energy: string;
  fiscal_power_cv: number | null;
  power_ch: number | null;
  doors: number | null;
  gearbox: string;
  co2_g_km: number | null;
  crit_air: string;
  colour: string;
  interior_colour: string;
  plate: string | null;
  vin: string | null;
  internal_number: string | null;
  police_book_number: string | null;
  first_registration: string | null;
  mileage_km: number | null;
  mileage_guaranteed: boolean;
  origin: string;
  entered_at: string | null;
  destination: ("private" | "trade" | "scrap" | "moved") | null;
  physical_site: number | null;
  moved_to_site: number | null;
  vat: "margin" | "recoverable" | "unknown";
  market_value: string | null;
  sale_price: string | null;
  trade_price: string | null;
  proposed_market_value: string | null;
  proposed_sale_price: string | null;
  proposed_trade_price: string | null;
  staff_price: string | null;
  purchase_price: string;
  planned_costs_ht: string;
  actual_costs_ht: string;
  amount_owed: string | null;
  trade_sale_authorised: boolean;
  accident_damaged: boolean;
  running: boolean;
  imported: boolean;
  first_owner: boolean;
  service_book: boolean;
  warranty: string;
  warranty_months: number | null;
  retail_offer: boolean;
  reserved_for_client: string | null;
  last_inspection_on: string | null;
  next_inspection_on: string | null;
  comments: string;
  battery: BatterySheet | null;
  equipment: EquipmentSheet[];
  repairs: RepairSheet[];
  service_contracts: ContractSheet[];
  defects: DefectSheet[];
  photos: string[];
}
/**
 * §4.5.
 */
export interface BatterySheet {
  score_percent: number | null;
  certified_on: string | null;
  expires_on: string | null;
  certificate: string | null;
}
/**
 * §4.7. The VAT rate is in per cent.
 */
export interface EquipmentSheet {
  label: string;
  category: string;
  price_ht: string;
  vat_rate: string;
  price_ttc: string;
}
/**
 * A repair; without a day it is to be done.
 */
export interface RepairSheet {
  label: string;
  cost_ht: string | null;
  done_on: string | null;
}
/**
 * A service contract.
 */
export interface ContractSheet {
  label: string;
  price: string | null;
  ends_on: string | null;
}
/**
 * A defect.
 */
export interface DefectSheet {
  id: number;
  name: string;
  repair_cost_ht: string | null;
}
/**
 * In the order in which lists show them.
 */
export interface Columns {
  items: Column[];
}
/**
 * A field: how it is called in the reader's language, what it holds, whether lists show it unless told otherwise.
 * Every field may be filtered and sorted.
 */
export interface Column {
  name: string;
  label: string;
  type: "choice" | "text" | "number" | "amount" | "date" | "flag";
  filterable: boolean;
  sortable: boolean;
  usual: boolean;
}
/**
 * The most frequent first, at most 200.
 */
export interface FieldChoices {
  items: FieldChoice[];
}
/**
 * What the field says of so many vehicles.
 */
export interface FieldChoice {
  value: string;
  vehicles: number;
}
/**
 * What came of it: how many lines hold a vehicle, how many are good, the ids of those entered, why lines are
 * refused (the first 2,000 reasons), and the columns passed over.
 */
export interface ImportReport {
  lines: number;
  good: number;
  imported: number;
  vehicles: number[];
  refused: RefusedLine[];
  ignored: string[];
}
/**
 * Why a line is not taken: its number in the file, the field, a code for programs, a sentence for people.
 */
export interface RefusedLine {
  line: number;
  field: string | null;
  code: string;
  message: string;
}
/**
 * Pinned ones first, then by name.
 */
export interface KeptSearches {
  items: KeptSearch[];
}
/**
 * A search that is kept; `count` is how many vehicles a pinned one finds now. `count_is_bound`: it finds more than
 * these, and nobody has counted how many.
 */
export interface KeptSearch {
  id: number;
  name: string;
  filters: {
    [k: string]: string;
  };
  entity: number | null;
  sort: string;
  columns: string[];
  pinned: boolean;
  count: number | null;
  count_is_bound: boolean;
}
/**
 * A search to be kept: in one entity or, without, in all of the dealer's.
 */
export interface SearchForm {
  name: string;
  /**
   * Members of the query of `GET /api/vehicles`, but `entity`, `sort`, `columns`
   */
  filters?: {
    [k: string]: string;
  };
  entity?: number | null;
  sort?: string;
  /**
   * @maxItems 100
   */
  columns?: string[];
  pinned?: boolean;
}
/**
 * In their order.
 */
export interface VehiclePhotos {
  items: VehiclePhoto[];
}
/**
 * A photo: where it is read, in full and small, from the root of the house; its measures in pixels.
 */
export interface VehiclePhoto {
  id: number;
  address: string;
  thumbnail: string;
  caption: string;
  defect: number | null;
  width: number;
  height: number;
}
/**
 * All photos of the vehicle, each once, in the order that they shall have, with their captions.
 */
export interface PhotoOrder {
  /**
   * @maxItems 60
   */
  photos: PlacedPhoto[];
}
/**
 * A photo at its place.
 */
export interface PlacedPhoto {
  id: number;
  caption?: string;
}
/**
 * Oldest first.
 */
export interface VehicleFiles {
  items: VehicleFile[];
}
/**
 * A file: where it is read, from the root of the house, and its size.
 */
export interface VehicleFile {
  id: number;
  kind: "battery_certificate" | "document";
  title: string;
  address: string;
  bytes: number;
}
/**
 * What changes; `revision` is the card's as it was read.
 */
export interface VehicleChangeForm {
  make?: string;
  model?: string;
  site?: number;
  custom_make?: boolean;
  version?: string | null;
  trim?: string | null;
  kind?: "4x4" | "motorcycle" | "other" | "passenger" | "quad" | "scooter" | "van";
  body?: string | null;
  energy?: string | null;
  fiscal_power_cv?: number | null;
  power_ch?: number | null;
  doors?: number | null;
  gearbox?: string | null;
  co2_g_km?: number | null;
  crit_air?: string | null;
  colour?: string | null;
  interior_colour?: string | null;
  plate?: string | null;
  vin?: string | null;
  internal_number?: string | null;
  police_book_number?: string | null;
  first_registration?: string | null;
  mileage_km?: number | null;
  mileage_guaranteed?: boolean;
  origin?: string | null;
  entered_at?: string | null;
  destination?: ("moved" | "private" | "scrap" | "trade") | null;
  physical_site?: number | null;
  moved_to_site?: number | null;
  vat?: "margin" | "recoverable" | "unknown";
  market_value?: string | null;
  sale_price?: string | null;
  trade_price?: string | null;
  proposed_market_value?: string | null;
  proposed_sale_price?: string | null;
  proposed_trade_price?: string | null;
  staff_price?: string | null;
  purchase_price?: string | null;
  planned_costs_ht?: string | null;
  actual_costs_ht?: string | null;
  amount_owed?: string | null;
  trade_sale_authorised?: boolean;
  accident_damaged?: boolean;
  running?: boolean;
  imported?: boolean;
  first_owner?: boolean;
  service_book?: boolean;
  warranty?: string | null;
  warranty_months?: number | null;
  retail_offer?: boolean;
  reserved_for_client?: string | null;
  last_inspection_on?: string | null;
  next_inspection_on?: string | null;
  comments?: string | null;
  battery?: BatteryForm | null;
  /**
   * @maxItems 200
   */
  equipment?: EquipmentForm[];
  /**
   * @maxItems 200
   */
  repairs?: RepairForm[];
  /**
   * @maxItems 200
   */
  service_contracts?: ContractForm[];
  /**
   * @maxItems 200
   */
  defects?: DefectForm[];
  revision: number;
}
/**
 * Where the vehicle goes, and why.
 */
export interface StatusForm {
  status: string;
  reason?: string | null;
}
/**
 * Why it is in stock for so long.
 */
export interface StockReasonForm {
  reason: string;
}
/**
 * Whether it still asks for a reason.
 */
export interface MuteForm {
  muted: boolean;
}
/**
 * What an entity has decided about its stock. `days_target` `null`: none.
 */
export interface StockSettings {
  saleable_from?: "physical_entry" | "pre_arrival" | "price_destination" | "sales_stock";
  publishable_from?: "physical_entry" | "pre_arrival" | "price_destination" | "sales_stock";
  matching_required?: boolean;
  leave_sales_stock_by_hand?: boolean;
  days_target?: number | null;
  private?: LineForm;
  trade?: LineForm;
}
/**
 * The line of a destination: its added statuses in order, and whether prices and destination are its own step.
 */
export interface LineForm {
  price_destination?: boolean;
  /**
   * @maxItems 20
   */
  added?: AddedStatusForm[];
}
/**
 * A status of the entity's own, and the standard one that it follows.
 */
export interface AddedStatusForm {
  code: string;
  label: string;
  after: "delivery" | "physical_entry" | "pre_arrival" | "price_destination" | "sales_stock";
}
/**
 * By name.
 */
export interface CatalogueMakes {
  items: CatalogueMake[];
}
/**
 * A make, and how many models of it there are.
 */
export interface CatalogueMake {
  name: string;
  models: number;
}
/**
 * The models of a make, as the catalogue names it.
 */
export interface CatalogueModels {
  make: string;
  items: CatalogueModel[];
}
/**
 * A model, and its kind.
 */
export interface CatalogueModel {
  name: string;
  kind: "passenger" | "van" | "4x4" | "motorcycle" | "scooter" | "quad" | "other";
}
/**
 * One page.
 */
export interface TraderLines {
  items: TraderLine[];
  page: number;
  pages: number;
  total: number;
}
/**
 * A trader on the list; `connected`: with which of the reader's entities; `standings`: what these have with it.
 */
export interface TraderLine {
  id: number;
  legal_name: string;
  siret: string;
  city: string;
  kind: "merchant" | "bidder";
  connected: number[];
  standings: StandingWithTrader[];
}
/**
 * What an entity has, or had, with the trader; `since` is when it was connected, or invited.
 */
export interface StandingWithTrader {
  entity: number;
  state: "active" | "invited" | "removed";
  since: string;
  removed_at: string | null;
}
/**
 * A card made by a dealer, for one of its entities.
 */
export interface NewTrader {
  legal_name: string;
  siret: string;
  vat_number?: string;
  ape_code?: string;
  street?: string;
  postcode?: string;
  city?: string;
  /**
   * ISO 3166-1 alpha-2
   */
  country?: string;
  email?: string;
  phone?: string;
  legal_representative?: string;
  kind?: "bidder" | "merchant";
  entity?: number | null;
}
/**
 * A trader's card, with what the reader's entities have with it, the latest first; `open`: the fields that the
 * reader may change.
 */
export interface TraderCard {
  legal_name: string;
  siret: string;
  vat_number: string;
  ape_code: string;
  street: string;
  postcode: string;
  city: string;
  country: string;
  email: string;
  phone: string;
  legal_representative: string;
  kind: "merchant" | "bidder";
  id: number;
  has_account: boolean;
  open: string[];
  connections: ConnectionOfTrader[];
}
/**
 * What an entity has, or had, with the trader.
 */
export interface ConnectionOfTrader {
  id: number;
  entity: number;
  state: "active" | "invited" | "removed";
  since: string;
  removed_at: string | null;
}
/**
 * What changes on a card; what is not named stays. A SIRET never changes.
 */
export interface CompanyChange {
  legal_name?: string;
  vat_number?: string;
  ape_code?: string;
  street?: string;
  postcode?: string;
  city?: string;
  /**
   * ISO 3166-1 alpha-2
   */
  country?: string;
  email?: string;
  phone?: string;
  legal_representative?: string;
  kind?: "bidder" | "merchant";
}
/**
 * `available`: whether the register answers; then no `company` means that it has none of this SIRET.
 *
 * `trader` is who has this SIRET here already, to be invited.
 */
export interface CompanyFound {
  siret: string;
  available: boolean;
  company: RegisteredCompany | null;
  trader: number | null;
}
/**
 * What the register says; `open`: whether the establishment still is.
 */
export interface RegisteredCompany {
  legal_name: string;
  vat_number: string;
  ape_code: string;
  street: string;
  postcode: string;
  city: string;
  open: boolean;
}
/**
 * As the operator has set them.
 */
export interface KnownBidders {
  items: KnownBidder[];
}
/**
 * A bidder that buys through the API, and where its invitations go.
 */
export interface KnownBidder {
  name: string;
  email: string;
}
/**
 * A card as it is shown.
 */
export interface CompanyCard {
  legal_name: string;
  siret: string;
  vat_number: string;
  ape_code: string;
  street: string;
  postcode: string;
  city: string;
  country: string;
  email: string;
  phone: string;
  legal_representative: string;
  kind: "merchant" | "bidder";
}
/**
 * One page, the latest first.
 */
export interface SentInvitations {
  items: SentInvitation[];
  page: number;
  pages: number;
  total: number;
}
/**
 * An invitation as those who sent it see it; `name` of the company as far as it is known.
 */
export interface SentInvitation {
  id: number;
  state: "pending" | "expired" | "accepted" | "withdrawn";
  name: string;
  email: string | null;
  trader: number | null;
  language: "fr" | "en";
  entities: InvitingEntity[];
  invited_by: string;
  sent_at: string;
  expires_at: string;
}
/**
 * An entity that invites.
 */
export interface InvitingEntity {
  id: number;
  name: string;
}
/**
 * Whom to invite, an address or a trader that has a card; for which entities; what is known of the company.
 */
export interface InvitationForm {
  /**
   * @minItems 1
   * @maxItems 100
   */
  entities: number[];
  email?: string | null;
  trader?: number | null;
  language?: "en" | "fr";
  company?: KnownOfCompany;
}
/**
 * What a dealer knows of a company that it invites: anything, or nothing.
 */
export interface KnownOfCompany {
  legal_name?: string;
  vat_number?: string;
  ape_code?: string;
  street?: string;
  postcode?: string;
  city?: string;
  /**
   * ISO 3166-1 alpha-2
   */
  country?: string;
  email?: string;
  phone?: string;
  legal_representative?: string;
  kind?: "bidder" | "merchant";
  siret?: string;
}
/**
 * What the mail's link holds.
 */
export interface InvitationLink {
  token: string;
}
/**
 * Who invites, and what is filled in already. `sign_in`: there is an account, which must be signed in.
 */
export interface FollowedLink {
  group: string;
  entities: string[];
  invited_by: string;
  email: string | null;
  language: "fr" | "en";
  expires_at: string;
  company: {
    [k: string]: string;
  };
  sign_in: boolean;
}
/**
 * The link; without a signed-in account, the new account and its company too.
 */
export interface LinkAcceptance {
  token: string;
  account?: AccountForm | null;
  company?: CompanyForm | null;
}
/**
 * A new account; its e-mail is the one that the link was sent to.
 */
export interface AccountForm {
  name: string;
  password: string;
  language?: "en" | "fr";
}
/**
 * A whole card (§2.1).
 */
export interface CompanyForm {
  legal_name: string;
  siret: string;
  vat_number?: string;
  ape_code?: string;
  street?: string;
  postcode?: string;
  city?: string;
  /**
   * ISO 3166-1 alpha-2
   */
  country?: string;
  email?: string;
  phone?: string;
  legal_representative?: string;
  kind?: "bidder" | "merchant";
}
/**
 * Accepted: who is connected now, with which entities; `email` signs in.
 */
export interface Connected {
  trader: number;
  email: string | null;
  entities: string[];
}
/**
 * One page, by entity and name.
 */
export interface Connections {
  items: Connection[];
  page: number;
  pages: number;
  total: number;
}
/**
 * A trader's company, and since when it is connected (§2.3), or was invited.
 *
 * An invitation has no connection yet, and no `trader` unless it went to one that has a card.
 */
export interface Connection {
  trader: number | null;
  entity: number;
  name: string;
  city: string;
  kind: "merchant" | "bidder";
  since: string;
  state: "active" | "invited" | "removed";
  id: number | null;
  removed_at: string | null;
  invitation: number | null;
}
/**
 * One page, by group and name.
 */
export interface ConnectedEntities {
  items: ConnectedEntity[];
  page: number;
  pages: number;
  total: number;
}
/**
 * A dealer that may invite the trader.
 */
export interface ConnectedEntity {
  entity: number;
  name: string;
  group: string;
  since: string;
  sites: ContactSite[];
}
/**
 * Where the dealer's vehicles stand, and whom to ask there.
 */
export interface ContactSite {
  name: string;
  street: string;
  postcode: string;
  city: string;
  phone: string;
  email: string;
}
/**
 * One page, by entity and title.
 */
export interface MailingLists {
  items: MailingList[];
  page: number;
  pages: number;
  total: number;
}
/**
 * A list; `traders` are those still connected (§3.3), `count` how many would be told; a change names `version`.
 */
export interface MailingList {
  id: number;
  entity: number;
  title: string;
  traders: number[];
  count: number;
  version: number;
}
/**
 * A new list of an entity: at least one connected trader (§3.1).
 */
export interface NewMailingList {
  title: string;
  /**
   * @minItems 1
   * @maxItems 10000
   */
  traders: number[];
  entity?: number | null;
}
/**
 * A list as it is saved; `version` is the one that was read.
 */
export interface MailingListForm {
  title: string;
  /**
   * @minItems 1
   * @maxItems 10000
   */
  traders: number[];
  version: number;
}
/**
 * How many traders would be told (§3.2), and one page of them by name.
 */
export interface AudienceChoice {
  count: number;
  items: AudienceTrader[];
  page: number;
  pages: number;
}
/**
 * A trader that would be told.
 */
export interface AudienceTrader {
  trader: number;
  name: string;
}
/**
 * One page, by name.
 */
export interface Sites {
  items: EntitySite[];
  page: number;
  pages: number;
  total: number;
}
/**
 * A site, with its address and how to reach it.
 */
export interface EntitySite {
  id: number;
  entity: number;
  name: string;
  street: string;
  postcode: string;
  city: string;
  phone: string;
  email: string;
}
/**
 * A new site of an entity.
 */
export interface NewSite {
  entity: number;
  name: string;
  street?: string;
  postcode?: string;
  city?: string;
  phone?: string;
  email?: string;
}
/**
 * What to change of a site.
 */
export interface SiteChange {
  name?: string | null;
  street?: string | null;
  postcode?: string | null;
  city?: string | null;
  phone?: string | null;
  email?: string | null;
}
/**
 * One page, the latest first.
 */
export interface Offers {
  items: Offer[];
  page: number;
  pages: number;
  total: number;
}
/**
 * An offer whole. `may` are the steps that it can take now; a change of prices and extras names `version`.
 */
export interface Offer {
  id: number;
  number: number;
  display_number: string;
  status: "in_progress" | "validated" | "ordered" | "abandoned" | "cancelled";
  entity: NamedParty;
  trader: NamedParty;
  auction: OfferAuction | null;
  order: OfferOrder | null;
  copied_from: number | null;
  made_at: string;
  validated_at: string | null;
  sent_at: string | null;
  ended_at: string | null;
  reason: string | null;
  vehicles: OfferedVehicleAnswer[];
  extras: ExtraAnswer[];
  totals: OfferTotals;
  version: number;
  may: string[];
}
/**
 * Who sells, or who buys.
 */
export interface NamedParty {
  id: number;
  name: string;
}
/**
 * The auction and lot that made the offer.
 */
export interface OfferAuction {
  id: number;
  display_number: string;
  lot: number;
  lot_display_number: string;
}
/**
 * The order that stands.
 */
export interface OfferOrder {
  id: number;
  display_number: string;
}
/**
 * A vehicle of an offer; `fixed`: an auction set its price, `from_offer`: where it goes when it is taken out.
 */
export interface OfferedVehicleAnswer {
  id: number;
  make: string;
  model: string;
  version: string;
  plate: string | null;
  vin: string | null;
  mileage_km: number | null;
  first_registration: string | null;
  vat: "margin" | "recoverable" | "unknown";
  status: string;
  price: string;
  price_ht: string;
  margin: string;
  fixed: boolean;
  from_offer: number | null;
}
/**
 * Something besides the vehicles.
 */
export interface ExtraAnswer {
  kind: "accessories" | "delivery_pack" | "fees" | "services" | "warranty" | "trade_in_aid" | "amount_owed";
  label: string;
  amount: string;
  amount_ht: string;
}
/**
 * `initial`: the vehicles as the offer was made; the others as it is now. TTC unless the name says HT.
 */
export interface OfferTotals {
  initial: string;
  initial_ht: string;
  vehicles: string;
  vehicles_ht: string;
  extras: string;
  extras_ht: string;
  total: string;
  total_ht: string;
  vat: string;
  margin: string;
  deposit: string;
  balance_due: string;
}
/**
 * A direct offer to a connected trader.
 */
export interface OfferForm {
  trader: number;
  /**
   * @minItems 1
   * @maxItems 500
   */
  vehicles: OfferedVehicleForm[];
  /**
   * @maxItems 50
   */
  extras?: ExtraForm[];
  entity?: number | null;
}
/**
 * A vehicle, at its trade price unless told otherwise.
 */
export interface OfferedVehicleForm {
  id: number;
  price?: string | null;
}
/**
 * Something besides the vehicles, TTC.
 */
export interface ExtraForm {
  kind: "accessories" | "amount_owed" | "delivery_pack" | "fees" | "services" | "trade_in_aid" | "warranty";
  /**
   * EUR, at most two decimals
   */
  amount: string;
  label?: string;
}
/**
 * Prices of some vehicles; extras, if given, replace those there are. `version` is the one that was read.
 */
export interface OfferChange {
  version: number;
  /**
   * @maxItems 500
   */
  vehicles?: PriceForm[];
  extras?: ExtraForm[] | null;
}
/**
 * A vehicle's price, TTC.
 */
export interface PriceForm {
  id: number;
  /**
   * EUR, at most two decimals
   */
  price: string;
}
/**
 * Why; both sides are told.
 */
export interface ReasonForm {
  reason: string;
}
/**
 * Vehicles reserved for the same buyer; one that another offer holds keeps its price.
 */
export interface MoreVehicles {
  /**
   * @minItems 1
   * @maxItems 500
   */
  vehicles: OfferedVehicleForm[];
}
/**
 * What an order says; the buyer's legal representative stands on its card. `total`: what the offer came to when it
 * was read: nobody orders at another.
 */
export interface PlaceOrder {
  delivery_date?: string | null;
  delivery_site?: number | null;
  payment_method?: PaymentMethod | null;
  /**
   * @maxItems 7
   */
  documents?: Document[];
  deposit?: string | null;
  total?: string | null;
}
/**
 * An order; `total` and `total_ht` are what was agreed, whatever a card says today.
 */
export interface OrderAnswer {
  id: number;
  number: number;
  display_number: string;
  offer: number;
  status: "placed" | "cancelled";
  placed_at: string;
  legal_representative: string;
  delivery_date: string;
  delivery_site: number;
  payment_method: "transfer" | "bank_cheque" | "card" | "cash" | "financing";
  documents: (
    | "registration_certificate"
    | "transfer_certificate"
    | "administrative_status"
    | "inspection_report"
    | "service_book"
    | "invoice"
    | "second_key"
  )[];
  total: string;
  total_ht: string;
  deposit: string;
  balance_due: string;
  vehicles: number[];
  invoice: string | null;
  invoiced_at: string | null;
  cancelled_at: string | null;
  reason: string | null;
}
/**
 * The latest first.
 */
export interface OrderList {
  items: OrderAnswer[];
}
/**
 * One page; the latest date first, unless sorted otherwise.
 */
export interface DeliveryList {
  items: DeliveryAnswer[];
  page: number;
  pages: number;
  total: number;
}
/**
 * A delivery; `order` is none of one made by hand, which has a seller and a physical site.
 */
export interface DeliveryAnswer {
  id: number;
  entity: number;
  order: DeliveryOrder | null;
  buyer: string;
  seller: string | null;
  site: DeliverySite;
  physical_site: DeliverySite | null;
  scheduled_at: string;
  status: "scheduled" | "honoured" | "not_honoured" | "cancelled";
  report: string | null;
  declared_at: string | null;
  invoice: string | null;
  invoiced_at: string | null;
  vehicles: DeliveryVehicle[];
}
/**
 * The order that it belongs to.
 */
export interface DeliveryOrder {
  id: number;
  display_number: string;
  offer: number;
}
/**
 * Where.
 */
export interface DeliverySite {
  id: number;
  name: string;
}
/**
 * A vehicle of a delivery.
 */
export interface DeliveryVehicle {
  id: number;
  make: string;
  model: string;
  plate: string | null;
  status: string;
}
/**
 * One page, the soonest date first.
 */
export interface DueDeliveries {
  items: DueDeliveryAnswer[];
  page: number;
  pages: number;
  total: number;
}
/**
 * An order with the vehicles that need a delivery; `failed`: how many of its deliveries were not honoured.
 */
export interface DueDeliveryAnswer {
  entity: number;
  order: DeliveryOrder;
  buyer: string;
  delivery_date: string;
  site: DeliverySite;
  failed: number;
  vehicles: DeliveryVehicle[];
}
/**
 * The order's site and all vehicles that need a delivery, unless told otherwise.
 */
export interface ScheduleForm {
  /**
   * RFC 3339 UTC
   */
  scheduled_at: string;
  site?: number | null;
  vehicles?: number[] | null;
}
/**
 * What became of it; `at`: when, now unless told otherwise.
 */
export interface DeclarationForm {
  honoured: boolean;
  report: string;
  at?: string | null;
}
/**
 * Seller and client, when, where it is delivered and where it stands.
 */
export interface ManualDeliveryForm {
  seller: string;
  client: string;
  /**
   * RFC 3339 UTC
   */
  date: string;
  delivery_site: number;
  physical_site: number;
}
/**
 * An invoice of an order, or of a delivery by hand; an order's amount, if given, must be its total.
 */
export interface InvoiceForm {
  number: string;
  date: string;
  order?: number | null;
  delivery?: number | null;
  amount?: string | null;
}
/**
 * An invoice; `released` are the vehicles that left the stock with it.
 */
export interface InvoiceAnswer {
  id: number;
  order: number | null;
  delivery: number | null;
  number: string;
  date: string;
  amount: string | null;
  declared_at: string;
  released: number[];
}
/**
 * One page, the latest first.
 */
export interface Purchases {
  items: PurchaseItem[];
  page: number;
  pages: number;
  total: number;
}
/**
 * A vehicle bought.
 */
export interface PurchaseItem {
  vehicle: number;
  offer: number;
  offer_number: string;
  order: number | null;
  order_number: string | null;
  auction: number | null;
  entity: string;
  city: string;
  make: string;
  model: string;
  version: string;
  plate: string | null;
  vin: string | null;
  mileage_km: number | null;
  first_registration: string | null;
  vat: "margin" | "recoverable" | "unknown";
  price: string;
  price_ht: string;
  state: "offered" | "reserved" | "ordered" | "delivered" | "released";
  bought_at: string;
  ordered_at: string | null;
  delivery_at: string | null;
  delivered_at: string | null;
  invoice: string | null;
  invoiced_on: string | null;
  papers: PurchasePapers;
}
/**
 * Where its papers are.
 */
export interface PurchasePapers {
  offer: string;
  order: string | null;
  delivery: string | null;
}
/**
 * An offer as its buyer reads it; once it is ordered, as it was agreed.
 */
export interface PurchaseDescription {
  offer: number;
  number: string;
  status: "in_progress" | "validated" | "ordered" | "abandoned" | "cancelled";
  auction: OfferAuction | null;
  seller: PaperSeller;
  made_at: string;
  ended_at: string | null;
  reason: string | null;
  order: PurchaseOrder | null;
  vehicles: PurchaseVehicle[];
  extras: ExtraAnswer[];
  total: string;
  total_ht: string;
  balance_due: string;
}
/**
 * The selling entity with its numbers, and the site that it writes from.
 */
export interface PaperSeller {
  group: string;
  entity: string;
  siret: string;
  vat_number: string;
  site: string;
  street: string;
  postcode: string;
  city: string;
  phone: string;
  email: string;
}
/**
 * The order that stands, as its paper says it; its site as it is today, and its deliveries, soonest first.
 */
export interface PurchaseOrder {
  id: number;
  display_number: string;
  placed_at: string;
  delivery_date: string;
  delivery_place: string;
  site: PurchaseSite;
  deliveries: ScheduledDelivery[];
  payment_method: "transfer" | "bank_cheque" | "card" | "cash" | "financing";
  documents: (
    | "registration_certificate"
    | "transfer_certificate"
    | "administrative_status"
    | "inspection_report"
    | "service_book"
    | "invoice"
    | "second_key"
  )[];
  deposit: string;
  invoice: string | null;
}
/**
 * Where vehicles are fetched, and whom to call there (§6.4).
 */
export interface PurchaseSite {
  name: string;
  street: string;
  postcode: string;
  city: string;
  phone: string;
  email: string;
}
/**
 * A delivery: when, where, whom to call, which vehicles, and the address of its note.
 */
export interface ScheduledDelivery {
  id: number;
  scheduled_at: string;
  status: "scheduled" | "honoured" | "not_honoured" | "cancelled";
  declared_at: string | null;
  site: PurchaseSite;
  vehicles: number[];
  note: string;
}
/**
 * A vehicle and its price.
 */
export interface PurchaseVehicle {
  id: number;
  make: string;
  model: string;
  version: string;
  plate: string | null;
  vin: string | null;
  mileage_km: number | null;
  first_registration: string | null;
  vat: "margin" | "recoverable" | "unknown";
  price: string;
  price_ht: string;
}
/**
 * The newest first; `next` is what `before` must be for the next page, `null` at the end.
 *
 * `names`: what the subjects, and the ids that stand in changes, are called now: by subject, by id.
 */
export interface Records {
  items: RecordedChange[];
  next: number | null;
  names: {
    [k: string]: {
      [k: string]: string;
    };
  };
}
/**
 * One change; `user` `null`: the house itself; `change` is `{"field": [before, after]}`.
 */
export interface RecordedChange {
  id: number;
  at: string;
  user: Doer | null;
  entity: string | null;
  subject: string;
  subject_id: number;
  action: string;
  change: {
    [k: string]: unknown;
  };
}
/**
 * Who did it.
 */
export interface Doer {
  id: number;
  name: string;
}
/**
 * One page, newest first, and how many of all are unread.
 */
export interface NotificationList {
  items: Notification[];
  page: number;
  pages: number;
  total: number;
  unread: number;
}
/**
 * A notice to the user. `key` is the `id` that the live wire tells it by; `params` make its words.
 */
export interface Notification {
  id: number;
  key: string;
  kind:
    | "user_invited"
    | "password_reset"
    | "connection_invited"
    | "connection_activated"
    | "connection_removed"
    | "auction_published"
    | "auction_changed"
    | "auction_invited"
    | "auction_uninvited"
    | "auction_opened"
    | "auction_cancelled"
    | "lot_result"
    | "lot_won"
    | "lot_not_won"
    | "sale_cancelled"
    | "offer_sent"
    | "offer_abandoned"
    | "order_placed"
    | "order_cancelled"
    | "vehicle_in_delivery"
    | "vehicle_available"
    | "delivery_scheduled"
    | "delivery_not_honoured"
    | "vehicle_released"
    | "too_long_in_stock";
  at: string;
  read: boolean;
  params: {
    [k: string]: string | number | null;
  };
}
/**
 * Which are read from now on: these `ids`, or `all`.
 */
export interface ReadForm {
  /**
   * @maxItems 500
   */
  ids?: number[];
  all?: boolean;
}
/**
 * How many are still unread.
 */
export interface Unread {
  unread: number;
}
/**
 * One page, newest first.
 */
export interface DeadLetterList {
  items: DeadLetter[];
  page: number;
  pages: number;
  total: number;
}
/**
 * A mail that was given up: to whom, what about, and what the mail server said last.
 */
export interface DeadLetter {
  id: number;
  kind:
    | "user_invited"
    | "password_reset"
    | "connection_invited"
    | "connection_activated"
    | "connection_removed"
    | "auction_published"
    | "auction_changed"
    | "auction_invited"
    | "auction_uninvited"
    | "auction_opened"
    | "auction_cancelled"
    | "lot_result"
    | "lot_won"
    | "lot_not_won"
    | "sale_cancelled"
    | "offer_sent"
    | "offer_abandoned"
    | "order_placed"
    | "order_cancelled"
    | "vehicle_in_delivery"
    | "vehicle_available"
    | "delivery_scheduled"
    | "delivery_not_honoured"
    | "vehicle_released"
    | "too_long_in_stock";
  email: string;
  queued_at: string;
  dead_at: string;
  attempts: number;
  failure: string;
}
/**
 * No body, or no query.
 */
export interface Nothing {}
/**
 * Who can be signed in as.
 */
export interface Demo {
  sign_ins: DemoSignIn[];
}
/**
 * An account of the demonstration and what it is good for; on the sign-in page in demonstration mode only.
 */
export interface DemoSignIn {
  email: string;
  password: string;
  role: "dealer" | "trader";
  name: string;
  company: string;
  hint: string;
  hint_fr: string;
}
/**
 * All that are kept, newest first.
 */
export interface MailList {
  items: MailLine[];
}
/**
 * A mail on the list.
 */
export interface MailLine {
  id: number;
  at: string;
  to: string;
  subject: string;
}
/**
 * A whole mail.
 */
export interface Mail {
  id: number;
  at: string;
  to: string;
  sender: string;
  subject: string;
  message_id: string;
  language: string;
  text: string;
  html: string;
}
/**
 * `ok`, or what it is instead.
 */
export interface Health {
  status: string;
}
/**
 * Why not: a code for programs, a sentence for people, the field that does not fit; `reasons` of several.
 */
export interface Error {
  code: string;
  message: string;
  field: string | null;
  reasons?: Reason[];
}
/**
 * One of several reasons: its code, the field, and the vehicle if it is one's (§4.3).
 */
export interface Reason {
  code: string;
  field: string;
  vehicle: number | null;
}
/**
 * How every refusal looks.
 */
export interface ErrorAnswer {
  error: Error;
}
