/** Which page is shown: sign-in until somebody is signed in, then the trader's pages or, loaded apart, the dealer's. */
import { Loader } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef } from "react";
import { Route, Switch } from "wouter";
import { AuctionPage } from "./auction/AuctionPage";
import { LiveProvider, useLine } from "./auction/follow";
import { TraderAuctions } from "./auctions/TraderAuctions";
import desk from "./desk/desk.module.css";
import { Header, LostLine } from "./desk/Header";
import { NotFound } from "./desk/NotFound";
import { Notices } from "./desk/notices";
import { Problem } from "./desk/pieces";
import { preferLanguage } from "./language";
import { SignIn } from "./session/SignIn";
import { type Me, useHasLeft, useSession, useSessionCheck } from "./session/session";

const DealerPages = lazy(() => import("./synthesis/DealerPages"));

export function App() {
  const session = useSession();
  const user = session.data?.user;
  const hasLeft = useHasLeft();
  const wasSignedIn = useRef(false);
  if (user) wasSignedIn.current = true;
  const language = user?.language;
  useEffect(() => preferLanguage(language), [language]);

  if (session.isPending) return <Waiting />;
  if (user) return <SignedIn key={user.id} me={user} />;
  if (session.data) return <SignIn again={wasSignedIn.current && !hasLeft} />;
  return (
    <main className={desk.main}>
      <Problem error={session.error} retry={() => void session.refetch()} />
    </main>
  );
}

function SignedIn({ me }: { me: Me }) {
  return (
    <LiveProvider>
      <SessionWatch />
      <Header me={me} />
      <LostLine />
      <Notices />
      <main id="main" className={desk.main} tabIndex={-1}>
        {me.role === "dealer" ? (
          <Suspense fallback={<Waiting />}>
            <DealerPages />
          </Suspense>
        ) : (
          <TraderPages />
        )}
      </main>
    </LiveProvider>
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
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function Waiting() {
  return (
    <div className={desk.empty}>
      <Loader />
    </div>
  );
}
