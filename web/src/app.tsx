/** Which page is shown: the sign-in until somebody is signed in, then the parts of the reader's role, each loaded apart. */
import { Loader } from "@mantine/core";
import { type ComponentType, Suspense, useEffect, useRef } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { AuctionPage } from "./auction/AuctionPage";
import { LiveProvider, useLine } from "./auction/follow";
import { TraderAuctions } from "./auctions/TraderAuctions";
import desk from "./desk/desk.module.css";
import { Header, LostLine, PhoneBar } from "./desk/Header";
import { MeProvider } from "./desk/me";
import { NotFound } from "./desk/NotFound";
import { part } from "./desk/part";
import { Problem } from "./desk/pieces";
import { isBroad } from "./desk/places";
import { preferLanguage } from "./language";
import { Toasts } from "./notices/Toasts";
import { SignIn } from "./session/SignIn";
import { type Me, useHasLeft, useSession, useSessionCheck } from "./session/session";

const Links = part(() => import("./account/LinkPages"));
const Account = part(() => import("./account/Pages"));
const DealerAuctions = part(() => import("./auctions/DealerPages"));
const Home = part(() => import("./home/Pages"));
const Notifications = part(() => import("./notices/Pages"));
const People = part(() => import("./people/Pages"));
const Purchases = part(() => import("./purchases/Pages"));
const Sales = part(() => import("./sales/Pages"));
const Stock = part(() => import("./stock/Pages"));
const Traders = part(() => import("./traders/Pages"));

/** The first words of the addresses that each part answers, for everybody, for dealers, for traders. */
const COMMON: Parts = [
  [Notifications, ["notifications"]],
  [Account, ["account"]],
];
const DEALER: Parts = [
  [DealerAuctions, ["auctions"]],
  [Stock, ["vehicles"]],
  [Sales, ["offers", "deliveries"]],
  [Traders, ["traders", "invitations", "mailing-lists"]],
  [People, ["users", "user-groups", "settings", "history"]],
];
const TRADER: Parts = [[Purchases, ["purchases", "dealers"]]];
type Parts = [part: ComponentType, addresses: string[]][];

/** Where mails lead whoever may not be signed in. */
const LINKS = /^\/(invitation|user-invitation|password-reset|forgotten-password)$/;

export function App() {
  const session = useSession();
  const [location] = useLocation();
  const user = session.data?.user;
  const hasLeft = useHasLeft();
  const wasSignedIn = useRef(false);
  if (user) wasSignedIn.current = true;
  const language = user?.language;
  useEffect(() => preferLanguage(language), [language]);

  if (session.isPending) return <Waiting />;
  if (session.data && LINKS.test(location))
    return (
      <Suspense fallback={<Waiting />}>
        <Links />
      </Suspense>
    );
  if (user) return <SignedIn key={user.id} me={user} />;
  if (session.data) return <SignIn again={wasSignedIn.current && !hasLeft} />;
  return (
    <main className={desk.main}>
      <Problem error={session.error} retry={() => void session.refetch()} />
    </main>
  );
}

function SignedIn({ me }: { me: Me }) {
  const [location] = useLocation();
  return (
    <MeProvider me={me}>
      <LiveProvider user={me.id}>
        <SessionWatch />
        <Header />
        <LostLine />
        <Toasts />
        <main id="main" className={desk.main} data-broad={isBroad(me.role, location)} tabIndex={-1}>
          <Suspense fallback={<Waiting />}>
            {me.role === "dealer" ? <DealerPages /> : <TraderPages />}
          </Suspense>
        </main>
        <PhoneBar />
      </LiveProvider>
    </MeProvider>
  );
}

/** When the server closes the line for good, or will not open it, the session may be over: ask. */
function SessionWatch() {
  const line = useLine();
  const check = useSessionCheck();
  const doubtful = line.state === "ended" || (line.state === "lost" && line.attempts === 3);
  const last = useRef(check);
  last.current = check;
  useEffect(() => {
    if (doubtful) last.current();
  }, [doubtful]);
  return null;
}

function DealerPages() {
  return (
    <Switch>
      <Route path="/">
        <Home />
      </Route>
      {routesOf([...COMMON, ...DEALER])}
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function TraderPages() {
  return (
    <Switch>
      <Route path="/">
        <TraderAuctions />
      </Route>
      <Route path="/auctions">
        <TraderAuctions />
      </Route>
      <Route path="/auctions/:id">{({ id }) => <AuctionPage key={id} auction={Number(id)} />}</Route>
      <Route path="/offers/:id">{({ id }) => <Redirect to={`/purchases/${id}`} replace />}</Route>
      {routesOf([...COMMON, ...TRADER])}
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function routesOf(parts: Parts) {
  return parts.flatMap(([Part, addresses]) =>
    addresses.map((address) => (
      <Route key={address} path={new RegExp(`^/${address}(/|$)`)}>
        <Part />
      </Route>
    )),
  );
}

function Waiting() {
  return (
    <div className={desk.empty}>
      <Loader />
    </div>
  );
}
