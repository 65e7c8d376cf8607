/** Where one can go from any page, by role and right: the frame draws them, on top at a desk and below on a phone. */
import type { Me } from "../session/session";
import type { Right } from "../wire/generated/http";

export type PlaceName =
  | "home"
  | "stock"
  | "auctions"
  | "my_auctions"
  | "offers"
  | "deliveries"
  | "traders"
  | "mailing_lists"
  | "purchases"
  | "dealers"
  | "users"
  | "records"
  | "settings";

export interface Place {
  name: PlaceName;
  path: string;
  /** Other addresses that belong to it. */
  also?: string[];
  /** Shown to whoever has one of them in some entity; without any, to all of the role. */
  rights?: Right[];
  /** Kept in the "More" drawer on a phone and behind the cog at a desk. */
  aside?: boolean;
  icon: string;
}

const ICONS = {
  home: "M4 11 12 4l8 7v9h-5v-6H9v6H4z",
  car: "M5 17H3v-5l2-5h11l4 5 1 1v4h-2M8 17h8M5 12h15M6.500 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4M17.500 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  hammer: "m13 4 7 7M11 6l7 7M15.500 8.500 5 19l-2-2L13.500 6.500M13 21h8",
  paper: "M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h7",
  truck: "M3 6h11v10H3zM14 10h4l3 3v3h-7M7 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4M17 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  people:
    "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7M2 20c.5-4 3-6 7-6s6.500 2 7 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14c2.500.7 3.700 2.700 4 6",
  list: "M8 6h13M8 12h13M8 18h13M3.500 6h.01M3.500 12h.01M3.500 18h.01",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3.500 2",
  cog: "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5M9 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c.7-4.500 3.500-6.500 8-6.500s7.300 2 8 6.500",
} as const;

const DEALER: Place[] = [
  { name: "home", path: "/", icon: ICONS.home },
  { name: "stock", path: "/vehicles", icon: ICONS.car },
  { name: "auctions", path: "/auctions", icon: ICONS.hammer },
  { name: "offers", path: "/offers", also: ["/orders"], icon: ICONS.paper },
  { name: "deliveries", path: "/deliveries", icon: ICONS.truck },
  { name: "traders", path: "/traders", also: ["/invitations"], icon: ICONS.people },
  { name: "mailing_lists", path: "/mailing-lists", icon: ICONS.list },
  {
    name: "users",
    path: "/users",
    also: ["/user-groups"],
    rights: ["manage_users"],
    aside: true,
    icon: ICONS.person,
  },
  { name: "records", path: "/history", aside: true, icon: ICONS.clock },
  { name: "settings", path: "/settings", aside: true, icon: ICONS.cog },
];

const TRADER: Place[] = [
  { name: "my_auctions", path: "/", also: ["/auctions"], icon: ICONS.hammer },
  { name: "purchases", path: "/purchases", icon: ICONS.car },
  { name: "dealers", path: "/dealers", icon: ICONS.people },
];

/** The reader's places, in order. */
export function placesOf(me: Me): Place[] {
  const held = new Set(me.entities.flatMap(({ rights }) => rights));
  return (me.role === "dealer" ? DEALER : TRADER).filter(
    ({ rights }) => !rights || rights.some((right) => held.has(right)),
  );
}

/** Pages of wide tables. All others are read and written better when their lines are no longer than on a small desk. */
const BROAD: Record<Me["role"], RegExp> = {
  dealer: /^\/(vehicles|offers|deliveries|auctions(\/.*)?)$/,
  trader: /^\/purchases$/,
};

/** Whether the page at `location` takes more of a wide screen. */
export function isBroad(role: Me["role"], location: string): boolean {
  return BROAD[role].test(location);
}

/** Whether `location` lies in that place. */
export function isIn(place: Place, location: string): boolean {
  return [place.path, ...(place.also ?? [])].some(
    (path) => location === path || (path !== "/" && location.startsWith(`${path}/`)),
  );
}
