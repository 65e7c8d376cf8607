/** Puts the pages on the screen: the look, the language, the cache of HTTP answers, the router. Nothing else. */
import { MantineProvider } from "@mantine/core";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Router } from "wouter";
import "./desk/mantine";
import "./desk/tokens.css";
import "./desk/print.css";
import "./language";
import { rootPath } from "./address";
import { App } from "./app";
import { Boundary } from "./desk/Boundary";
import { Corner } from "./desk/Corner";
import { printInLight } from "./desk/print";
import { THEME } from "./desk/theme";
import { askWhoReads } from "./session/session";
import { HttpProblem } from "./wire/http";

const TRIES = 3;
const NOT_SIGNED_IN = 401;

/** Whatever door says that nobody is signed in: the page asks who is, and shows the sign-in where the session has ended. */
const onError = (problem: unknown) => {
  if (problem instanceof HttpProblem && problem.status === NOT_SIGNED_IN) askWhoReads(client);
};

const client = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, problem) =>
        failures < TRIES &&
        !(problem instanceof HttpProblem && problem.status >= 400 && problem.status < 500),
    },
  },
});

printInLight();

const page = document.getElementById("page");
if (page)
  createRoot(page).render(
    <StrictMode>
      {/* The variables are in tokens.css and Mantine's own file: a strict policy allows no style elements. */}
      <MantineProvider
        theme={THEME}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <QueryClientProvider client={client}>
          <Router base={rootPath}>
            <Boundary>
              <App />
            </Boundary>
          </Router>
          <Corner />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
